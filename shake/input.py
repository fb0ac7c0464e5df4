"""Send noise and sequences cut in two to the screen, as a bad line does.

    python -m shake.input [--cases 100000] [--seed 0]

Every case is a string of bytes: noise that is no UTF-8, or a sequence, whole or in two parts with a
pause. None of them says a key, so that the screen has to look afterwards as before:
paused, with its rates, on its first page, without a message. Prints one row of the table in
docs/reliability.md; leaves with 1 where something went wrong.
"""

import random
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from rnn_tui.tui.input_pieces import PATIENCE
from shake.pty_screen import ROOT, PtyScreen
from shake.rows import parser, row

UNTOUCHED = "Paused before the first update."
"""What the screen says as long as it has heard no key."""
BATCH = 100
"""Strings that are sent between two pauses."""
PAUSES = (0.0, 0.02, 0.12, 0.3)
"""Seconds between the two parts of a sequence; the Esc key is told after 0.1."""
SEQUENCES = (
    b"\x1b[<35;40;12M", b"\x1b[<0;3;4m", b"\x1b[<64;120;40M", b"\x1b[32;40;12M", b"\x1b[M !!",
    b"\x1b[A", b"\x1b[D", b"\x1b[1;2C", b"\x1b[1;5D", b"\x1bOA", b"\x1bOP", b"\x1b[15~",
    b"\x1b[24~", b"\x1b[[A",
    b"\x1b[3~", b"\x1b[5~", b"\x1b[H", b"\x1b[F", b"\x1b[Z", b"\x1b[15;2~", b"\x1b[I",
    b"\x1b[O", b"\x1b[?2026;2$y", b"\x1b[?2048;0$y", b"\x1b[?1;2c", b"\x1b[>41;363;0c",
    b"\x1b[12;40R", b"\x1b[200~pasted q\x1b[201~",
    b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\", b"\x1b]10;rgb:ff/ff/ff\x07",
    b"\x1bP>|xterm(380)\x1b\\", b"\x1bP1$r0m\x1b\\", b"\x1b_Gi=31;OK\x1b\\", b"\x1b[97;1;97u",
    b"\x1b[27u", b"\x1b[99;5u", b"\x1b[57441;2u", b"\x1b[?31u", b"\x1b[48;40;120;800;1200t",
)  # fmt: skip
"""What terminals send: mouse (SGR, urxvt, X10), keys, answers, paste, focus, kitty's keyboard."""
_HARMLESS = tuple(
    s
    for s in SEQUENCES
    if s[2:3] in b"<?>M32" or s[1:2] in b"]P_" or s in (b"\x1b[I", b"\x1b[O", b"\x1b[12;40R")
    if b"~" not in s and b";3;4m" not in s
)
"""Those of them that are no key, turn no wheel and press no button."""


@dataclass(slots=True)
class Tally:
    """What came of it."""

    strings: int = 0
    cut: int = 0
    wrong: list[str] = field(default_factory=list)


def noise(luck: random.Random) -> bytes:
    """Bytes that are no UTF-8: leads without their rest, rests without their lead, never a C1."""
    return bytes(luck.choice((0xFF, 0xFE, 0xC0, 0xF8, 0xE9, 0x80, 0xA4)) for _ in range(3))


def cases(luck: random.Random, tally: Tally) -> list[bytes]:
    """Return a batch in parts, between which there are to be pauses."""
    parts = [b""]
    for _ in range(BATCH):
        tally.strings += 1
        if luck.random() < 0.5:
            parts[-1] += noise(luck)
            continue
        sequence = luck.choice(_HARMLESS)
        parts[-1] += sequence
        if luck.random() < 0.02:
            tally.cut += 1
            at = luck.randint(1, len(sequence) - 1)
            parts[-1] = parts[-1][: len(parts[-1]) - len(sequence) + at]
            parts.append(sequence[at:])
    return parts


def shake(cases_wanted: int, seed: int, also: bytes = b"") -> Tally:
    """Send so many strings, and `also`, to one paused screen, then leave it by its key."""
    luck, tally, never = random.Random(seed), Tally(), threading.Event()
    with tempfile.TemporaryDirectory(prefix="rnn-tui-") as name:
        hello = str(ROOT / "corpora" / "hello.txt")
        with PtyScreen([hello, "--paused"], Path(name)) as screen:
            try:
                screen.wait_for_text(UNTOUCHED)
                while tally.strings < cases_wanted and screen.exit_code is None:
                    for part in cases(luck, tally):
                        screen.press(part)
                        never.wait(luck.choice(PAUSES))
                    screen.wait_for(lambda: not screen.unread or screen.exit_code, "reading")
                screen.press(also)
                judge(screen, tally)
            except AssertionError as error:
                tally.wrong.append(str(error))
    return tally


def judge(screen: PtyScreen, tally: Tally) -> None:
    """Look whether the screen is as before, and hears its key."""
    if screen.exit_code is not None:
        tally.wrong.append(f"it ended with exit code {screen.exit_code}")
        return
    threading.Event().wait(PATIENCE + 1)  # what was begun and has no end is given up
    screen.listen()
    screen.resize(100, 30)
    try:  # any key would have put another message there, or another page
        screen.wait_for_text(UNTOUCHED, patience=20)
    except AssertionError:
        tally.wrong.append("a key was heard")
    screen.press(b"q")
    screen.wait_for(lambda: screen.exit_code is not None, "end by q")
    if screen.exit_code or screen.broken:
        tally.wrong.append(f"exit code {screen.exit_code}, {screen.broken}")


def main() -> int:
    """Shake, and print the row."""
    given = parser(__doc__, 100_000).parse_args()
    started = time.monotonic()
    tally = shake(given.cases, given.seed)
    for description in tally.wrong:
        print(description, file=sys.stderr)
    print(
        row(
            "bytes that are no UTF-8 and escape sequences, some in two parts, to the paused screen",
            f"{tally.strings:,}, of which {tally.cut:,} in two parts",
            f"{len(tally.wrong)} ends, keys from tails or broken terminals",
            time.monotonic() - started,
            f"python -m shake.input --cases {given.cases} --seed {given.seed}",
        )
    )
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
