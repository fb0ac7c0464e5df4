"""Which stretches of a text stand word for word in the one that was learned.

Any two texts of one language share stretches. So much is usual as the text that was kept for
validation shares with the training text: longer ones count as memorized.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnn_tui.text.suffixes import LONGEST, Suffixes, as_string
from rnn_tui.text.vocab import IntArray

Ints = npt.NDArray[np.int64]

USUAL = 0.95
"""The share of validation characters whose stretches are usual."""
LONG = 16
"""Characters of a stretch that counts as long where there is no text to compare with."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the text that stands in the training text."""

    start: int
    """In the text."""
    length: int
    place: int
    """In the training text; one of them where it stands there often."""

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + self.length


def maximal(suffixes: Suffixes, ids: IntArray) -> list[Stretch]:
    """Return the stretches of a text that no other one contains, from left to right."""
    return [stretch for stretch in from_each_place(suffixes, ids) if stretch]


def from_each_place(suffixes: Suffixes, ids: IntArray) -> Iterator[Stretch | None]:
    """Yield for each place of a text the stretch from there on; None: another one contains it."""
    text, end = as_string(ids), 0
    for start in range(len(text)):
        length, place = suffixes.longest(text[start : start + LONGEST])
        if length and start + length > end:
            end = start + length
            yield Stretch(start, length, place)
        else:
            yield None


def cover(stretches: list[Stretch], count: int) -> Ints:
    """Return for each of so many symbols how long the longest stretch is that it is in (N,)."""
    lengths = np.zeros(count, np.int64)
    for stretch in stretches:
        part = lengths[stretch.start : stretch.end]
        np.maximum(part, stretch.length, out=part)
    return lengths


def unusual_from(cover_of_validation: Ints) -> int:
    """Return from which length on a stretch is longer than what most of an unseen text has."""
    if not len(cover_of_validation):
        return LONG
    rank = min(int(USUAL * len(cover_of_validation)), len(cover_of_validation) - 1)
    return int(np.sort(cover_of_validation)[rank]) + 1


def memorized(stretches: list[Stretch], least: int) -> list[Stretch]:
    """Return those of at least this length, the longest first, none of which overlap."""
    kept: list[Stretch] = []
    for stretch in sorted(stretches, key=lambda one: (-one.length, one.start)):
        if stretch.length < least:
            break
        if all(stretch.end <= one.start or one.end <= stretch.start for one in kept):
            kept.append(stretch)
    return kept
