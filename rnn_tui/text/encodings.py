"""The likely encodings of bytes that are not UTF-8, and a line of the text in each of them."""

import codecs
import re
import unicodedata
from itertools import pairwise
from typing import NamedTuple

Bytes = bytes | bytearray

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
_NAMES = {"iso8859-1": "latin-1"}
_KOREAN = ("cp949", "euc_kr", "johab")
_ALPHABETS = ("LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "THAI")
# Few texts are in one of DOS or of old Macintoshes, next to none in the rest: a tie is not theirs.
_RARE = {
    re.compile(r"cp(?!932|949|874|866)\d{3}$|mac"): 0.75,
    re.compile(r"cp1006|hp|ptcp|kz|iso8859-1[046]"): 0.5,
}
# English of word processors has nothing else beyond ASCII, and no statistics of letters to go by.
_QUOTES = re.compile("[\t\n\f\r -~‘’“”–—…•]+")
_NO_GLYPH = dict.fromkeys(("Cn", "Co"), "\ufffd")
_SAMPLE = 1 << 16
_MOST = 3
_LINE = 24
# Shares of the best confidence: from the first on guesses are as good as equal, below the others
# they are not worth saying. Under _LITTLE the text is too short to tell and more are said.
_NEAR, _FAR, _FARTHEST, _LITTLE = 0.9, 0.4, 0.2, 0.1


class Guess(NamedTuple):
    """An encoding in which bytes decode without an error."""

    encoding: str
    line: str
    """Of the text, decoded, what tells most of it; not safe to paint."""


def by_bom(data: Bytes) -> str:
    """The encoding that a byte order mark announces, UTF-8 apart, or nothing."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), "")


def hidden_in_ascii(data: Bytes) -> Guess | None:
    """The encoding of a text that is valid ASCII but means other characters (ISO-2022, HZ)."""
    for sign, name in _IN_ASCII:
        if sign in data and not (text := _decoded(data, name)).isascii():
            return Guess(name, _telling(text))
    return None


def likely_encodings(data: Bytes) -> tuple[Guess, ...]:
    """At most three encodings that read `data` differently without an error, likeliest first."""
    marked = by_bom(data) or _by_zeros(data[:_SAMPLE])
    guesses: dict[str, Guess] = {}
    sample = data[:_SAMPLE] if marked else _sample(data)
    for name in [marked] if marked else _detected(sample):
        text = sample.decode(name, "ignore").removeprefix("\ufeff")
        if text and text not in guesses and _decoded(data, name):
            guesses[text] = Guess(name, _telling(text))
        if len(guesses) == _MOST:
            break
    return tuple(guesses.values())


def _detected(sample: Bytes) -> list[str]:
    """Names that chardet thinks likely, less those that make no words of it."""
    import chardet  # 80 ms and more: only where a text cannot be read

    for name in ("cp1252", "mac-roman"):
        if _QUOTES.fullmatch(_decoded(sample, name)):
            return [name]
    scores: dict[str, float] = {}
    for entry in chardet.detect_all(bytes(sample), ignore_threshold=True):
        name = _python_name(str(entry["encoding"] or ""))
        if name not in ("", "ascii", "utf-8"):
            score = float(entry["confidence"]) * _soundness(sample.decode(name, "ignore"))
            rare = (factor for names, factor in _RARE.items() if names.match(name))
            scores.setdefault(name, score * next(rare, 1))
    best = max(scores.values(), default=0.0)
    least = best * (_FAR if best > _LITTLE else _FARTHEST)
    likely = [name for name, score in scores.items() if score and score >= least]
    # Korean first where it is about as likely: "안녕" in quotation marks is as good Chinese
    return sorted(
        likely,
        key=lambda name: (
            not (name in _KOREAN and scores[name] >= _NEAR * best),
            -scores[name],
        ),
    )


def _sample(data: Bytes) -> Bytes:
    """From the line of the first byte beyond ASCII on: a long head in English tells nothing."""
    first = re.search(rb"[^\x00-\x7f]", data)
    start = data.rfind(b"\n", 0, first.start()) + 1 if first else 0
    return data[start : start + _SAMPLE]


def _python_name(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return ""
    return _NAMES.get(found, found)


def _soundness(text: str) -> float:
    """Share of the words beyond ASCII that look like words; 0 where there are controls."""
    if re.search("[\x80-\x9f]", text):
        return 0.0
    words = [word for word in text.split() if not word.isascii()]
    return 1 - sum(map(_is_odd, words)) / max(1, len(words))


def _is_odd(word: str) -> bool:
    """Letters of two alphabets, a capital after a small letter, or a piece of a frame."""
    alphabets = {_alphabet(c) for c in word if c.isalpha()} & set(_ALPHABETS)
    capital = any(a.islower() and b.isupper() and not b.isascii() for a, b in pairwise(word))
    return len(alphabets) > 1 or capital or bool(re.search("[─-◿]", word))


def _alphabet(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


def _decoded(data: Bytes, encoding: str) -> str:
    """The text, or nothing where it is not in this encoding."""
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeError, LookupError):
        return ""


def _telling(text: str) -> str:
    """The line with the most different characters beyond ASCII, cut to where they are.

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
