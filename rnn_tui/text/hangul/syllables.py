"""Hangul syllables taken apart into the letters they are written with, and put together again.

A syllable is a leading consonant, a vowel and perhaps a final consonant (L V T): 11,172 of them,
but only 67 letters. Everything else in a text stays as it is, and every text comes back as it was:
where it spells letters side by side that would make a syllable, `MARK` keeps them apart.

Source: The Unicode Standard, section 3.12, Conjoining Jamo Behavior.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.integer[Any]]

MARK = "\u034f"
"""COMBINING GRAPHEME JOINER: the character that keeps letters from being composed, in NFC too."""

_L, _V, _T = 0x1100, 0x1161, 0x11A8
_SYLLABLE = 0xAC00
_PER_VOWEL = 27 + 1  # finals, or none
_PER_INITIAL = 21 * _PER_VOWEL
_SYLLABLES = 19 * _PER_INITIAL

INITIAL, VOWEL, FINAL = "[\u1100-\u1112]", "[\u1161-\u1175]", "[\u11a8-\u11c2]"

_OPEN = "".join(map(chr, range(_SYLLABLE, _SYLLABLE + _SYLLABLES, _PER_VOWEL)))
_LOOSE = re.compile(f"{VOWEL}|{FINAL}")
# Between the two, any marks the text has of its own: one more tells that they are not to be joined
_APART = re.compile(f"{INITIAL}(?={MARK}*{VOWEL})|[{_OPEN}\u1161-\u1175](?={MARK}*{FINAL})")
_TOGETHER = re.compile(
    f"{INITIAL}{VOWEL}{FINAL}?"
    f"|(?<={INITIAL}){MARK}(?={MARK}*{VOWEL})|(?<={VOWEL}){MARK}(?={MARK}*{FINAL})"
)


def keep_apart(text: str) -> tuple[str, int]:
    """Mark the letters of a text that composing would join; also return how many places."""
    if text.isascii() or not _LOOSE.search(text):
        return text, 0
    return _APART.subn(lambda match: match[0] + MARK, text)


def take_apart(codes: Codes) -> Codes:
    """Return the code points (N,) of a text with every syllable as two or three letters."""
    index = codes.astype(np.int64) - _SYLLABLE
    syllable = (index >= 0) & (index < _SYLLABLES)
    if not syllable.any():
        return codes
    final = syllable & (index % _PER_VOWEL > 0)
    lengths = 1 + syllable + final
    ends = lengths.cumsum()
    starts = ends - lengths
    letters = np.empty(ends[-1], codes.dtype)
    letters[starts[~syllable]] = codes[~syllable]
    index, starts = index[syllable], starts[syllable]
    letters[starts] = _L + index // _PER_INITIAL
    letters[starts + 1] = _V + index % _PER_INITIAL // _PER_VOWEL
    letters[ends[final] - 1] = _T - 1 + index[final[syllable]] % _PER_VOWEL
    return letters


def count_letters(codes: Codes) -> int:
    """Return how many code points `take_apart` makes of these."""
    index = codes[(codes >= _SYLLABLE) & (codes < _SYLLABLE + _SYLLABLES)].astype(np.int64)
    return len(codes) + len(index) + int(np.count_nonzero((index - _SYLLABLE) % _PER_VOWEL))


def has_final(character: str) -> bool:
    """Return whether it is a whole syllable that ends in a consonant."""
    index = ord(character) - _SYLLABLE if character else -1
    return 0 <= index < _SYLLABLES and index % _PER_VOWEL > 0


def compose(letters: str) -> str:
    """Return the text that letters spell; undoes `keep_apart` and `take_apart`."""
    return _TOGETHER.sub(_join, letters)


def joined(letters: str) -> Iterator[tuple[str, int]]:
    """Yield what `compose` makes of them, piece by piece, with the number of letters in each.

    The text of a mark that was put in is empty.
    """
    end = 0
    for match in _TOGETHER.finditer(letters):
        yield from ((letter, 1) for letter in letters[end : match.start()])
        end = match.end()
        yield _join(match), end - match.start()
    yield from ((letter, 1) for letter in letters[end:])


def _join(match: re.Match[str]) -> str:
    return "" if match[0] == MARK else unicodedata.normalize("NFC", match[0])


def unfinished(before: str, after: str) -> int:
    """Return how many letters at the end of `before` make a syllable with the first of `after`."""
    if re.match(VOWEL, after):
        return 1 if re.search(f"{INITIAL}$", before) else 0
    return 2 if re.match(FINAL, after) and re.search(f"{INITIAL}{VOWEL}$", before) else 0


class Composer:
    """Composes letters as they come, each as soon as nothing after it can change it."""

    def __init__(self) -> None:
        self._open = ""

    def feed(self, letter: str) -> str:
        """Take in one letter; return the text that is certain now."""
        if re.match(FINAL, letter):
            return self._certain(self._open + letter, "")
        if letter == MARK and self._open:
            return self._certain("", self._open + letter)
        if re.match(VOWEL, letter):
            again = re.search(VOWEL, self._open)
            return self._certain(
                self._open if again else "", ("" if again else self._open) + letter
            )
        if re.match(INITIAL, letter):
            return self._certain(self._open, letter)
        return self._certain(self._open + letter, "")

    def finish(self) -> str:
        """Nothing comes after: the rest."""
        return self._certain(self._open, "")

    def _certain(self, letters: str, rest: str) -> str:
        self._open = rest
        return compose(letters)
