"""Send arbitrary bytes to the screen, and sequences cut in two, as a bad line does.

    python -m shake.input [--cases 100000] [--seed 0]

The strings are in `shake/byte_strings.py`. Among them are keys, which do what they do, but for
those that leave or suspend (`shake/locked.py`); so every end is a fault. After each batch
the help has to open and close, the picture to be whole when all of it is painted anew, the worker
to be the same, and the log of faults to be empty. Whether a part of a sequence is heard as
a key is tried apart from that (`shake/tails.py`). Prints two rows of the table in
docs/reliability.md; leaves with 1 where something went wrong.
"""

import itertools
import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from rnn_tui.tui.terminal.crash import PALETTE_CLOSED
from rnn_tui.tui.terminal.input_pieces import PASTE_PATIENCE
from shake import tails
from shake.byte_strings import SEQUENCES, byte_string
from shake.locked import OPEN
from shake.pty_screen import PATIENCE, ROOT, PtyScreen
from shake.rows import parser, row

BATCH = 400
"""Strings between two looks."""
SESSION = 20_000
"""Strings to one screen."""
AT_ONCE = 2_000
"""Bytes that are written at most before they have to be read: the line holds 4,096."""
PAUSES = (0.0, 0.02, 0.12)
SILENT = 0.025
"""Part of the batches that are ended by silence alone."""
HEARD = 0.15
"""Seconds after which an Esc is told."""
END = b"\x1b[201~\x1b[I"
"""Ends whatever was begun; the window is in front."""
BACK = b"\x1b\x1b\x1b"
"""Leaves boxes, lists and the help."""
CTRL_Q = b"\x11"
LOCKED = ["-m", "shake.locked"]
SIZES = ((100, 30), (120, 40))
IN_HELP = (("back to the pictures",), ("화면으로",))
ON_PAGE = (("Samples", "After your prefix"), ("샘플", "입력한 글"))
"""What stands there, however wide the window is."""


@dataclass(slots=True)
class Tally:
    """What came of it."""

    strings: int = 0
    survived: int = 0
    """Faults of Textual's palette, after which all went on."""
    wrong: list[str] = field(default_factory=list)


def send(screen: PtyScreen, luck: random.Random, strings: int) -> None:
    """Send a batch, now and then with a pause amid it."""
    data = b"".join(byte_string(luck) for _ in range(strings))
    while data and screen.exit_code is None:
        part = luck.randint(1, AT_ONCE)
        screen.press(data[:part])
        data = data[part:]
        threading.Event().wait(luck.choice(PAUSES))
        screen.wait_for(lambda: not screen.unread or screen.exit_code is not None, "reading")


def look(screen: PtyScreen, worker: int | None, folder: Path) -> None:
    """Require a screen that lives, hears, and paints the whole of its picture.

    Raises:
        AssertionError: It does not; the message says what.
    """
    require_painted(screen, b"?", IN_HELP)
    require_painted(screen, b"1", ON_PAGE)
    assert screen.worker == worker, "the worker is another one"
    assert not screen.strays, f"painted control bytes {screen.strays}: {screen.around!r}"
    said = log(folder)
    assert said.count("Traceback") == said.count(PALETTE_CLOSED), said[-4_000:]


def require_painted(screen: PtyScreen, key: bytes, texts: tuple[tuple[str, ...], ...]) -> None:
    """Press a key until what it opens is painted; of a flood before it the screen drops some."""
    started = time.monotonic()
    for width, height in itertools.cycle(SIZES):
        screen.press(END + BACK)
        threading.Event().wait(HEARD)
        screen.press(key)
        screen.painted.clear()
        screen.resize(width, height)  # all of it is painted anew
        # Some of the strings say that the terminal tells its size itself.
        screen.press(b"\x1b[48;%d;%d;%d;%dt" % (height, width, height * 20, width * 10))
        if any(
            wait_for_all(screen, each) for each in texts
        ):  # one of the strings turns the language
            return
        assert screen.program is not None, "it ended"
        assert time.monotonic() < started + PATIENCE, f"{key!r} did not open {texts}"


def wait_for_all(screen: PtyScreen, texts: tuple[str, ...]) -> bool:
    """Say whether all of them are painted soon."""
    wanted = [text.encode() for text in texts]
    try:
        screen.wait_for(lambda: all(text in screen.painted for text in wanted), "", patience=0.8)
    except AssertionError:
        return False
    return True


def log(folder: Path) -> str:
    """Return what is noted of faults."""
    found = (folder / "state/rnn-tui/log").glob("*.log")
    return "".join(path.read_text(errors="replace") for path in found)


def session(luck: random.Random, strings: int, tally: Tally, also: bytes = b"") -> None:
    """Send so many strings, and `also`, to one screen, then leave it by its key."""
    with tempfile.TemporaryDirectory(prefix="rnn-tui-") as name:
        hello, folder = str(ROOT / "corpora" / "hello.txt"), Path(name)
        arguments = [hello, "--checkpoint", "saved.safetensors"]
        with PtyScreen(arguments, folder, program=LOCKED) as screen:
            screen.wait_for_text(ON_PAGE[0][-1])
            worker, end = screen.worker, tally.strings + strings
            while tally.strings < end:
                send(screen, luck, min(BATCH, end - tally.strings))
                tally.strings += min(BATCH, end - tally.strings)
                if luck.random() < SILENT:
                    threading.Event().wait(PASTE_PATIENCE + HEARD)
                    screen.press(b"x")
                look(screen, worker, folder)
            screen.press(also)
            look(screen, worker, folder)
            tally.survived += log(folder).count(PALETTE_CLOSED)
            (folder / OPEN).touch()
            screen.press(CTRL_Q)
            screen.wait_for(lambda: screen.exit_code is not None, "end by ctrl+q")
            assert screen.exit_code == 0, f"exit code {screen.exit_code}"
            assert not screen.broken, f"the terminal was left broken: {screen.broken}"


def shake(cases: int, seed: int, also: bytes = b"") -> Tally:
    """Send so many strings to several screens, one after the other."""
    tally = Tally()
    for number in itertools.count():
        if tally.strings >= cases:
            return tally
        luck = random.Random(f"{seed} {number}")
        end = min(cases, tally.strings + SESSION)
        try:
            session(luck, end - tally.strings, tally, also)
        except AssertionError as error:
            tally.wrong.append(f"screen {number}, before string {tally.strings}: {error}")
            tally.strings = end
    return tally


def main() -> int:
    """Shake, and print the rows."""
    given = parser(__doc__, 100_000).parse_args()
    started, again = (
        time.monotonic(),
        f"python -m shake.input --cases {given.cases} --seed {given.seed}",
    )
    wrong = tails.shake()
    print(
        row(
            "sequences split at every position, 0.3 s between, while text is typed on the screen",
            f"{len(tails.SPLITS):,} splits of {len(SEQUENCES)} sequences",
            f"{len(wrong)} keys from tails",
            time.monotonic() - started,
            again,
        )
    )
    started = time.monotonic()
    tally = shake(given.cases, given.seed)
    print(
        row(
            "random byte strings to the screen: all 256 values, mutated and unfinished sequences",
            f"{tally.strings:,}",
            f"{len(tally.wrong)} ends, dead keys, broken pictures or terminals; "
            f"faults inside Textual's palette survived: {tally.survived}",
            time.monotonic() - started,
            again,
        )
    )
    for description in wrong + tally.wrong:
        print(description, file=sys.stderr)
    return 1 if wrong or tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
