"""Scales and ticks in steps of 1, 2 and 5, and ranges that change seldom."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rnn_tui.protocol.snapshot import Floats
from rnn_tui.tui.renderables.numbers import compact, trimmed

_LADDER = (1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0, 3.5, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0)
"""Where an axis may end: close enough that little room is lost, few enough that it seldom moves."""

_TINY = 1e-300
"""Stands for zero and less on a logarithmic axis."""
_LOOSE = 1.6
"""A range is kept until the one wanted is smaller by this factor."""


@dataclass(frozen=True, slots=True)
class Range:
    """The part of the numbers an axis shows."""

    low: float
    high: float
    log: bool = False

    def place(self, values: Floats) -> Floats:
        """Return where `values` lie, 0 at the low end, 1 at the high end, cut there; NaN stays."""
        low, high = self._bent(np.array([self.low, self.high]))
        # Cut first: numbers near the largest there are would overflow on the way.
        along = self._bent(np.clip(values, self.low, self.high)) - low
        places: Floats = np.clip(along / (high - low), 0.0, 1.0)
        return places

    def share(self, value: float) -> float:
        """Return where one value lies, below 0 or above 1 where that is outside."""
        if self.log:
            return math.log(max(value, _TINY) / self.low) / self.span
        return (value - self.low) / self.span

    def at(self, share: float) -> float:
        """Return the value at a place, 0 being the low end and 1 the high end."""
        if self.log:
            return self.low * math.exp(share * self.span)
        return self.low + share * self.span

    def _bent(self, values: Floats) -> Floats:
        return np.log(values) if self.log else values

    @property
    def span(self) -> float:
        """How long the axis is, in its own measure."""
        return math.log(self.high / self.low) if self.log else self.high - self.low


def settle(previous: Range | None, wanted: Range) -> Range:
    """Keep `previous` as long as it holds what is wanted without much waste."""
    if previous is None or previous.log != wanted.log:
        return wanted
    holds = previous.low <= wanted.low and wanted.high <= previous.high
    return previous if holds and previous.span <= _LOOSE * wanted.span else wanted


def close_up(low: float, high: float, *, log: bool) -> Range:
    """Return a range that holds these values and little else, between round numbers."""
    if not high > low:
        low, high = low - 0.05 * abs(low) - _TINY, high + 0.05 * abs(high) + _TINY
    step = 10.0 ** math.floor(math.log10(max(high - low, 1e-12))) / 5
    bottom, top = step * math.floor(low / step), step * math.ceil(high / step)
    if log and bottom <= 0:
        bottom = low if low > 0 else top * 1e-6
    return Range(bottom, top, log)


def round_up(value: float) -> float:
    """Return the next number of the ladder 1, 1.2, … 9, 10 at or above a positive `value`."""
    power = 10.0 ** math.floor(math.log10(value))
    return next(step * power for step in _LADDER if step * power >= value * (1 - 1e-9))


def round_down(value: float) -> float:
    """Return the next 1, 2 or 5 times a power of ten at or below a positive `value`."""
    power = 10.0 ** math.floor(math.log10(value * (1 + 1e-9)))
    return next(step * power for step in (5.0, 2.0, 1.0) if step * power <= value * (1 + 1e-9))


def ticks(over: Range, most: int) -> list[float]:
    """Return at most `most` round values in the range, evenly spaced on its own measure."""
    return _log_ticks(over, most) if over.log else _linear_ticks(over.low, over.high, most)


def labels(values: list[float], *, log: bool = False) -> list[str]:
    """Write tick values, on a linear axis all with the same number of decimals."""
    if log or len(values) < 2 or values[-1] >= 1000:
        return [trimmed(value) for value in values]
    decimals = max(0, -math.floor(math.log10(values[1] - values[0]) + 1e-9))
    return [f"{value:.{decimals}f}" if value else "0" for value in values]


def along_labels(values: list[float]) -> list[str]:
    """Write ticks of a bottom axis in few characters, and in so many that no two are alike."""
    names = [compact(value) for value in values]
    if len(set(names)) == len(names):
        return names
    apart = min(b - a for a, b in pairwise(values))
    decimals = max(0, -math.floor(math.log10(apart) + 1e-9))
    return [f"{value:,.{decimals}f}" for value in values]


def _linear_ticks(low: float, high: float, most: int) -> list[float]:
    raw = (high - low) / max(most, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    steps = (step * power for step in (1, 2, 5, 10, 20))
    for step in steps:
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        if last - first + 1 <= max(most, 1):
            return [n * step for n in range(first, last + 1)]
    return []


def _log_ticks(over: Range, most: int) -> list[float]:
    first, last = math.floor(math.log10(over.low)), math.ceil(math.log10(over.high))
    for factors, stride in (((1, 2, 5), 1), ((1,), 1), ((1,), 2), ((1,), 5), ((1,), 20)):
        powers = range(first - first % stride, last + 1, stride)
        values = [factor * 10.0**power for power in powers for factor in factors]
        inside = [v for v in values if over.low * (1 - 1e-9) <= v <= over.high * (1 + 1e-9)]
        if 2 <= len(inside) <= most:
            return inside
    return _linear_ticks(over.low, over.high, most)
