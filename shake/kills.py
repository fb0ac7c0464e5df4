"""Kill the screen or the worker at random moments, also amid heavy saving.

    python -m shake.kills [--cases 500] [--seed 0]

Prints one row of the table in docs/reliability.md; leaves with 1 where something went wrong.
"""

import os
import random
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.training.checkpoint.file import load
from shake.pty_screen import ROOT, PtyScreen, alive
from shake.rows import parser, row

WORKERS = 4
"""Workers that are killed before their screen is."""
LONGEST = 1.0
"""Seconds, at most, from the start of training to the kill."""
GONE_WITHIN = 2.0
"""Seconds a worker has to follow its screen."""
CHECKPOINT = "run.safetensors"
SAVING = ["--checkpoint", CHECKPOINT, "--checkpoint-every", "1"]


@dataclass(slots=True)
class Tally:
    """What came of it all."""

    screens: int = 0
    workers: int = 0
    orphans: int = 0
    broken: int = 0
    lost: int = 0
    slowest: float = 0.0
    """Seconds until a worker had followed its screen."""
    strays: int = 0
    """Temporary files that a kill left and the next start swept away."""
    wrong: list[str] = field(default_factory=list)

    @property
    def kills(self) -> int:
        """Of either process."""
        return self.screens + self.workers


def wait(seconds: float) -> None:
    """Let it train."""
    threading.Event().wait(seconds)


def kill_worker(screen: PtyScreen, luck: random.Random, tally: Tally) -> None:
    """Kill the worker, see that it is said, and have another one started."""
    screen.wait_for(lambda: screen.worker, "worker")
    worker = screen.worker
    assert worker is not None
    wait(luck.uniform(0, LONGEST))
    del screen.painted[:]
    os.kill(worker, signal.SIGKILL)
    tally.workers += 1
    screen.wait_for_text("Training has stopped")
    screen.press(b"r")
    screen.wait_for(lambda: screen.worker not in (None, worker), "another worker")


def kill_screen(screen: PtyScreen, luck: random.Random, tally: Tally) -> None:
    """Kill the screen; the worker must go, too, and the shell have its terminal back."""
    screen.wait_for(lambda: screen.worker, "worker")
    worker, program = screen.worker, screen.program
    assert worker is not None
    assert program is not None
    wait(luck.uniform(0, LONGEST))
    os.kill(program, signal.SIGKILL)
    tally.screens += 1
    killed = time.monotonic()
    try:
        screen.wait_for(lambda: not alive(worker), "end of the worker", 5 * GONE_WITHIN)
    except AssertionError:
        tally.orphans += 1
        tally.wrong.append("an orphan")
        return
    tally.slowest = max(tally.slowest, time.monotonic() - killed)
    screen.wait_for(lambda: screen.exit_code is not None, "end of the screen")
    if screen.broken:
        tally.broken += 1
        tally.wrong.append(f"broken terminal: {screen.broken}")


def look_back(folder: Path, seen: int, tally: Tally) -> int:
    """Find checkpoints that are damaged or older than they were; return the newest update."""
    newest = seen
    for path in [folder / CHECKPOINT, *(folder / "state").rglob("*.safetensors")]:
        if not path.exists():
            continue
        try:
            newest = max(newest, load(path).update)
        except InputError as error:
            tally.lost += 1
            tally.wrong.append(str(error))
    if newest < seen:
        tally.lost += 1
        tally.wrong.append(f"update {seen} was saved and is no longer there")
    return newest


def strays(folder: Path) -> list[Path]:
    """Temporary files of saves that were interrupted."""
    return list(folder.rglob(".*.tmp"))


def session(luck: random.Random, kills: int, tally: Tally) -> None:
    """One screen: some of its workers are killed, and at last the screen."""
    with tempfile.TemporaryDirectory(prefix="rnn-tui-") as name:
        folder = Path(name)
        options = luck.choice((SAVING, SAVING, []))
        arguments = [str(ROOT / "corpora" / "hello.txt"), "--speed", "0", *options]
        with PtyScreen(arguments, folder) as screen:
            screen.wait_for_text("update")
            for _ in range(kills - 1):
                kill_worker(screen, luck, tally)
            kill_screen(screen, luck, tally)
        saved = look_back(folder, 0, tally)
        tally.strays += len(strays(folder))
        start_again(folder, options, saved, tally)


def start_again(folder: Path, options: list[str], saved: int, tally: Tally) -> None:
    """Go on from what was saved, leave in good order, and look for what lies about."""
    # Who was killed before the first update has saved nothing.
    saving = options and (folder / CHECKPOINT).exists()
    resume = ["--resume", CHECKPOINT] if saving else [str(ROOT / "corpora" / "hello.txt")]
    with PtyScreen([*resume, *options], folder) as screen:
        screen.wait_for_text("update")
        screen.wait_for(lambda: screen.worker, "worker")
        screen.wait_for_text("running")
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        if screen.exit_code != 0 or screen.broken:
            tally.broken += bool(screen.broken)
            tally.wrong.append(f"after it: exit code {screen.exit_code}, {screen.broken}")
    look_back(folder, saved, tally)
    if left := strays(folder):
        tally.wrong.append(f"temporary files are left: {[path.name for path in left]}")


def shake(cases: int, seed: int) -> Tally:
    """Kill so many processes."""
    tally, number = Tally(), 0
    while tally.kills < cases and len(tally.wrong) < 5:
        luck = random.Random(f"{seed} {number}")
        try:
            session(luck, min(WORKERS + 1, cases - tally.kills), tally)
        except AssertionError as error:
            tally.wrong.append(str(error))
        number += 1
    return tally


def main() -> int:
    """Shake, and print the row."""
    given = parser(__doc__, 500).parse_args()
    started = time.monotonic()
    tally = shake(given.cases, given.seed)
    for description in tally.wrong:
        print(description, file=sys.stderr)
    print(
        row(
            "kills (SIGKILL) of screen or worker at random moments, two thirds amid saving",
            f"{tally.workers:,} workers, {tally.screens:,} screens",
            f"{tally.orphans} orphans (a worker followed its screen within {tally.slowest:.1f} s), "
            f"{tally.broken} broken terminals, {tally.lost} lost checkpoints; "
            f"{tally.strays} temporary files, all swept away by the next start; "
            f"{len(tally.wrong)} wrong",
            time.monotonic() - started,
            f"python -m shake.kills --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
