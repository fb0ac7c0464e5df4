"""How long the worker may be silent before the screen says so. The caller brings the clock."""

from dataclasses import dataclass

from rnn_tui.language import mark
from rnn_tui.protocol.session import held

USUAL = 5.0
"""Seconds of silence that are nothing unusual."""
TIMES = 3.0
"""An update that took long before may take this much longer the next time."""
LEARNED = 60.0
"""Seconds, at most, that a silence teaches to expect."""
BLINK = 1.0
"""Seconds, at most, that pass between two looks at the clock; more means the screen slept."""


@dataclass(frozen=True, slots=True)
class Silent:
    """The worker is there and does not answer."""

    reason: str
    stopped: bool
    """Whether the system holds it."""


@dataclass(slots=True)
class SilenceTimer:
    """Counts the seconds that a question waits for its answer."""

    longest: float = 0.0
    """Of the silences that ended by themselves."""
    waited: float = 0.0
    _last: float = 0.0

    def begin(self, now: float) -> None:
        """Begin to wait: a question is asked."""
        self.waited, self._last = 0.0, now

    def end(self, *, learn: bool = True) -> None:
        """Stop waiting; how long that took is what to expect, unless the worker was stopped."""
        if learn:
            self.longest = max(self.longest, min(self.waited, LEARNED))
        self.waited = 0.0

    def is_over(self, now: float) -> bool:
        """Say whether that is longer than usual; to be asked often while a question waits."""
        # A screen that was suspended has not been waiting all the time.
        self.waited += min(max(now - self._last, 0.0), BLINK)
        self._last = now
        return self.waited > max(USUAL, TIMES * self.longest)


def silent(pid: int | None, *, stopped: bool) -> Silent:
    """Return what is to be said of a silent worker."""
    if stopped:
        return Silent(held(pid), True)
    why = mark("unknown: an update that takes very long, a busy machine, or it hangs")
    return Silent(why, False)
