"""Stop the screen and let it go on, a few milliseconds apart, and see whether it can be left.

    python -m shake.stops [--cases 100] [--seed 0]

Prints one row of the table in docs/reliability.md; leaves with 1 where something went wrong.
"""

import os
import random
import signal
import sys
import tempfile
import threading
import time
from functools import partial
from pathlib import Path

from rnn_tui.process.stopped import is_stopped
from shake.pty_screen import ROOT, PtyScreen
from shake.rows import parser, row

SIGNALS = 100
"""Of one storm."""
LONGEST_PAUSE = 0.03
"""Seconds between two of them."""
PAGES = ((b"2", "Unrolled in time"), (b"4", "What that means"))
KINDS = (signal.SIGTSTP, signal.SIGSTOP, signal.SIGCONT, signal.SIGCONT)


def storm(seed: int, folder: Path, signals: int = SIGNALS, times: int = 1) -> str:
    """Send so many signals to a screen, then leave it by its key; return what went wrong.

    Args:
        seed: Of the storm.
        folder: The home of the screen.
        signals: How many.
        times: How many storms, at most three; after each but the last it has to open another page.
    """
    luck, pause = random.Random(seed), threading.Event()
    with PtyScreen([str(ROOT / "corpora" / "hello.txt"), "--speed", "0"], folder) as screen:
        screen.wait_for_text("running")
        program = screen.program
        assert program is not None
        try:
            for number in range(1, times + 1):
                for _ in range(signals):
                    os.kill(program, luck.choice(KINDS))
                    pause.wait(luck.uniform(0, LONGEST_PAUSE))
                if number < times:
                    key, title = PAGES[number - 1]
                    screen.wait_for(partial(opened, screen, program, key, title), title)
            screen.wait_for(partial(left, screen, program), "end")
        except AssertionError as error:
            return str(error)
        return "; ".join(screen.broken) or (
            f"exit code {screen.exit_code}" * bool(screen.exit_code)
        )


def left(screen: PtyScreen, program: int) -> bool:
    """Press the key that leaves."""
    return pressed(screen, program, b"q", screen.exit_code is not None)


def opened(screen: PtyScreen, program: int, key: bytes, title: str) -> bool:
    """Press the key of a page."""
    return pressed(screen, program, key, title.encode() in screen.painted)


def pressed(screen: PtyScreen, program: int, key: bytes, done: bool) -> bool:
    """Press a key until it is done; taking the terminal again drops what was typed before."""
    if is_stopped(program):
        os.kill(program, signal.SIGCONT)
    elif not done and not screen.unread:
        screen.press(key)
    return done


def main() -> int:
    """Let storms blow, and print the row."""
    given = parser(__doc__, 100).parse_args()
    started, wrong = time.monotonic(), 0
    for case in range(given.cases):
        with tempfile.TemporaryDirectory(prefix="rnn-tui-") as name:
            if said := storm(given.seed + case, Path(name)):
                wrong += 1
                print(f"seed {given.seed + case}: {said}", file=sys.stderr)
    print(
        row(
            f"storms of {SIGNALS} SIGTSTP, SIGSTOP and SIGCONT, a few milliseconds apart, while it "
            "trains",
            f"{given.cases}",
            f"{wrong} that heard no key, left a broken terminal or another exit code than 0",
            time.monotonic() - started,
            f"python -m shake.stops --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
