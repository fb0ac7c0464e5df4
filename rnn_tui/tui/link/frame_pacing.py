"""When the screen asks for the next snapshot. No clock here: the caller says what time it is."""

import math
from dataclasses import dataclass

from rnn_tui.protocol.snapshot import Snapshot

BLURRED_PERIOD = 0.5
"""Seconds between pictures while the terminal has not the focus."""

REST = 2.0
"""A picture that took so long to paint is followed by at least as much time again for keys."""


@dataclass(slots=True)
class FramePacing:
    """Decides whether to ask now: one question at a time, none when nothing can have changed.

    Times in seconds.
    """

    fps: int
    blurred: bool = False
    moving: bool = True
    """Training runs, as far as the last snapshot tells."""
    changed: bool = True
    """Something was asked of the worker, or the view moved, since the last question."""
    waiting: bool = False
    """A question is unanswered."""
    asked_at: float = float("-inf")
    cost: float = 0.0
    """What painting one picture takes, a running mean."""
    work: float = 0.0
    """Processor time of one picture, a running mean."""
    share: float = math.inf
    """Of a processor, that pictures may take while training runs: others need it, too."""

    @property
    def period(self) -> float:
        """Seconds from one question to the next while training runs."""
        wanted = BLURRED_PERIOD if self.blurred else 1 / self.fps
        return max(wanted, REST * self.cost, self.work / self.share)

    def due(self, now: float) -> bool:
        """Say whether to ask now; a change is asked for at once, motion when its time has come.

        A timer that ticks a hair early must not lose a whole tick, hence the tolerance.
        """
        if self.waiting:
            return False
        return self.changed or (self.moving and now - self.asked_at >= 0.9 * self.period)

    def asked(self, now: float) -> None:
        """Note that the question is out."""
        self.asked_at = now
        self.waiting = True
        self.changed = False

    def answered(self, *, moving: bool) -> None:
        """Note the answer."""
        self.waiting = False
        self.moving = moving

    def painted(self, seconds: float, work: float = 0.0) -> None:
        """Note how long the picture took, from arrival to the end of painting.

        Args:
            seconds: On the clock.
            work: Of processor time.
        """
        self.cost += 0.2 * (seconds - self.cost)
        self.work += 0.2 * (work - self.work)

    def reset(self) -> None:
        """Begin anew with another worker: the unanswered question is lost."""
        self.waiting = False
        self.moving = self.changed = True


def is_moving(now: Snapshot) -> bool:
    """Say whether the next picture will be another one though nobody touches a key."""
    travelling = now.past is not None and now.past.goal is not None
    racing = now.race is not None and now.race.running
    return now.state == "running" or travelling or now.busy or now.looking or racing
