"""All suffixes of a text in order, to find in it the longest beginning of another text.

Source: Manber, Myers (1993), Suffix arrays: a new method for on-line string searches. Sorted by
their first symbol, then 2, 4, 8, …: suffixes that agree in the first n are ordered by what is known
of those that begin n later.
"""

from bisect import bisect_left

import numpy as np

from rnn_tui.text.vocab import IntArray

LONGEST = 1_024
"""Symbols that are compared; of suffixes that agree in more, any may stand first."""
MOST = 4_000_000
"""Symbols of a text that is not too long: some ten seconds, and 70 bytes each while sorting."""


class Suffixes:
    """The sorted suffixes of a text."""

    def __init__(self, ids: IntArray) -> None:
        """Sort them.

        Args:
            ids: The text (N,), of at most `MOST` symbols.
        """
        self._text = as_string(ids)
        self._order = _sorted(np.asarray(ids, dtype=np.int64))

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


def as_string(ids: IntArray) -> str:
    """Return ids as a string whose order is theirs, a character for each."""
    return np.asarray(ids).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")


def _sorted(ids: IntArray) -> IntArray:
    """Return where the suffixes begin, in their order (N,)."""
    count, known = len(ids), 1
    rank = ids + 1  # 0: beyond the end, before everything
    order = rank.argsort(kind="stable")
    while known < LONGEST:
        later = np.zeros(count, np.int64)
        later[: count - known] = rank[known:]
        key = rank * (rank.max(initial=0) + 1) + later
        order = key.argsort(kind="stable")
        new = np.diff(key[order], prepend=-1) != 0
        rank[order] = new.cumsum()
        known *= 2
        if new.all():
            break
    return order


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
