"""The loss history of a run, in memory that does not grow with the run.

Losses go into bins of `stride` updates; when all bins are full, neighbors merge and the stride
doubles, so the whole run is always there, at a resolution finer than a screen can show.
"""

import math
from array import array
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

CAPACITY = 2048
"""Bins before neighbors merge; a terminal 300 cells wide has 600 braille dots."""


SCALARS: dict[str, type[int] | type[float]] = {
    "smoothing": float,
    "stride": int,
    "mean": float,
    "weight": float,
    "low": float,
    "high": float,
    "in_bin": int,
    "loss": float,
}
"""Numbers of a history that a checkpoint keeps, with their types."""


@dataclass(frozen=True, eq=False, slots=True)
class KnobMark:
    """A knob that was turned after `update` updates."""

    update: int
    label: str


@dataclass(frozen=True, eq=False, slots=True)
class HistoryCurves:
    """The history as arrays of one length per curve; losses in nats per character."""

    update: Floats
    """Last update of each bin (N,)."""
    low: Floats
    """Smallest loss in each bin (N,)."""
    high: Floats
    """Largest loss in each bin (N,)."""
    smoothed: Floats
    """Running mean at the end of each bin (N,)."""
    val_update: Floats
    """Updates after which the validation part was read (M,)."""
    validation: Floats
    """The losses on it (M,)."""
    marks: tuple[KnobMark, ...] = ()
    lowest: tuple[int, float] | None = None
    """Update and loss of the lowest validation; None: there is none."""


@dataclass(slots=True)
class Bins:
    """Columns of the binned curve.

    Arrays of the standard library: a number is appended as fast as to a list, and NumPy takes all
    of them forty times as fast, a dozen times a second.
    """

    update: "array[int]" = field(default_factory=lambda: array("q"))
    low: "array[float]" = field(default_factory=lambda: array("d"))
    high: "array[float]" = field(default_factory=lambda: array("d"))
    smoothed: "array[float]" = field(default_factory=lambda: array("d"))

    def append(self, update: int, low: float, high: float, smoothed: float) -> None:
        """Add one bin."""
        self.update.append(update)
        self.low.append(low)
        self.high.append(high)
        self.smoothed.append(smoothed)

    def merge_neighbors(self) -> None:
        """Make one bin of every two; a NaN in either stays visible."""
        self.low = array("d", map(lower, self.low[::2], self.low[1::2]))
        self.high = array("d", map(upper, self.high[::2], self.high[1::2]))
        self.update = self.update[1::2]
        self.smoothed = self.smoothed[1::2]


