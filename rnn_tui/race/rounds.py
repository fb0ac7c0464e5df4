"""How networks keep step: all train until the same update, and only then until the next."""

from collections.abc import Callable, Iterable

ROUND = 0.1
"""Seconds that a round should take: in shorter ones the waiting costs more than a few hundredths,
in longer ones a key that pauses waits for longer."""
DOUBLING = 2


class Rounds:
    """Which update the present round goes to, and who has not arrived there."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.awaited: set[int] = set()
        """Who is still on the way."""
        self._size, self._began = 1, clock()

    def begin(self, updates: Iterable[int], most: int | None) -> int:
        """Begin a round from the least of these updates; return its goal, `most` at the most."""
        self._began = self.clock()
        goal = min(updates) + self._size
        return goal if most is None else min(goal, most)

    def arrived(self, who: int) -> bool:
        """Take that somebody has; return whether that was the last."""
        if who not in self.awaited:
            return False
        self.awaited.remove(who)
        if not self.awaited:
            self._adapt(self.clock() - self._began)
        return not self.awaited

    def _adapt(self, seconds: float) -> None:
        most = DOUBLING * self._size
        fitting = int(self._size * ROUND / seconds) if seconds > 0 else most
        self._size = max(1, min(fitting, most))
