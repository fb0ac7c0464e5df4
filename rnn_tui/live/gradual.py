"""Answers worked out in slices, since all at once they would keep a key waiting."""

import math
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

from rnn_tui.live.run import Run

SLICE, LIVE_SLICE = 0.03, 0.005
"""Seconds at a time, while training stands still and while it runs: keys are answered between."""
FIRST = 0.25
"""The share of the time until the first answer to a question is there: somebody waits for it."""

T = TypeVar("T")


class Gradual(Generic[T]):
    """The last answer to a question; while a new one is being worked out, what there is of it."""

    def __init__(self, clock: Callable[[], float], share: float) -> None:
        self.clock = clock
        self.share = share
        self._asked: Hashable = None
        self._update = -1
        self._slices: Iterator[T] | None = None
        self._resting_until = -math.inf
        self._whole: T | None = None
        self._part: T | None = None

    @property
    def working(self) -> bool:
        """Whether there will be more of the answer, or a newer one."""
        return self._slices is not None

    def get(self, asked: Hashable, run: Run, begin: Callable[[], Iterator[T]]) -> T:
        """Return the answer, or as much of it as there is by now.

        While training runs, at most `share` of the time is spent on it (`FIRST` on a new question),
        and what is finished may be of an earlier moment. Standing still it is of this one as soon
        as `working` is over.

        Args:
            asked: The question; another one is begun anew.
            run: The run that it is asked of.
            begin: Begins to work it out: yields answers of the network as it is then, each with
                more in it, the last one with all.
        """
        update = run.trainer.update
        if asked != self._asked:
            self._asked, self._whole, self._slices = asked, None, None
            self._resting_until = -math.inf
        outdated = self._update != update or (self._whole is None and not self.working)
        if outdated and not (self.working and run.running):
            self._slices, self._update, self._part = begin(), update, None
        self._work_on(run.running)
        found = self._part if self._whole is None else self._whole
        assert found is not None
        return found

    def _work_on(self, running: bool) -> None:
        start = now = self.clock()
        if running and start < self._resting_until:
            return
        share = FIRST if self._whole is None else self.share
        most = LIVE_SLICE if running else SLICE
        while self._slices is not None and now - start < most:
            self._take_slice()
            now = self.clock()
        self._resting_until = now + (now - start) / share

    def _take_slice(self) -> None:
        assert self._slices is not None
        try:
            self._part = next(self._slices)
        except StopIteration:
            self._whole, self._slices = self._part, None
