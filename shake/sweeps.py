"""Kill a sweep again and again, and see that it comes to the very results of one left alone.

    python -m shake.sweeps [--runs 24] [--kills 5] [--seed 0]

On this machine's processors, and on a Dask cluster of two workers of which one is killed half-way.
Prints one row of the table in docs/reliability.md; leaves with 1 where something went wrong.
"""

import contextlib
import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

import safetensors

from rnn_tui.errors import InputError
from rnn_tui.sweep.record import Record, load
from shake.kills import wait
from shake.pty_screen import PATIENCE
from shake.rows import row

LINE = (
    "--vary", "cell=rnn,lstm,gru", "--vary", "hidden-size=5,7", "--updates", "60",
    "--num-layers", "2", "--dropout", "0.2", "--batch-size", "3", "--seq-length", "11",
    "--speed", "150", "--checkpoint-every", "7", "--keep", "best",
)  # fmt: skip
"""Six combinations; a run takes 0.4 s, so that a kill comes amid one, and keeps two checkpoints."""
COMBINATIONS = 6
TEXT = "the cat sat on the mat and the dog ran to the red barn while it rained. " * 90
GLANCE = 0.02


@dataclass(slots=True)
class Tally:
    """What came of it all."""

    programs: int = 0
    workers: int = 0
    amid: int = 0
    """Runs that were under way when they were killed, and had been saved."""
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Came:
    """What a sweep came to: of every file its digest, of every run its result but the time."""

    digests: dict[str, str]
    results: dict[str, object]


