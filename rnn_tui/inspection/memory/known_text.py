"""A text that was learned, looked through in slices; then what others have in common with it."""

from itertools import islice

import numpy as np
import numpy.typing as npt

from rnn_tui.inspection.memory.memorized import (
    LONG,
    Stretch,
    cover,
    from_each_place,
    maximal,
    memorized,
    unusual_from,
)
from rnn_tui.text.suffixes import Suffixes
from rnn_tui.text.vocab import IntArray

COMPARED = 20_000
"""Symbols of the validation text that are looked at."""
_AT_ONCE = 32
"""Of them in a slice: a millisecond or so."""


class KnownText:
    """Gets to know the training text, and what a text that was not learned shares with it."""

    def __init__(self, train: IntArray, validation: IntArray) -> None:
        """Begin.

        Args:
            train: What was learned, of at most `suffixes.MOST` symbols.
            validation: What was not; may be empty.
        """
        self._train = train
        self._suffixes = Suffixes(train)
        unseen = validation[:COMPARED]
        self._total = len(train) + len(unseen)
        self._places = from_each_place(self._suffixes, unseen)
        self._compared = 0
        self._shared: list[Stretch] = []
        self.done = False
        """Whether all is looked through."""
        self.least = LONG
        """Symbols from which on a stretch is longer than what nearly all of unseen text has."""
        self.usual: float | None = None
        """How much of the validation text is in such stretches; None: there is none."""

    @property
    def progress(self) -> float:
        """How much is looked through, from 0 to 1."""
        return (self._suffixes.sorted + self._compared) / max(self._total, 1)

    def advance(self) -> None:
        """Look through the next part."""
        if not self._suffixes.done:
            self._suffixes.advance()
            return
        found = [*islice(self._places, _AT_ONCE)]
        self._compared += len(found)
        self._shared += filter(None, found)
        if len(found) < _AT_ONCE:
            self._finish()

    def _finish(self) -> None:
        usual = cover(self._shared, self._compared)
        self.least = unusual_from(usual)
        self.usual = float((usual >= self.least).mean()) if self._compared else None
        self.done = True

    def memorized(self, ids: IntArray) -> tuple[list[Stretch], npt.NDArray[np.bool_]]:
        """Return what of a text stands in it: stretches, the longest first, and all symbols in any.

        The stretches do not overlap; where two did, the longer is among them.
        """
        found = maximal(self._suffixes, ids)
        return memorized(found, self.least), cover(found, len(ids)) >= self.least

    def line(self, place: int, newline: int) -> int:
        """Return in which line a place of the training text is, from 1.

        Args:
            place: From 0.
            newline: Id of the newline.
        """
        return int(np.count_nonzero(self._train[:place] == newline)) + 1


def looked_through(train: IntArray, validation: IntArray) -> KnownText:
    """Look through all of it."""
    known = KnownText(train, validation)
    while not known.done:
        known.advance()
    return known
