"""Plays a log: at the pace at which it happened, or so many updates a second; forward and back."""

from collections.abc import Sequence
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.runlog.course import Course
from rnn_tui.runlog.reader import Event, read_log
from rnn_tui.text.visible import visible

LONGEST_WAIT = 1.0
"""Seconds in which nothing happens, at most: pauses are cut short."""


class Player:
    """The course of a run, and how far it has been played. Times in seconds."""

    def __init__(self, events: Sequence[Event], broken: int = 0) -> None:
        self.events, self.broken = events, broken
        self.course = Course()
        self.place = 0
        """Events played."""
        self.paused = False
        self.speed = 0.0
        """Updates a second; 0: as it happened."""
        self._credit = self._last = 0.0
        self._until_epoch: int | None = None

    @classmethod
    def open(cls, path: Path) -> "Player":
        """Read a log and play it through once, so that nothing can go wrong later.

        Raises:
            InputError: It cannot be read, or is damaged.
        """
        log = read_log(path)
        course = Course()
        for number, event in enumerate(log.events, 1):
            try:
                course.take(event)
            except (KeyError, TypeError, ValueError, OverflowError) as error:
                raise InputError(
                    f"{visible(str(path))}: event {number:,} is damaged ({visible(str(error))})"
                ) from None
        return cls(log.events, log.broken)

    @property
    def at_end(self) -> bool:
        """Whether everything has been played."""
        return self.place == len(self.events)

    @property
    def updates_per_second(self) -> float:
        """As it was, or as it is played."""
        if self.paused or self.at_end:
            return 0.0
        if self.speed:
            return self.speed
        return self.course.pace

    def begin(self, now: float) -> None:
        """Stand at the first event."""
        self._last = now
        self.seek(1)

    def seek(self, place: int) -> None:
        """Stand after so many events; at least one, which is the start."""
        place = min(max(place, 1), len(self.events))
        if place < self.place:
            self.course, self.place = Course(), 0
        while self.place < place:
            self._take()
        self._credit = 0.0

    def step(self) -> None:
        """Play to the next update, with what happened on the way."""
        while not self.at_end:
            self._take()
            if self.events[self.place - 1]["event"] == "update":
                return

    def play_to_epoch_end(self) -> None:
        """Play on, and stand still when the epoch is over."""
        self.paused = False
        self._until_epoch = self.course.epoch

    def play(self, now: float) -> None:
        """Play what is due by now."""
        gone, self._last = now - self._last, now
        if self.paused or self.at_end:
            self._credit = 0.0
            return
        self._credit += gone * (self.speed or 1.0)
        while not self.at_end and not self.paused and (need := self._need()) <= self._credit:
            self._credit -= need
            self._take()
            if self._until_epoch is not None and self.course.epoch != self._until_epoch:
                self.paused, self._until_epoch = True, None

    def _need(self) -> float:
        """Return what the next event costs: seconds, or updates where those are counted."""
        event, course = self.events[self.place], self.course
        if self.speed:
            forward = int(event["update"]) - course.update
            return float(max(0, forward)) if event["event"] == "update" else 0.0
        return min(max(0.0, float(event.get("seconds", 0)) - course.seconds), LONGEST_WAIT)

    def _take(self) -> None:
        self.course.take(self.events[self.place])
        self.place += 1
