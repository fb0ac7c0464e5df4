"""What a gradient and a numerical slope say about each other."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from rnn_tui.inspection.slope import Slope
from rnn_tui.language import joined, mark, phrase

Verdict = Literal["right", "too small to tell", "at a kink", "wrong"]
TOO_SMALL: Verdict = "too small to tell"
KINK: Verdict = "at a kink"
TOLD = ("right", "wrong")

RIGHT = 1e-5
"""A relative error |a - n| / (|a| + |n|) below this says that the derivative is right."""


@dataclass(frozen=True, slots=True)
class WeightCheck:
    """One weight, two ways."""

    name: str
    index: tuple[int, ...]
    value: float
    analytic: float
    """By backpropagation."""
    rounding: float
    """By how much rounding may put that off."""
    slope: Slope
    """By moving it."""

    @property
    def relative_error(self) -> float:
        """|a - n| / (|a| + |n|); NaN at a kink."""
        size = abs(self.analytic) + abs(self.slope.value)
        return abs(self.analytic - self.slope.value) / size if size else 0.0

    @property
    def verdict(self) -> Verdict:
        """Whether the gradient is right.

        Where the two figures may themselves be off by more than a right gradient is allowed to be,
        a difference no larger than that tells nothing; a larger one is the gradient's fault. So a
        gradient that is off by 1e-4 of itself is found wherever a right one would be called right.
        """
        slope, size = self.slope, abs(self.analytic) + abs(self.slope.value)
        if math.isnan(slope.value):
            return KINK
        if slope.flat and self.analytic == 0:
            return "right"
        difference, doubt = abs(self.analytic - slope.value), slope.error + self.rounding
        if difference <= RIGHT * size:
            return "right" if doubt <= RIGHT * size else TOO_SMALL
        return "wrong" if difference > doubt else TOO_SMALL


@dataclass(frozen=True, slots=True)
class ParameterCheck:
    """All weights, or some of them, of one parameter."""

    name: str
    shape: tuple[int, ...]
    checked: int
    """How many weights were moved."""
    too_small: int
    """Of how many the gradient is too small to tell."""
    at_kink: int
    """How many have a kink of ReLU so near that there is no slope."""
    wrong: int
    relative_error: float
    """The worst of those that are right or wrong; NaN: there is none."""


def summed_up(name: str, shape: tuple[int, ...], found: list[WeightCheck]) -> ParameterCheck:
    """Count the verdicts on a parameter's weights."""
    verdicts = [check.verdict for check in found]
    told = (c.relative_error for c, v in zip(found, verdicts, strict=True) if v in TOLD)
    return ParameterCheck(
        name,
        shape,
        checked=len(found),
        too_small=verdicts.count(TOO_SMALL),
        at_kink=verdicts.count(KINK),
        wrong=verdicts.count("wrong"),
        relative_error=max(told, default=math.nan),
    )


def counts(rows: Iterable[ParameterCheck]) -> str:
    """Say how many are what: "1 WRONG, 37 right, 2 too small to tell", or "all right"."""
    rows = list(rows)
    checked, wrong = sum(row.checked for row in rows), sum(row.wrong for row in rows)
    small, kinks = sum(row.too_small for row in rows), sum(row.at_kink for row in rows)
    right = checked - wrong - small - kinks
    if right == checked:
        return phrase("all right")
    parts = (
        (wrong, mark("{count} WRONG")),
        (right, mark("{count} right")),
        (small, mark("{count} too small to tell")),
        (kinks, mark("{count} at a kink of ReLU")),
    )
    return joined((phrase(what, count=f"{count:,}") for count, what in parts if count), ", ")
