"""When updates are due, how many to do at a stretch, and how fast they really go."""

import sys
from collections import deque

STRETCH = 0.004
"""Seconds of work between two looks at the pipe: a look costs 6 µs, and a key waits no longer."""
LONGEST_LAG = 0.1
"""Seconds of missed updates that are caught up with; more (a pause, a validation) are let go."""
RATE_WINDOW = 1.0


class Pacer:
    """Says when updates are due so that no more than `speed` of them happen in a second."""

    def __init__(self, speed: float, now: float) -> None:
        """Begin now; a speed of 0 sets no limit."""
        self.speed = speed
        self.next = now

    def reset(self, now: float) -> None:
        """Make the next update due at once."""
        self.next = now

    def set_speed(self, speed: float, now: float) -> None:
        """Go on at another speed."""
        self.speed = speed
        if speed:
            self.next = min(self.next, now + 1 / speed)

    def wait(self, now: float) -> float:
        """Seconds until an update is due; 0 when one is."""
        return max(0.0, self.next - now) if self.speed else 0.0

    def due(self, now: float) -> int:
        """Return how many updates are due."""
        if not self.speed:
            return sys.maxsize
        if now - self.next > LONGEST_LAG:
            self.next = now
        return 1 + int((now - self.next) * self.speed) if now >= self.next else 0

    def did(self, count: int) -> None:
        """Take note of updates done."""
        if self.speed:
            self.next += count / self.speed


class Stretch:
    """How many updates fit between two looks at the pipe; follows the speed of the machine."""

    def __init__(self) -> None:
        self.count = 1

    def took(self, count: int, seconds: float) -> None:
        """Learn from `count` updates that took `seconds`; at most doubles, shrinks at once."""
        most = 2 * self.count
        fitting = int(count * STRETCH / seconds) if seconds > 0 else most
        self.count = max(1, min(fitting, most))


class Meter:
    """Updates per second over about the last second, from what has really happened."""

    def __init__(self) -> None:
        self.points: deque[tuple[float, int]] = deque()

    def clear(self) -> None:
        """Forget what was: training stood still, or begins anew."""
        self.points.clear()

    def note(self, now: float, update: int) -> None:
        """Take note that `update` updates were done by now."""
        self.points.append((now, update))
        while len(self.points) > 2 and self.points[1][0] <= now - RATE_WINDOW:
            self.points.popleft()

    def rate(self, now: float) -> float:
        """Return updates per second; 0 until two moments have been noted."""
        if len(self.points) < 2:
            return 0.0
        (start, first), (end, last) = self.points[0], self.points[-1]
        if now - end > RATE_WINDOW and now - end > end - start:
            end = now  # it has stalled: a figure from before would be a lie
        return (last - first) / (end - start) if end > start else 0.0
