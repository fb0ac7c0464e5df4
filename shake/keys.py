"""Press random keys, click and resize on every screen while it trains.

    python -m shake.keys [--cases 100000] [--seed 0]

Prints one row of the table in docs/reliability.md; leaves with 1 where something went wrong.
"""

import random
import signal
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rnn_tui.tui.terminal.crash import PALETTE_CLOSED
from shake.pty_screen import ROOT, PtyScreen
from shake.rows import parser, row

SESSION = 2_500
"""Keys that are pressed on one screen before it is left and the next one opened."""
BATCH = 40
"""Keys that are sent at once; the next ones follow when they have been read."""
BREATH = 0.15
"""Seconds between two batches."""
PLAIN = "1234512345123455 sserRw[]{}b<>,.-+f//lugoLcC?hjkxyzm"
SPECIAL = [
    b"\x1b[A", b"\x1b[B", b"\x1b[C", b"\x1b[D", b"\x1b[1;2C", b"\x1b[1;2D", b"\x1b[H", b"\x1b[F",
    b"\x1b[5~", b"\x1b[6~", b"\t", b"\x1b[Z", b"\r", b"\x7f", b"\x1b[3~", b"\x1bOP", b"\x01",
    b"\x03", b"\x05", b"\x0b", b"\x10", b"\x15", b"\x1b[I", b"\x1b[O", "ㄴ".encode(), "안".encode(),
    "é".encode(), "🙂".encode(), b"\x1b[200~pasted [/x] \x1b[201~", b"\x1bx", b"\x1b[99;5u",
]  # fmt: skip
"""Without ctrl+q, which leaves; the palette suspends now and then, and is brought back."""
HOSTILE = "\x1b]0;PWNED\x07\x9b31m[red]a[/x]‮b 안녕 👩🏽‍🚀 \x00\x7f\n" * 40
OPTIONS = (
    ["--speed", "0"],
    ["--speed", "30"],
    ["--cell", "lstm", "--num-layers", "2", "--hidden-size", "12"],
    ["--cell", "gru", "--learning-rate", "9", "--no-clip"],
    ["--network", "cnn", "--num-layers", "3"],
)


@dataclass(slots=True)
class Tally:
    """What came of it all."""

    pressed: int = 0
    sessions: int = 0
    suspended: int = 0
    survived: int = 0
    """Faults of the palette, after which all went on."""
    wrong: list[str] = field(default_factory=list)


def stroke(luck: random.Random, screen: PtyScreen) -> bytes:
    """One key, click or turn of the wheel; now and then the window changes its size."""
    kind = luck.random()
    if kind < 0.62:
        return luck.choice(PLAIN).encode()
    if kind < 0.88:
        return luck.choice(SPECIAL)
    if kind < 0.98:
        button, x, y = (
            luck.choice((0, 0, 0, 2, 64, 65, 35)),
            luck.randint(1, 140),
            luck.randint(1, 50),
        )
        end = b"" if button > 2 else b"\x1b[<%d;%d;%dm" % (button, x, y)
        return b"\x1b[<%d;%d;%dM" % (button, x, y) + end
    width, height = luck.choice(((120, 40), (80, 24), (60, 18), (40, 10), (200, 60), (9, 3)))
    screen.resize(width, height)
    return b"\x1b"


def monkey(screen: PtyScreen, luck: random.Random, keys: int) -> int:
    """Press so many keys, or until the screen is left by the palette; return how many."""
    for done in range(0, keys, BATCH):
        screen.press(b"".join(stroke(luck, screen) for _ in range(min(BATCH, keys - done))))
        screen.wait_for(partial(has_read, screen), "reading of keys")
        if screen.exit_code is not None:
            return done
        # Of a flood the screen drops what is too much; so fast it can follow on an idle machine.
        threading.Event().wait(BREATH)
    return keys


def has_read(screen: PtyScreen) -> bool:
    """Say whether all keys were read, or nobody is there to; bring a suspended screen back."""
    if screen.unread and screen.exit_code is None:
        screen.bring_back()
        return False
    return True


def leave(screen: PtyScreen) -> None:
    """Leave by the key, from wherever the monkey has got to."""
    screen.resize(120, 40)
    never = threading.Event()
    for _ in range(600):
        if screen.exit_code is not None:
            return
        screen.bring_back()
        screen.press(b"\x1b")  # out of a box, a list, the help
        never.wait(0.2)
        screen.press(b"\x11")  # ctrl+q leaves from everywhere
        never.wait(0.3)
    raise AssertionError("the screen cannot be left")


def session(arguments: list[str], luck: random.Random, keys: int, tally: Tally) -> None:
    """Open a screen, press keys, leave it, and look at what it left behind."""
    with tempfile.TemporaryDirectory(prefix="rnn-tui-") as name:
        folder = Path(name)
        (folder / "hostile.txt").write_text(HOSTILE, encoding="utf-8")
        with PtyScreen(arguments, folder) as screen:
            try:
                screen.wait_for_text("update")
                tally.pressed += monkey(screen, luck, keys)
                leave(screen)
            except AssertionError as error:
                tally.wrong.append(str(error))
            look_back(screen, folder, tally)
    tally.sessions += 1


def look_back(screen: PtyScreen, folder: Path, tally: Tally) -> None:
    """Find what went wrong in a session."""
    painted = bytes(screen.painted)
    log = folder / "state/rnn-tui/log/rnn-tui.log"
    # While it was suspended a ctrl+c was the terminal's, and a SIGINT.
    fine = (0, 128 + signal.SIGINT) if screen.suspended else (0,)
    tally.suspended += screen.suspended
    if screen.exit_code not in (*fine, None):
        tally.wrong.append(
            f"exit code {screen.exit_code}: {painted[-500:].decode(errors='replace')}"
        )
    if b"Traceback" in painted:
        tally.wrong.append("a traceback on the terminal")
    text = log.read_text() if log.exists() else ""
    tally.survived += text.count(PALETTE_CLOSED)
    if text.count("Traceback") > text.count(PALETTE_CLOSED):
        tally.wrong.append(text[-4_000:])
    if screen.strays:
        tally.wrong.append(f"painted control bytes {sorted(screen.strays)}: {screen.around!r}")
    if screen.exit_code is not None and screen.broken:
        tally.wrong.append(f"the terminal was left broken: {screen.broken}")


def shake(cases: int, seed: int) -> Tally:
    """Press so many keys, on several texts and networks."""
    tally, number = Tally(), 0
    while tally.pressed < cases and len(tally.wrong) < 5:
        luck = random.Random(f"{seed} {number}")
        corpus = ("hostile.txt", str(ROOT / "corpora" / "hello.txt"))[number % 2]
        options = OPTIONS[number // 2 % len(OPTIONS)]
        before = len(tally.wrong)
        session([corpus, *options], luck, min(SESSION, cases - tally.pressed), tally)
        tally.wrong[before:] = [f"session {number}: {w}" for w in tally.wrong[before:]]
        number += 1
    return tally


def main() -> int:
    """Shake, and print the row."""
    given = parser(__doc__, 100_000).parse_args()
    started = time.monotonic()
    tally = shake(given.cases, given.seed)
    for description in tally.wrong:
        print(description, file=sys.stderr)
    print(
        row(
            "random keys, clicks, pastes and resizes on every screen while it trains",
            f"{tally.pressed:,} in {tally.sessions} sessions",
            f"{len(tally.wrong)} crashes, broken terminals or painted control bytes; "
            f"suspended and brought back: {tally.suspended}; "
            f"faults inside Textual's palette survived: {tally.survived}",
            time.monotonic() - started,
            f"python -m shake.keys --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
