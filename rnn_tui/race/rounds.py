"""How many updates the networks make between two waits for one another."""

from collections.abc import Callable

ROUND = 0.1
"""Seconds that a round should take: in shorter ones the waiting costs more than a few hundredths,
in longer ones a key that pauses waits for longer."""
DOUBLING = 2


class RoundLength:
    """Updates of a round; follows the speed of the slowest."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.updates = 1
        self._clock, self._began = clock, clock()

    def begin(self) -> None:
        """Take that a round begins."""
        self._began = self._clock()

    @property
    def seconds(self) -> float:
        """Since it began."""
        return self._clock() - self._began

    def end(self) -> None:
        """Take that all have arrived: at most double it, shorten it at once."""
        seconds, most = self.seconds, DOUBLING * self.updates
        fitting = int(self.updates * ROUND / seconds) if seconds > 0 else most
        self.updates = max(1, min(fitting, most))
