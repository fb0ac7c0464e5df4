"""How often what happens is noted; what lies between two notes is told by the later one.

At full speed a small network makes thousands of updates a second: beyond the first ones a note is
due after some time, or after a share of the time gone by if that is more, so that what is written
grows by the logarithm of the time.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pause:
    """Between two notes at least."""

    shortest: float = 0.0
    """Seconds."""
    share: float = 0.0
    """Of the time gone by."""

    def after(self, now: float) -> float:
        """Return when the next note is due, both in seconds since the beginning."""
        return now + max(self.shortest, self.share * now)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often to note what."""

    first: int
    """Updates noted in any case: a word is learned in fewer, in a blink."""
    updates: Pause
    """After those."""
    validations: Pause
    samples: Pause | None
    """Longer than the rest; None: none is noted."""


LOG = Rhythm(500, Pause(0.05, 0.001), Pause(), Pause(1.0, 0.005))
"""A day at full speed: less than five megabytes."""
RECORD = Rhythm(100, Pause(0.5, 1 / 150), Pause(1.0, 0.01), None)
"""A day: less than 300 kB (`tests/records/test_size.py`)."""
