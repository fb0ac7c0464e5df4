"""The file of one run, made once the run is worth it."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from rnn_tui.language import mark, phrase
from rnn_tui.records.folder import create
from rnn_tui.records.lock import hold
from rnn_tui.records.pruning import prune
from rnn_tui.runlog.file import line_of
from rnn_tui.text.visible import visible

UPDATES, SECONDS = 10, 3.0
"""A run is kept from so many updates on, once it has lasted so long or come to its own end: what
was opened and left at once pushes nothing out."""
ENDS = ("finished", "diverged")
MOST_BYTES = 1 << 20
"""Of one record: knobs that are turned without end do not fill the disk."""

NONE = mark("This run is not recorded: {reason} ({folder}).")
NO_MORE = mark("This run is not recorded any more: {reason} ({folder}).")


class RecordFile:
    """Takes the events of a run; the first fault is told, and nothing is written any more."""

    def __init__(
        self,
        where: Path,
        facts: Callable[[], Mapping[str, Any]],
        tell: Callable[[str], None],
    ) -> None:
        """Get ready; there is no file yet.

        Args:
            where: The folder.
            facts: Gives what else the first event says; asked when the file is made.
            tell: Gets a sentence when it cannot be written.
        """
        self.where, self.facts, self.tell = where, facts, tell
        self.path: Path | None = None
        """None: it is not made yet."""
        self.faulty = False
        self._began = datetime.now().astimezone()
        self._waiting: list[Mapping[str, Any]] = []
        self._handle: int | None = None
        self._size = 0

    def write(self, event: Mapping[str, Any]) -> None:
        """Take an event."""
        if self.faulty:
            return
        if self.path is None:
            self._waiting.append(event)
            if self._is_worth(event):
                self._make()
        elif self._size < MOST_BYTES or event["event"] == "end":
            self._append(line_of(rounded(event)))

    def close(self) -> None:
        """Take no more; a run that was not worth it leaves nothing."""
        self._waiting = []
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _is_worth(self, event: Mapping[str, Any]) -> bool:
        enough = event.get("update", 0) - self._waiting[0]["update"] >= UPDATES
        return enough and (event.get("seconds", 0) >= SECONDS or event.get("state") in ENDS)

    def _make(self) -> None:
        start, *others = self._waiting
        began = {"started": self._began.isoformat(timespec="milliseconds")}
        lines = [line_of({**start, **began, **self.facts()}), *map(line_of, map(rounded, others))]
        try:
            self.path, self._handle = create(self.where, self._began)
        except OSError as error:
            self._fail(NONE, error)
            return
        hold(self._handle)
        if self._append(b"".join(lines), NONE):
            self._waiting = []
            with suppress(OSError):
                prune(self.where, self.path)
        else:  # what has no beginning can be read by nobody
            with suppress(OSError):
                self.path.unlink()

    def _append(self, data: bytes, said: str = NO_MORE) -> bool:
        assert self._handle is not None
        self._size += len(data)
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[os.write(self._handle, rest) :]
        except OSError as error:
            self._fail(said, error)
            return False
        return True

    def _fail(self, said: str, error: OSError) -> None:
        self.faulty = True
        self.close()
        reason = phrase(visible(error.strerror or str(error)))
        self.tell(phrase(said, reason=reason, folder=visible(str(self.where))))


def rounded(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return an event with seven digits of each number: what a chart can show, and float32 has."""
    return {
        name: float(f"{value:.7g}") if isinstance(value, float) else value
        for name, value in event.items()
    }