class Sweep:
    """A sweep in a folder, begun and killed as a program of its own."""

    def __init__(self, folder: Path, runs: int, *more: str) -> None:
        """Take a folder, for so many runs."""
        self.folder = folder
        text = folder.parents[1] / "text.txt"  # the same one: a checkpoint says where it is
        text.write_text(TEXT)
        seeds = ("--seeds", str(-(-runs // COMBINATIONS)))
        self.words = ["sweep", str(text), *LINE, *seeds, "--out", str(folder), *more]

    def begin(self) -> "subprocess.Popen[bytes]":
        """Start the program, or start it again."""
        program = [sys.executable, "-m", "rnn_tui", *self.words]
        with (self.folder.parent / "said.txt").open("ab") as log:
            return subprocess.Popen(program, stdout=log, stderr=log, start_new_session=True)

    def finish(self, program: "subprocess.Popen[bytes]") -> None:
        """Wait for its end; AssertionError where it is not a good one."""
        code = program.wait(timeout=20 * PATIENCE)
        said = (self.folder.parent / "said.txt").read_text()
        assert code == 0, f"exit code {code}: {said[-2000:]}"

    @property
    def record(self) -> Record | None:
        """The file as it is; None: there is none yet."""
        with contextlib.suppress(InputError):
            return load(self.folder)
        return None

    def underway(self) -> set[str]:
        """Return the runs that are saved and not at their end."""
        record = self.record
        left = record.left if record else []
        return {run.name for run in left if (self.folder / f"{run.name}.safetensors").exists()}

    def wait_until(self, done: int, program: "subprocess.Popen[bytes]") -> None:
        """Wait until so many runs are at their end and others amid their course."""

        def there() -> bool:
            record = self.record
            return record is not None and record.done >= done and bool(self.underway())

        until(there, lambda: program.poll() is None)

    def came(self) -> Came:
        """Return what it came to."""
        digests = {file.name: digest(file) for file in sorted(self.folder.glob("*.safetensors"))}
        record, results = self.record, {}
        for run in record.runs.values() if record else ():
            assert run.result is not None, f"{run.name} is not at its end"
            results[run.name] = {**asdict(run.result), "seconds": None}
        return Came(digests, results)


def digest(file: Path) -> str:
    """Return the digest in a checkpoint, over all that is in it but the order."""
    with safetensors.safe_open(file, framework="np") as opened:
        return str(opened.metadata()["digest"])


def until(there: Callable[[], bool], alive: Callable[[], bool] = lambda: True) -> None:
    """Wait for something; AssertionError where it does not come."""
    end = time.monotonic() + PATIENCE
    while not there():
        assert alive(), "the program ended too early"
        assert time.monotonic() < end, "it took too long"
        wait(GLANCE)


def children(pid: int) -> list[int]:
    """Return the processes that one started and that are workers."""
    found = []
    for one in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        with contextlib.suppress(OSError):
            if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes():
                found.append(int(one))
    return found


def kill_one_of(program: int, luck: random.Random) -> None:
    """Kill a worker of a program."""
    until(lambda: bool(children(program)))
    os.kill(luck.choice(children(program)), signal.SIGKILL)


def gone(pids: list[int]) -> bool:
    """Return whether none of these is left, but for those that nobody has asked after."""
    for pid in pids:
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                return False
    return True


def alone(folder: Path, runs: int) -> Came:
    """Return what a sweep comes to that is left alone."""
    sweep = Sweep(folder, runs)
    sweep.finish(sweep.begin())
    return sweep.came()


def killed(
    sweep: Sweep, kills: int, luck: random.Random, tally: Tally, worker: Callable[[], None] | None
) -> Came:
    """Kill a sweep so many times, and a worker; return what it comes to.

    Args:
        sweep: Where.
        kills: How often the program is killed; after half of them a worker is.
        luck: When, about.
        tally: Gets what is counted.
        worker: Kills one; None: one of the program's own is killed.
    """
    untouched: dict[str, int] = {}
    for number in range(kills + 1):
        program = sweep.begin()
        sweep.wait_until(number, program)
        if number == kills // 2:
            (worker or partial(kill_one_of, program.pid, luck))()
            tally.workers += 1
            sweep.wait_until(number + 1, program)
        if number == kills:
            break
        wait(luck.uniform(0, 0.3))
        tally.amid += len(sweep.underway())
        workers = children(program.pid)
        program.kill()
        program.wait()
        tally.programs += 1
        until(lambda pids=workers: gone(pids))  # type: ignore[misc]
        untouched |= sizes(sweep)
    sweep.finish(program)
    again = [name for name, size in untouched.items() if sizes(sweep)[name] != size]
    tally.wrong += [f"{name} was at its end and is done again" for name in again]
    tally.wrong += [f"{stray.name} is left" for stray in sweep.folder.glob(".*.tmp")]
    return sweep.came()


def sizes(sweep: Sweep) -> dict[str, int]:
    """Return how long the logs of those runs are that are at their end."""
    record = sweep.record
    ended = [run.name for run in record.runs.values() if run.result] if record else []
    return {name: (sweep.folder / f"{name}.jsonl").stat().st_size for name in ended}


@contextlib.contextmanager
def cluster(folder: Path) -> "Iterator[tuple[str, list[subprocess.Popen[bytes]]]]":
    """Start a Dask cluster of two workers; gives its address and the workers."""
    file = folder / "scheduler.json"
    # One BLAS thread, as everywhere; a worker alone, so that nothing starts another in its place.
    variables = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    dask = [sys.executable, "-m", "dask"]
    at = ["--scheduler-file", str(file), "--no-dashboard"]
    host = ["--host", "127.0.0.1"]
    alone = ["--nworkers", "1", "--nthreads", "1", "--no-nanny", "--local-directory", str(folder)]
    lines = [["scheduler", "--port", "0", *at, *host], *2 * [["worker", *at, *host, *alone]]]
    with (folder / "dask.txt").open("ab") as log:
        started = [
            subprocess.Popen([*dask, *line], stdout=log, stderr=log, env=variables, cwd=folder)
            for line in lines
        ]
    try:
        until(file.exists, lambda: started[0].poll() is None)
        yield json.loads(file.read_text())["address"], started[1:]
    finally:
        for process in reversed(started):
            process.kill()
            process.wait()


def compare(came: Came, expected: Came, where: str, tally: Tally) -> None:
    """Note what differs."""
    for part in ("digests", "results"):
        mine, theirs = getattr(came, part), getattr(expected, part)
        odd = sorted(name for name in mine.keys() | theirs if mine.get(name) != theirs.get(name))
        tally.wrong += [f"{where}: {name} differs" for name in odd]


def shake_here(folder: Path, expected: Came, runs: int, kills: int, seed: int) -> Tally:
    """Kill a sweep on this machine."""
    tally, folder = Tally(), folder / "here"
    folder.mkdir()
    sweep = Sweep(folder / "sweep", runs, "--jobs", "2")
    came = killed(sweep, kills, random.Random(f"here {seed}"), tally, None)
    compare(came, expected, "here", tally)
    return tally


def shake_cluster(folder: Path, expected: Came, runs: int, kills: int, seed: int) -> Tally:
    """Kill a sweep on a cluster, and one of its two workers."""
    tally, folder = Tally(), folder / "cluster"
    folder.mkdir()
    with cluster(folder) as (address, workers):

        def kill_worker() -> None:
            workers[0].kill()
            workers[0].wait()

        sweep = Sweep(folder / "sweep", runs, "--dask", address)
        came = killed(sweep, kills, random.Random(f"cluster {seed}"), tally, kill_worker)
    compare(came, expected, "on the cluster", tally)
    return tally


def main() -> int:
    """Shake, and print the row."""
    from argparse import ArgumentParser

    made = ArgumentParser(description=__doc__)
    made.add_argument("--runs", type=int, default=24)
    made.add_argument("--kills", type=int, default=5)
    made.add_argument("--seed", type=int, default=0)
    given = made.parse_args()
    started = time.monotonic()
    tallies: list[Tally] = []
    with tempfile.TemporaryDirectory(prefix="rnn-tui-") as name:
        folder = Path(name)
        (folder / "alone").mkdir()
        expected = alone(folder / "alone" / "sweep", given.runs)
        for shake in (shake_here, shake_cluster):
            if shake is shake_cluster and importlib.util.find_spec("distributed") is None:
                print("no Dask here: its part is left out", file=sys.stderr)
                continue
            tallies.append(shake(folder, expected, given.runs, given.kills, given.seed))
    wrong = [one for tally in tallies for one in tally.wrong]
    for one in wrong:
        print(one, file=sys.stderr)
    print(
        row(
            "kills (SIGKILL) of sweeps amid their runs, on two processors and on a Dask cluster of "
            "two workers",
            f"{given.runs} runs each, {sum(one.programs for one in tallies)} programs, "
            f"{sum(one.workers for one in tallies)} workers",
            f"{sum(one.amid for one in tallies)} runs were amid their course; "
            f"{len(expected.digests)} checkpoints and all results as those of a sweep left alone, "
            f"bit for bit; {len(wrong)} wrong",
            time.monotonic() - started,
            f"python -m shake.sweeps --runs {given.runs} --kills {given.kills} --seed {given.seed}",
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
