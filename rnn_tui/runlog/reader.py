"""A log read back: its events, as far as they are whole."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.runlog.file import VERSION, is_log
from rnn_tui.text.visible import visible

Event = dict[str, Any]


@dataclass(frozen=True, eq=False, slots=True)
class Log:
    """What is in a log."""

    events: tuple[Event, ...]
    """In the order in which they were written; the first is a start."""
    broken: int
    """Lines that were left out: whoever wrote them was interrupted."""


def read_log(path: Path) -> Log:
    """Read a log; lines that are not whole are left out.

    Raises:
        InputError: There is no such file, it is no log, or one of a newer version.
    """
    where = visible(str(path))
    require_log(path)
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        reason = visible(error.strerror or str(error))
        raise InputError(f"{where}: cannot be read: {reason}") from None
    events = [event for line in lines if (event := whole(line)) is not None]
    newer = [event for event in events if event["event"] == "start" and event["version"] > VERSION]
    if newer:
        raise InputError(f"{where}: written by a newer rnn-tui; update rnn-tui")
    if not events or events[0]["event"] != "start":
        raise InputError(f"{where}: its first line is damaged")
    return Log(tuple(events), sum(1 for line in lines if line) - len(events))


def require_log(path: Path) -> None:
    """Find out whether a file is there and begins as a log does.

    Raises:
        InputError: It does not.
    """
    where = visible(str(path))
    try:
        if path.exists() and not path.is_file():
            raise InputError(f"{where}: a folder, a pipe or a device is no log")
        if not is_log(path):
            raise InputError(f"{where}: is not a log of rnn-tui (--log FILE writes one)")
    except OSError as error:
        reason = visible(error.strerror or str(error))
        raise InputError(f"{where}: cannot be read: {reason}") from None


def whole(line: bytes) -> Event | None:
    """Return the event of a line; None for what is none."""
    try:
        event = json.loads(line)
    except ValueError:
        return None
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        return None
    if event["event"] == "start":
        return event if isinstance(event.get("version"), int) else None
    return event if isinstance(event.get("seconds"), int | float) else None
