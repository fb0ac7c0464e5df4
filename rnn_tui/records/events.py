"""A record looked through for a few of its events: of most lines only the beginning is read."""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.runlog.file import BEGINNING, VERSION
from rnn_tui.runlog.reader import Event, whole
from rnn_tui.text.visible import visible


def begun(data: bytes, path: Path) -> Event:
    """Return the first event of a record.

    Raises:
        InputError: It is none, or one of a newer version.
    """
    where = visible(str(path))
    if not BEGINNING.match(data):
        raise InputError(f"{where}: is not the record of a run")
    start = event_in(data.partition(b"\n")[0])
    if start is None:
        raise InputError(f"{where}: its first line is damaged")
    if start["version"] > VERSION:
        raise InputError(f"{where}: written by a newer rnn-tui; update rnn-tui")
    return start


def event_in(line: bytes) -> Event | None:
    """Return the event of a line; None for what is none, however deep it is."""
    try:
        return whole(line)
    except RecursionError:
        return None


def backwards(data: bytes, kind: str) -> Iterator[Event]:
    """Yield the events of a kind after the first line, the last one first.

    Lines that are not whole are left out.
    """
    beginning = f'\n{{"event":"{kind}",'.encode()
    place = data.rfind(beginning)
    while place >= 0:
        end = data.find(b"\n", place + 1)
        if (event := event_in(data[place + 1 : end if end >= 0 else None])) is not None:
            yield event
        place = data.rfind(beginning, 0, place)


def last(data: bytes, kind: str) -> Event:
    """Return the last event of a kind; an empty one where there is none."""
    return next(backwards(data, kind), {})


def validations(data: bytes) -> list[tuple[int, float]]:
    """Return updates and losses in order; losses that are not finite are left out.

    Raises:
        KeyError: One of the events lacks something.
        TypeError: It holds something of another kind.
    """
    found = [(whole_number(e["update"]), number(e["loss"])) for e in backwards(data, "validation")]
    return [(update, loss) for update, loss in reversed(found) if loss is not None]


def text(value: Any) -> str:
    """Return a text; anything else is an error."""
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def whole_number(value: Any) -> int:
    """Return a whole number; anything else is an error."""
    if type(value) is not int:
        raise TypeError(f"{value!r} is no whole number")
    return value


def number(value: Any) -> float | None:
    """Return a number; None for one that is not finite."""
    if value is not None and type(value) not in (int, float):
        raise TypeError(f"{value!r} is no number")
    return None if value is None or not math.isfinite(value) else float(value)
