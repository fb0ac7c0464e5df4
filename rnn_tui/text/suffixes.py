"""All suffixes of a text in order, to find in it the longest beginning of another text.

Source: Manber, Myers (1993), Suffix arrays: a new method for on-line string searches. Sorted from
the first symbols on, like the cards of a drawer: by two symbols, each pile by the next two, and so
on; a pile of few at once. That needs a fifth of the memory of doubling what is compared (Larsson,
Sadakane 1999), takes no longer for ordinary texts, and stops at any pile.
"""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.text.vocab import IntArray, smallest_type

LONGEST = 1_024
"""Symbols that are compared; of suffixes that agree in more, any may stand first."""
MOST = 4_000_000
"""Symbols of a text that is not too long."""
FEW = 2_048
"""Suffixes of a pile that is sorted at once: some milliseconds, and 2 to 8 MB."""
PLACED = 1 << 18
"""Suffixes that are put at once where their first symbols belong: 4 ms."""

Pile = tuple[int, int, int]
"""Where it begins and ends in the order, and in how many symbols its suffixes agree."""


class Suffixes:
    """The suffixes of a text, being sorted."""

    def __init__(self, ids: IntArray) -> None:
        """Begin.

        Args:
            ids: The text (N,), of at most `MOST` symbols.
        """
        self._text = as_string(ids)
        self._order = np.empty(len(ids), np.int32)
        self._keys, self._step = _keys(ids)
        counts = np.bincount(self._keys[:-1])
        self._free = counts.cumsum() - counts
        """The first free place of the suffixes that begin with each key."""
        self._placed = 0
        """How many have been put into their first piles."""
        self._piles: list[Pile] = []
        self.sorted = 0
        """Suffixes that are in their place for good."""

    @property
    def done(self) -> bool:
        """Whether all are sorted."""
        return not self._piles and self._placed == len(self._order)

    def advance(self) -> None:
        """Sort one pile, or divide it; before that all into the first piles, a part at a time."""
        if self._placed < len(self._order):
            self._place()
            return
        start, end, depth = self._piles.pop()
        if end - start <= FEW:
            text, part = self._text, self._order[start:end].tolist()
            part.sort(key=lambda at: text[at + depth : at + LONGEST])
            self._order[start:end] = part
        elif depth < LONGEST:
            self._piles += [*self._divided(start, end, depth)][::-1]
        self.sorted = self._piles[-1][0] if self._piles else len(self._order)

    def _place(self) -> None:
        """Put the next suffixes where their first symbols belong, after those put there before."""
        start = self._placed
        keys = self._keys[start : min(start + PLACED, len(self._order))]
        order = keys.argsort(kind="stable")
        counts = np.bincount(keys, minlength=len(self._free))
        ahead = self._free - (counts.cumsum() - counts)
        self._order[np.arange(len(order)) + ahead[keys[order]]] = order + start
        self._free += counts
        self._placed += len(order)
        if self._placed == len(self._order):
            self._piles = [*self._piles_of(0, np.unique(self._free).tolist(), 0)][::-1]

    def _divided(self, start: int, end: int, depth: int) -> Iterator[Pile]:
        """Sort a pile by its next symbols and return the piles it falls into."""
        pile = self._order[start:end]
        keys = self._keys[np.minimum(pile + depth, len(self._order))]
        order = keys.argsort(kind="stable")
        pile[:] = pile[order]
        ends = [*(np.flatnonzero(np.diff(keys[order])) + 1 + start).tolist(), end]
        return self._piles_of(start, ends, depth)

    def _piles_of(self, start: int, ends: list[int], depth: int) -> Iterator[Pile]:
        """Yield the piles that a pile falls into by its next symbols.

        Args:
            start: Where it begins.
            ends: Where each of them ends, rising.
            depth: In how many symbols all of it agree.
        """
        begun = start  # of small piles beside one another that are left as one
        for before, after in pairwise([start, *ends]):
            if begun < before and after - begun > FEW:
                yield begun, before, depth
                begun = before
            if after - begun > FEW:
                yield begun, after, depth + self._step
                begun = after
        if begun < ends[-1]:
            yield begun, ends[-1], depth

    def longest(self, wanted: str) -> tuple[int, int]:
        """Find the longest beginning of a text, of up to `LONGEST` symbols, that stands in this.

        Args:
            wanted: The text, as `as_string` returns it.

        Returns:
            How many symbols it has, and one place where it stands; 0, 0 where there is none.
        """
        text, wanted = self._text, wanted[:LONGEST]
        length = len(wanted)
        at = bisect_left(self._order, wanted, key=lambda start: text[start : start + length])
        # Whatever agrees in most symbols comes just before or after.
        near = self._order[max(0, at - 1) : at + 1].tolist()
        return max(((_shared(text, start, wanted), start) for start in near), default=(0, 0))


def sorted_suffixes(ids: IntArray) -> Suffixes:
    """Return the suffixes of a text, all sorted."""
    suffixes = Suffixes(ids)
    while not suffixes.done:
        suffixes.advance()
    return suffixes


def as_string(ids: IntArray) -> str:
    """Return ids as a string whose order is theirs, a character for each."""
    return np.asarray(ids).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _keys(ids: IntArray) -> tuple[npt.NDArray[np.unsignedinteger[Any]], int]:
    """Return a number for the symbols from each place on (N+1,), in their order, and how many.

    Two where both fit 16 bits, which NumPy sorts in time linear in N. 0 is beyond the end.
    """
    size, two = int(ids.max(initial=0)) + 2, np.zeros(len(ids) + 1, np.uint32)
    two[:-1] = ids
    two[:-1] += 1
    if size > 1 << 8:
        return two.astype(smallest_type(size)), 1
    next_ones = two[1:].copy()
    two[:-1] *= np.uint32(size)
    two[:-1] += next_ones
    return two.astype(np.uint16), 2


def _shared(text: str, start: int, wanted: str) -> int:
    """Return in how many symbols a suffix begins as a text does."""
    low, high = 0, min(len(wanted), len(text) - start)
    while low < high:
        middle = (low + high + 1) // 2
        if text.startswith(wanted[:middle], start):
            low = middle
        else:
            high = middle - 1
    return low
