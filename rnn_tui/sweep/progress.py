"""How far the runs under way are: the ends of their logs, read now and then.

So it is known of runs on any machine, and no run waits for anybody to listen.
"""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rnn_tui.runlog.reader import Event, whole
from rnn_tui.sweep.run import Run

TAIL = 1 << 16
"""Bytes at the end of a log that are read; a sample is a line of a few thousand."""
PAUSE = 0.5
"""Seconds between two looks …"""
SHARE = 0.05
"""… and at most so much of the time goes into them, on a slow file system too."""
SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True)
class Underway:
    """A run that is being trained."""

    run: Run
    update: int
    loss: float | None
    """Smoothed."""
    validation: float | None


class Progress:
    """Looks at the logs of a folder; what has grown since the beginning is under way."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.folder, self._clock = folder, clock
        self._before = self._sizes()
        self._due = 0.0
        self.underway: tuple[Underway, ...] = ()

    def begin(self) -> None:
        """Call when the workers are new: nothing is under way."""
        self._before, self.underway = self._sizes(), ()

    def look(self, left: Iterable[Run]) -> bool:
        """Look if it is time.

        Args:
            left: The runs that are not at their end.

        Returns:
            Whether it was time.
        """
        began = self._clock()
        if began < self._due:
            return False
        sizes = self._sizes()
        growing = (run for run in left if sizes.get(run.name, 0) > self._before.get(run.name, 0))
        self.underway = tuple(map(self._of, growing))
        self._due = began + max(PAUSE, (self._clock() - began) / SHARE)
        return True

    def _sizes(self) -> dict[str, int]:
        found: dict[str, int] = {}
        try:
            with os.scandir(self.folder) as files:
                for file in files:
                    if file.name.endswith(SUFFIX):
                        found[file.name.removesuffix(SUFFIX)] = file.stat().st_size
        except OSError:  # the runs themselves say so
            pass
        return found

    def _of(self, run: Run) -> Underway:
        update, loss, validation = 0, None, None
        for event in last_events(self.folder / (run.name + SUFFIX)):
            if event["event"] == "start":
                update = event.get("update", 0)
            elif event["event"] == "update":
                update, loss = event.get("update", update), event.get("smoothed")
            elif event["event"] == "validation":
                validation = event.get("loss")
        return Underway(run, update, loss, validation)


def last_events(log: Path) -> Iterator[Event]:
    """Yield the events at the end of a log, the oldest first."""
    try:
        with log.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - TAIL))
            lines = file.read(TAIL).splitlines()
    except OSError:
        return
    for line in lines:
        if (event := whole(line)) is not None:
            yield event
