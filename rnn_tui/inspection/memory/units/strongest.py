"""Where in a text a unit is highest, or lowest."""

import numpy as np

from rnn_tui.inspection.memory.units.measures import Values
from rnn_tui.inspection.memory.units.search import Ints

APART = 8
"""Symbols between two places, at least: neighbors would show the same surroundings."""


def strongest(values: Values, count: int, *, low: bool = False) -> Ints:
    """Return the places where a unit (N,) is highest or lowest, the most extreme first."""
    left = np.array(values, np.float64) * (-1 if low else 1)
    found: list[int] = []
    while len(found) < count and (left > -np.inf).any():
        at = int(left.argmax())
        found.append(at)
        left[max(0, at - APART) : at + APART + 1] = -np.inf
    return np.array(found, np.int64)
