"""A label: something that is so or not so, or a number, at every symbol of a text."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float64]

LEAST = 20
"""Symbols at which a label must be so, and as many at which it must not, to be looked at: fewer
would let a unit follow it by chance."""


@dataclass(frozen=True, eq=False, slots=True)
class Label:
    """What is said of every symbol once it is read, so that a network can know it by then."""

    words: str
    """What completes "is on …", or "grows …": "inside brackets", "along the line"."""
    values: Values
    """(N,); 0 or 1 where it is so or not."""
    number: bool = False
    """Whether it is a number, not so or not so."""

    def varies(self, count: int) -> bool:
        """Return whether each half of the first `count` symbols has enough of both."""
        return all(map(self._varies, np.split(self.values[: count // 2 * 2], 2)))

    def _varies(self, values: Values) -> bool:
        if self.number:
            return len(np.unique(values[: len(values)])) > 2
        ones = int(values.sum())
        return min(ones, len(values) - ones) >= LEAST
