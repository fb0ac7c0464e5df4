"""Train hello at full speed on the screen and watch both processes: nothing may grow.

    python -m shake.soak [--minutes 30] [--race]

It measures once all is there that is kept up to a bound. Prints one row of the table in
docs/reliability.md; leaves with 1 where something grew.
"""

import argparse
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from rnn_tui.training.timeline import COST, MOST_STATES
from shake.pty_screen import ROOT, PtyScreen
from shake.rows import row

WARM = 60.0
"""Seconds until everything has been allocated that is going to stay; at full speed the states that
a worker keeps to go back to, too."""
RACING = 120
"""Updates a second, at most, of each network of a race."""
WARM_RACE = 1.5 * MOST_STATES * COST / RACING
"""Seconds until each worker of a race has kept all those states (38,400 updates), on a machine that
does two thirds of those updates; Textual's caches of regions and widths are full by then."""
EVERY = 5.0
"""Seconds between two measurements."""
LIMIT = 5.0
"""Megabytes that half an hour may add."""


@dataclass(frozen=True, slots=True)
class Size:
    """What a process holds."""

    megabytes: float
    descriptors: int
    threads: int


def size(pid: int) -> Size:
    """Measure a process: its resident memory, open files and threads."""
    home = Path(f"/proc/{pid}")
    fields = dict(
        line.split(":", 1) for line in (home / "status").read_text().splitlines() if ":" in line
    )
    kilobytes = int(fields["VmRSS"].split()[0])
    return Size(kilobytes / 1024, len(list((home / "fd").iterdir())), int(fields["Threads"]))


def soak(seconds: float, warm: float, screen: PtyScreen) -> dict[str, list[Size]]:
    """Let it train; return what screen and worker held, measured every few seconds."""
    workers = screen.workers
    numbers = [f" {number}" for number in range(1, len(workers) + 1)] if workers[1:] else [""]
    pids = {"screen": screen.program}
    pids |= {f"worker{number}": pid for number, pid in zip(numbers, workers, strict=True)}
    never = threading.Event()
    never.wait(warm)
    found: dict[str, list[Size]] = {name: [] for name in pids}
    for _ in range(max(2, round(seconds / EVERY))):
        for name, pid in pids.items():
            assert pid is not None
            found[name].append(size(pid))
        never.wait(min(EVERY, seconds / 2))
    return found


def growth(sizes: list[Size]) -> float:
    """Megabytes from the first tenth of the measurements to the last, by their means."""
    tenth = max(1, len(sizes) // 10)
    first, last = sizes[:tenth], sizes[-tenth:]
    return (sum(s.megabytes for s in last) - sum(s.megabytes for s in first)) / tenth


def told(name: str, sizes: list[Size]) -> str:
    """Say how a process fared."""
    descriptors = {s.descriptors for s in sizes}
    threads = {s.threads for s in sizes}
    return (
        f"{name} {sizes[0].megabytes:.1f} MB, {growth(sizes):+.1f} MB; "
        f"{'–'.join(map(str, sorted({min(descriptors), max(descriptors)})))} open files, "
        f"{'–'.join(map(str, sorted({min(threads), max(threads)})))} threads"
    )


def main() -> int:
    """Soak, and print the row."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--race", action="store_true", help="six networks that race")
    options = parser.parse_args()
    hello = str(ROOT / "corpora" / "hello.txt")
    what, arguments = "hello at full speed on the screen", [hello, "--speed", "0"]
    if options.race:
        what = f"six networks that race on hello, {RACING} updates a second each"
        arguments = ["race", hello, "--vary", "seed=0,1,2,3,4,5", "--speed", str(RACING)]
    warm = min(WARM_RACE if options.race else WARM, 30 * options.minutes)
    what += f"; measured from second {warm:.0f} on"
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="rnn-tui-") as folder,
        PtyScreen(arguments, Path(folder)) as screen,
    ):
        screen.wait_for_text("running")
        screen.wait_for(lambda: len(screen.workers) == (6 if options.race else 1), "workers")
        found = soak(60 * options.minutes, warm, screen)
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        left = [f"exit code {screen.exit_code}", *screen.broken]
    grown = [name for name, sizes in found.items() if growth(sizes) > LIMIT]
    leaking = [
        name for name, sizes in found.items() if sizes[-1].descriptors > sizes[0].descriptors
    ]
    print(
        row(
            what,
            f"{options.minutes:g} minutes",
            "; ".join([*(told(name, sizes) for name, sizes in found.items()), *left]),
            time.monotonic() - started,
            f"python -m shake.soak --minutes {options.minutes:g}{' --race' * options.race}",
        )
    )
    return 1 if grown or leaking or left != ["exit code 0"] else 0


if __name__ == "__main__":
    sys.exit(main())
