"""After how many seconds at work a network had made how many updates."""

from array import array

import numpy as np

from rnn_tui.protocol.curves import Floats

POINTS = 2048
"""Moments that are kept; more than a curve has points."""


class WorkingTime:
    """Moments of a run, thinned where there are too many."""

    def __init__(self) -> None:
        self.updates, self.seconds = _beginning(), _beginning()

    def note(self, update: int, seconds: float) -> None:
        """Take note of a moment; one before the last means that it begins anew."""
        if update < self.updates[-1] or seconds < self.seconds[-1]:
            self.updates, self.seconds = _beginning(), _beginning()
        if update == self.updates[-1]:
            return
        self.updates.append(update)
        self.seconds.append(seconds)
        if len(self.updates) > POINTS:
            self.updates[1:-1], self.seconds[1:-1] = self.updates[1:-1:2], self.seconds[1:-1:2]

    def at(self, updates: Floats) -> Floats:
        """Return the seconds at some updates."""
        return np.interp(updates, self.updates, self.seconds)


def _beginning() -> "array[float]":
    return array("d", [0.0])