class History:
    """Collects one loss per update, validation losses and knob marks."""

    def __init__(self, smoothing: float = 0.99) -> None:
        """Start empty.

        Args:
            smoothing: Weight of the past in the running mean, 0 to 1.
        """
        self.smoothing = smoothing
        self.stride = 1
        self.bins = Bins()
        self.mean = 0.0
        self.weight = 0.0
        self.low = self.high = float("nan")
        self.in_bin = 0
        self.loss = float("nan")
        self.validations: list[tuple[int, float]] = []
        self.marks: list[KnobMark] = []

    @property
    def smoothed(self) -> float:
        """Running mean of the loss, corrected for its start at zero; NaN before the first."""
        return self.mean / self.weight if self.weight else float("nan")

    @property
    def validation(self) -> float | None:
        """The newest validation loss, or None before the first."""
        return self.validations[-1][1] if self.validations else None

    def add(self, update: int, loss: float) -> None:
        """Take in the loss of one update."""
        past = self.smoothing
        self.loss = loss
        self.mean = past * self.mean + (1 - past) * loss
        self.weight = past * self.weight + (1 - past)
        if self.in_bin:
            self.low, self.high = lower(self.low, loss), upper(self.high, loss)
        else:
            self.low = self.high = loss
        self.in_bin += 1
        if self.in_bin == self.stride:
            self._close_bin(update)

    def add_validation(
        self, update: int, loss: float, due: Callable[[int], bool] = lambda update: True
    ) -> None:
        """Take in a validation loss; beyond the capacity every other old one is dropped.

        Args:
            update: After which it was measured.
            loss: In nats per character.
            due: Of which updates the lowest is always kept.
        """
        self.validations.append((update, loss))
        if len(self.validations) > CAPACITY:
            kept, last = self.lowest(due), len(self.validations) - 1
            self.validations[:] = [
                pair
                for place, pair in enumerate(self.validations)
                if place % 2 or place == last or pair == kept
            ]

    def lowest(self, due: Callable[[int], bool] = lambda update: True) -> tuple[int, float] | None:
        """Return update and loss of the lowest validation, the first of equals; None: no such.

        Args:
            due: After which updates a validation counts.
        """
        counting = (pair for pair in self.validations if due(pair[0]) and not math.isnan(pair[1]))
        return min(counting, key=lambda pair: pair[1], default=None)

    def mark(self, update: int, label: str) -> None:
        """Remember that a knob was turned; a knob turned twice at one update leaves one mark."""
        add_mark(self.marks, update, label)

    def curves(self, bins: int) -> HistoryCurves:
        """Return the history as arrays of at most `bins` points each."""
        update = np.array(self.bins.update, dtype=np.float64)
        low, high = np.array(self.bins.low), np.array(self.bins.high)
        smoothed = np.array(self.bins.smoothed)
        if len(update) > max(bins, 1):
            starts = np.linspace(0, len(update), max(bins, 1), endpoint=False).astype(int)
            ends = np.append(starts[1:], len(update)) - 1
            low, high = np.minimum.reduceat(low, starts), np.maximum.reduceat(high, starts)
            update, smoothed = update[ends], smoothed[ends]
        val = np.array(self.validations, dtype=np.float64).reshape(-1, 2)
        val = val[:: max(1, -(-len(val) // max(bins, 1)))] if len(val) > bins else val
        return HistoryCurves(
            update, low, high, smoothed, val[:, 0], val[:, 1], tuple(self.marks), self.lowest()
        )

    def means(self) -> "History":
        """Return a history with the same running mean and last loss, and no curve."""
        found = History(self.smoothing)
        found.mean, found.weight, found.loss = self.mean, self.weight, self.loss
        return found

    def until(self, update: int, then: "History") -> "History":
        """Return the history as it was after an earlier update.

        Args:
            update: That update.
            then: Running mean and last loss after it (see `means`). What lay between the last whole
                bin and the update is told by that loss alone.
        """
        past, count = then.means(), bisect_right(self.bins.update, update)
        past.stride = self.stride
        bins = self.bins
        past.bins = Bins(
            bins.update[:count], bins.low[:count], bins.high[:count], bins.smoothed[:count]
        )
        since = update - (self.bins.update[count - 1] if count else 0)
        past.in_bin = min(since, self.stride - 1)
        past.low = past.high = past.loss
        past.validations = [pair for pair in self.validations if pair[0] <= update]
        past.marks = [mark for mark in self.marks if mark.update <= update]
        return past

    def columns(self) -> dict[str, npt.NDArray[Any]]:
        """Return the curves as stored in a checkpoint; `from_parts` is the way back."""
        validations = np.array(self.validations, dtype=np.float64).reshape(-1, 2)
        return {
            "update": np.array(self.bins.update, dtype=np.int64),
            "low": np.array(self.bins.low, dtype=np.float64),
            "high": np.array(self.bins.high, dtype=np.float64),
            "smoothed": np.array(self.bins.smoothed, dtype=np.float64),
            "val_update": validations[:, 0].astype(np.int64),
            "validation": validations[:, 1].copy(),
        }

    def scalars(self) -> dict[str, Any]:
        """Everything else as stored in a checkpoint: NaN as None, infinity as text, for JSON."""
        numbers = {name: getattr(self, name) for name in SCALARS}
        stored = {name: stored_number(value) for name, value in numbers.items()}
        return stored | {"marks": [[mark.update, mark.label] for mark in self.marks]}

    @classmethod
    def from_parts(cls, columns: dict[str, npt.NDArray[Any]], scalars: dict[str, Any]) -> "History":
        """Return the history as it was when `columns` and `scalars` were taken."""
        history = cls()
        for name, kind in SCALARS.items():
            value = scalars[name]
            setattr(history, name, kind(float("nan") if value is None else value))
        if columns:
            names = ("update", "low", "high", "smoothed")
            history.bins = Bins(
                array("q", columns["update"].tolist()),
                *(array("d", columns[name].tolist()) for name in names[1:]),
            )
            pairs = zip(columns["val_update"].tolist(), columns["validation"].tolist(), strict=True)
            history.validations = list(pairs)
        history.marks = [KnobMark(int(update), str(label)) for update, label in scalars["marks"]]
        return history

    def _close_bin(self, update: int) -> None:
        self.bins.append(update, self.low, self.high, self.smoothed)
        self.in_bin = 0
        if len(self.bins.update) == CAPACITY:
            self.bins.merge_neighbors()
            self.stride *= 2


def add_mark(marks: list[KnobMark], update: int, label: str) -> None:
    """Add a mark, the newest; one of the same knob at the same update becomes one with it."""
    same = marks and marks[-1].update == update
    if same and marks[-1].label.split(" ")[0] == label.split(" ")[0]:
        first, _, _ = marks.pop().label.partition("→")
        last = label.rpartition("→")[2]
        label = f"{first}→{last}" if "→" in label else label
    marks.append(KnobMark(update, label))
    del marks[:-CAPACITY]


def stored_number(value: float) -> float | str | None:
    """Return a number as JSON can hold it; `float` reads the text."""
    if math.isfinite(value):
        return value
    return None if math.isnan(value) else str(value)


def lower(a: float, b: float) -> float:
    """Return the smaller of the two; NaN if either is NaN."""
    return a if a < b or a != a else b


def upper(a: float, b: float) -> float:
    """Return the larger of the two; NaN if either is NaN."""
    return a if a > b or a != a else b
