"""The updates noted of a run, thinned before they are read: most lines are never looked into."""

import json
import re
from typing import Any

import numpy as np

from rnn_tui.comparing.run import Floats
from rnn_tui.training.history import CAPACITY

COLUMNS = ("update", "seconds", "loss", "smoothed")
"""What is kept of each."""
_NUMBER = rb"([-+.\deE]+|null)"
_LINE = re.compile(
    rb'"seconds":%b,"update":%b,"epoch":[^,]+,"loss":%b,"low":[^,]+,"high":[^,]+,"smoothed":%b'
    % ((_NUMBER,) * 4)
)
"""A line as ours are written: `json` takes twice as long to read all of one."""

Rows = Floats
"""(N, 4): see `COLUMNS`."""
NO_ROWS: Rows = np.empty((0, len(COLUMNS)))


class Thinned:
    """Lines in their order, every one at first, then every second, every fourth …; the last too."""

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._stride, self._seen = 1, 0
        self._last = b""

    def add(self, lines: list[bytes]) -> None:
        """Take in more lines."""
        if not lines:
            return
        self._lines += lines[-(self._seen + 1) % self._stride :: self._stride]
        self._seen += len(lines)
        self._last = lines[-1]
        while len(self._lines) > CAPACITY:
            del self._lines[::2]
            self._stride *= 2

    def rows(self) -> Rows:
        """Return what the lines say."""
        lines = self._lines
        if lines and lines[-1] is not self._last:
            lines = [*lines, self._last]
        return rows_of(lines or [self._last] * bool(self._last))


def rows_of(lines: list[bytes]) -> Rows:
    """Return the numbers of each line; lines that are damaged are left out."""
    found = _LINE.findall(b"\n".join(lines))
    if len(found) == len(lines):
        try:
            seconds, update, loss, smoothed = (
                np.array([b"nan" if n == b"null" else n for n in column]).astype(np.float64)
                for column in zip(*found, strict=True)
            )
            return sound(np.stack([update, seconds, loss, smoothed], axis=1))
        except ValueError:
            pass
    rows = [row for line in lines if (row := row_of(line)) is not None]
    return sound(np.array(rows).reshape(-1, len(COLUMNS)))


def row_of(line: bytes) -> list[float] | None:
    """Return the numbers of a line; None: it is damaged."""
    try:
        event = json.loads(line)
        return [number(event[name]) for name in COLUMNS]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def number(value: Any) -> float:
    """Return a number; null stands for one that was not finite.

    Raises:
        TypeError: It is none.
        OverflowError: It is too large.
    """
    if value is None:
        return float("nan")
    if not isinstance(value, int | float):
        raise TypeError(value)
    return float(value)


def sound(rows: Rows) -> Rows:
    """Return the rows whose update and time can be true, without those that were taken back."""
    update, seconds = rows[:, 0], rows[:, 1]
    with np.errstate(invalid="ignore"):
        rows = rows[(update >= 0) & (update < 2**53) & (seconds >= 0) & np.isfinite(seconds)]
    if not len(rows):
        return rows
    after = np.minimum.accumulate(rows[::-1, 0])[::-1]  # the least from here on
    kept: Rows = rows[np.append(rows[:-1, 0] < after[1:], True)]
    return kept


def joined(before: Rows, after: Rows) -> Rows:
    """Return both, not more than a history has bins; what is taken back by the second goes."""
    if len(after):
        before = before[before[:, 0] < after[0, 0]]
    rows = np.concatenate([before, after])
    while len(rows) > CAPACITY:
        rows = rows[1 - len(rows) % 2 :: 2]  # the last one stays
    return rows
