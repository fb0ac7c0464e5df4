"""Answers that are kept for a while, so that looking costs training little."""

import math
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from rnn_tui.live.run import Run

SHARE = 0.02
"""Of the time, at most so much goes into each picture of a large network."""

T = TypeVar("T")


class Latest(Generic[T]):
    """The last answer to a question; a new one is made once training has moved on."""

    def __init__(self, clock: Callable[[], float], share: float = SHARE) -> None:
        self.clock = clock
        self.share = share
        self._asked: Hashable = None
        self._update = -1
        self._fresh_until = -math.inf
        self._answer: T | None = None

    def get(self, asked: Hashable, run: Run, make: Callable[[], T]) -> T:
        """Return the answer for the network as it is.

        While training runs, a costly answer may be a little old: at most `share` of the time is
        spent on making it. Standing still it is exact.
        """
        start, update = self.clock(), run.trainer.update
        current = update == self._update or (run.running and start < self._fresh_until)
        if self._answer is None or asked != self._asked or not current:
            self._answer = make()
            now = self.clock()
            self._asked, self._update = asked, update
            self._fresh_until = now + (now - start) / self.share
        return self._answer
