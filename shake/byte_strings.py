"""Strings of bytes that a terminal, a bad line or a hostile program may send."""

import random
from collections.abc import Callable

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
_STRINGS = (b"\x1b]", b"\x1bP", b"\x1b_", b"\x1b^", b"\x1bX", b"\x9d", b"\x90", b"\x9f")
"""Beginnings of OSC, DCS, APC, PM and SOS, three of them in eight bits, too."""
_FINALS = b"ABCDFHIMORSZ~uytcnmR@"


def noise(luck: random.Random) -> bytes:
    """Any bytes."""
    return luck.randbytes(luck.randint(1, 24))


def answer(luck: random.Random) -> bytes:
    """Return what a terminal sends, as it is."""
    return luck.choice(SEQUENCES)


def mutated(luck: random.Random) -> bytes:
    """Return the same with bytes changed, put in, left out or said twice."""
    found = bytearray(luck.choice(SEQUENCES))
    for _ in range(luck.randint(1, 3)):
        at = luck.randrange(len(found) + 1)
        match luck.randrange(4):
            case 0:
                found[at : at + 1] = luck.randbytes(1)
            case 1:
                found[at:at] = luck.randbytes(1)
            case 2:
                del found[at : at + 1]
            case _:
                found[at:at] = found[at:]
    return bytes(found)


def unfinished(luck: random.Random) -> bytes:
    """Return a sequence, or a string of the terminal's, whose end is missing."""
    if luck.random() < 0.5:
        whole = luck.choice(SEQUENCES)
        return whole[: luck.randint(1, len(whole) - 1)]
    body = bytes(luck.randint(0x20, 0xFF) for _ in range(luck.randint(0, 30)))
    return luck.choice(_STRINGS) + b"%d;" % luck.randint(0, 99) + body


def paste(luck: random.Random) -> bytes:
    """Return a paste, mostly without its end."""
    return b"\x1b[200~" + noise(luck) + (b"\x1b[201~" if luck.random() < 0.2 else b"")


def numbers(luck: random.Random) -> bytes:
    """Return a control sequence of thousands of digits, or of many numbers."""
    digits = b"%d" % luck.randrange(10) * luck.choice((5, 20, 64, 3_000))
    many = b";".join(b"%d" % luck.choice((0, 1, 7, 255, 10**6)) for _ in range(luck.randint(1, 9)))
    kind = luck.choice((b"", b"?", b"<", b">"))
    return b"\x1b[" + kind + luck.choice((digits, many)) + bytes([luck.choice(_FINALS)])


def kitty(luck: random.Random) -> bytes:
    """Return a key or an answer of kitty's keyboard protocol, whatever its numbers are."""
    code = luck.choice((luck.randrange(128), luck.randrange(57344, 57455), luck.randrange(2**21)))
    how = b"%d:%d" % (luck.randint(0, 300), luck.randint(0, 4))
    text = luck.choice((b"", b";%d" % luck.randrange(2**21), b";0", b";97:98"))
    return luck.choice((b"\x1b[", b"\x1b[", b"\x1b[?")) + b"%d;" % code + how + text + b"u"


def mouse(luck: random.Random) -> bytes:
    """Return a report of the mouse: SGR, urxvt or X10."""
    button, cell = luck.choice((0, 0, 2, 35, 64, 65, 999)), luck.choice((1, 10))
    x, y = luck.randint(0, 140 * cell), luck.randint(0, 50 * cell)  # also in pixels
    match luck.randrange(4):
        case 0:
            return b"\x1b[M" + luck.randbytes(3)
        case 1:
            return b"\x1b[%d;%d;%dM" % (32 + button, x, y)
        case _:
            at = b"\x1b[<%d;%d;%d" % (button, x, y)
            return at + b"M" + (at + b"m" if luck.random() < 0.7 else b"")


def letters(luck: random.Random) -> bytes:
    """Characters of all of Unicode as UTF-8, cut anywhere."""
    ranges = (0x3000, 0x110000)
    codes = [luck.randrange(0x20, luck.choice(ranges)) for _ in range(4)]
    whole = "".join(map(chr, codes)).encode("utf-8", "surrogatepass")
    return whole[luck.randrange(len(whole)) :][: luck.randint(1, len(whole))]


_KINDS: dict[Callable[[random.Random], bytes], float] = {
    noise: 40, answer: 8, mutated: 20, unfinished: 9, paste: 0.3, numbers: 3, kitty: 5, mouse: 7,
    letters: 7.7,
}  # fmt: skip
"""How many in a hundred; a paste without end swallows all that comes after it."""


def byte_string(luck: random.Random) -> bytes:
    """One of them."""
    return luck.choices([*_KINDS], [*_KINDS.values()])[0](luck)
