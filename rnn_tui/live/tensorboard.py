"""What the event log notes, for TensorBoard: scalars over updates, samples and knobs as text.

Each run is a folder of its own, and so is each branch of it: a curve there cannot fork. What is
noted, and how often, the event log decides.

The package's own writer puts what it is given into a queue, which a thread empties; where a disk
is full the thread is gone, and training would wait for it for ever; it also waits for the disk at
each flush. So records are written here, and what is behind at most a second is written out.
"""

import itertools
import math
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tensorboardX.proto.event_pb2 import Event
from tensorboardX.record_writer import RecordWriter
from tensorboardX.summary import scalar, text

from rnn_tui.language import phrase
from rnn_tui.saving.free_name import stem_of
from rnn_tui.text.visible import visible

SCALARS = {
    "loss": "loss/each_update",
    "smoothed": "loss/smoothed",
    "grad_norm": "gradient_norm",
    "learning_rate": "learning_rate",
}
"""Numbers of an update, and what TensorBoard calls them; losses in nats per character."""
VALIDATION, SPEED = "loss/validation", "updates_per_second"
PAUSE = 1.0
"""Seconds between two times that updates are written out."""


class TensorBoard:
    """Takes events as `runlog.file.LogFile` does; the first fault is told, and ends it."""

    def __init__(
        self, folder: Path, tell: Callable[[str], None], clock: Callable[[], float] = time.time
    ) -> None:
        """Get ready; the run's own folder is made as it begins.

        Args:
            folder: Where runs have their folders.
            tell: Gets a sentence when nothing can be written any more.
            clock: The time as files have it.
        """
        self._folder, self._tell, self._clock = folder.resolve(), tell, clock
        self._run = self._folder
        self._writer: RecordWriter | None = None
        self._failed = False
        self._files = itertools.count()
        self._before: tuple[int, float] | None = None
        self._due = 0.0

    def write(self, event: Mapping[str, Any]) -> None:
        """Note an event."""
        if self._failed:
            return
        try:
            self._write(event)
        except OSError as error:
            self._fail(error)

    def close(self) -> None:
        """Write no more."""
        writer, self._writer = self._writer, None
        if writer is not None:
            try:
                writer.close()
            except OSError as error:
                self._fail(error)

    def _write(self, event: Mapping[str, Any]) -> None:
        update = event["update"]
        match event["event"]:
            case "start":
                self._begin(event)
            case "update":
                self._note_update(event)
            case "validation":
                self._scalar(VALIDATION, event["loss"], update)
            case "sample":
                self._text("sample", event["text"], update)
            case "knob":
                self._text("knob", event["label"], update)
            case "branch":
                number = event["number"]
                name = self._run.name + (f"-branch-{number}" if number > 1 else "")
                self._open(self._folder / name)
            case "state":  # it may stand still now, or have another pace
                self._before = None
        if self._writer is not None and (event["event"] != "update" or self._clock() >= self._due):
            self._writer.flush()
            self._due = self._clock() + PAUSE

    def _begin(self, event: Mapping[str, Any]) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        stem = stem_of(event["corpus_name"])
        for number in itertools.count(1):
            self._run = self._folder / f"{stem}-{number}"
            try:
                self._run.mkdir()
                break
            except FileExistsError:  # another run's
                continue
        self._open(self._run)
        settings = "\n".join(f"{name} = {value}" for name, value in event["config"].items())
        self._text("settings", settings, event["update"])

    def _open(self, folder: Path) -> None:
        """Write to a folder from now on; the branch that is left keeps what it has."""
        self.close()
        self._before = None
        folder.mkdir(exist_ok=True)
        now = self._clock()
        name = f"events.out.tfevents.{now:.0f}.{os.getpid()}.{next(self._files)}"
        self._writer = RecordWriter(str(folder / name))
        self._put(Event(wall_time=now, file_version="brain.Event:2"))

    def _note_update(self, event: Mapping[str, Any]) -> None:
        update, seconds = event["update"], event["seconds"]
        for name, tag in SCALARS.items():
            self._scalar(tag, event[name], update)
        if self._before is not None and seconds > self._before[1]:
            updates = update - self._before[0]
            self._scalar(SPEED, updates / (seconds - self._before[1]), update)
        self._before = update, seconds

    def _scalar(self, tag: str, value: float, update: int) -> None:
        if math.isfinite(value):
            self._add(scalar(tag, value), update)

    def _text(self, tag: str, said: str, update: int) -> None:
        # TensorBoard reads Markdown: lines that begin with four blanks stand as they are.
        lines = (f"    {visible(line)}" for line in said.split("\n"))
        self._add(text(tag, "\n".join(lines)), update)

    def _add(self, summary: Any, update: int) -> None:
        self._put(Event(summary=summary, step=update, wall_time=self._clock()))

    def _put(self, event: Event) -> None:
        if self._writer is not None:
            self._writer.write(event.SerializeToString())

    def _fail(self, error: OSError) -> None:
        self._failed = True
        writer, self._writer = self._writer, None
        if writer is not None:
            with suppress(OSError):  # what it still holds cannot be written
                writer.close()
        self._tell(
            phrase(
                "Nothing is written for TensorBoard any more: {folder}: {reason}.",
                folder=visible(str(self._folder)),
                reason=visible(error.strerror or str(error)),
            )
        )
