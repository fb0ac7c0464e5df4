"""The likely encodings of bytes that are not UTF-8, and a line of the text in each of them."""

import codecs
import re
import unicodedata
from typing import NamedTuple

from rnn_tui.text.encoding_scores import Bytes, decoded, detected_encodings

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose BOM it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Encodings that write every character in ASCII bytes: what they begin with, and what they are.
_IN_ASCII = (
    (b"\x1b$)C", "iso2022_kr"),
    (b"\x1b$", "iso2022_jp"),
    (b"~{", "hz"),
)
_NO_GLYPH = dict.fromkeys(("Cn", "Co"), "\ufffd")
_SAMPLE = 1 << 16
_MOST = 3
_LINE = 24


class Guess(NamedTuple):
    """An encoding in which bytes decode without an error."""

    encoding: str
    line: str
    """Of the text, decoded, what tells most of it; not safe to paint."""


def by_bom(data: Bytes) -> str:
    """Return the encoding that a byte order mark announces, UTF-8 apart, or nothing."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), "")


def hidden_in_ascii(data: Bytes) -> Guess | None:
    """Find the encoding of a text that is ASCII but means other characters (ISO-2022, HZ)."""
    for sign, name in _IN_ASCII:
        if sign in data and not (text := decoded(data, name)).isascii():
            return Guess(name, _telling(text))
    return None


def likely_encodings(data: Bytes) -> tuple[Guess, ...]:
    """At most three encodings that read `data` differently without an error, likeliest first."""
    marked = by_bom(data) or _by_zeros(data[:_SAMPLE])
    guesses: dict[str, Guess] = {}
    sample = data[:_SAMPLE] if marked else _sample(data)
    for name in [marked] if marked else detected_encodings(sample):
        text = sample.decode(name, "ignore").removeprefix("\ufeff")
        if text and text not in guesses and decoded(data, name):
            guesses[text] = Guess(name, _telling(text))
        if len(guesses) == _MOST:
            break
    return tuple(guesses.values())


def _sample(data: Bytes) -> Bytes:
    """From the line of the first byte beyond ASCII on: a long head in English tells nothing."""
    first = re.search(rb"[^\x00-\x7f]", data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    return data[start : start + _SAMPLE]


def _telling(text: str) -> str:
    """Return the line with the most different characters beyond ASCII, cut to where they are.

    Code points that no font has (unassigned, for private use) are U+FFFD: bytes of no text at all
    are full of them in UTF-16 and UTF-32.
    """
    lines = text[:_SAMPLE].splitlines()
    line = max(lines, key=lambda line: len({c for c in line if not c.isascii()}), default="")
    first = next((place for place, c in enumerate(line) if not c.isascii()), 0)
    start = 0 if first < _LINE // 2 else first - _LINE // 4
    end = start + _LINE
    shown = "".join(_NO_GLYPH.get(unicodedata.category(c), c) for c in line[start:end].strip())
    return "…" * (start > 0) + shown + "…" * (end < len(line))


def _by_zeros(sample: Bytes) -> str:
    # ASCII in UTF-16 has a zero beside every letter, in UTF-32 three
    if not sample.strip(b"\0"):
        return ""
    zeros = [sample[k::4].count(0) / max(1, len(sample[k::4])) for k in range(4)]
    if min(zeros[1:]) > 0.2 or min(zeros[:3]) > 0.2:
        return "utf-32-le" if zeros[3] > zeros[0] else "utf-32-be"
    even, odd = zeros[0] + zeros[2], zeros[1] + zeros[3]
    if max(even, odd) > 0.1 and max(even, odd) > 5 * min(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    return ""
