"""What is going on in a run, found from its losses; what it is called in words is the screen's.

The findings are tried in the order of `FINDINGS`, and the first that holds is what is said. All
limits are in `Limits`, losses in nats per character.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

Name = Literal[
    "untrained", "worse", "learned", "floor", "foreseen", "by heart", "saturated", "bigram wall",
    "still", "blind", "frequencies", "pairs", "more",
]  # fmt: skip


class Limits:
    """What counts as how much; shares are of the way from blind guessing to the least possible."""

    worse = 0.05
    """Above blind guessing by such a share of it, it is worse."""
    blind = 0.02
    """Within such a share of it, it is as good as blind."""
    least = 20
    """Updates before a loss says anything: at first it swings."""
    floor = 0.02
    """As near to the least possible loss, it is there."""
    learned = 0.001
    """Nats; of a smaller loss gradients are so small that nothing is left to learn."""
    foreseen = 0.05
    """Nats; below, nearly every character is foreseen."""
    wall = 0.01
    """As near to the bigram line, it is at it."""
    same = 0.01
    """Losses as near to one another are the same."""
    long = 200
    """Updates with the same loss that are worth a word …"""
    long_share = 0.2
    """… and the share of all updates that they must be."""
    risen = 0.02
    """Nats; so much above its lowest, validation has risen …"""
    rises = 3
    """… where it is at so many validations in a row."""
    flat = 0.98
    """A hidden value so near ±1 lets little through: 1 − h² is below 0.04."""
    saturated = 0.9
    """So many of them are so: a share."""


@dataclass(frozen=True, eq=False, slots=True)
class Standing:
    """What there is to judge by."""

    update: int
    loss: float
    """The smoothed one; NaN before the first update."""
    updates: Floats
    """Of the smoothed curve, up to now (N,)."""
    smoothed: Floats
    val_updates: Floats
    """Of the validations, up to now (M,)."""
    validation: Floats
    uniform: float
    unigram: float
    bigram: float
    floor: float | None = None
    """The least possible loss, where it is known."""
    flat: float = 0.0
    """The share of hidden values that are near ±1; 0 where there are none."""

    @property
    def way(self) -> float:
        """From blind guessing to the least possible loss, or to nothing."""
        return max(self.uniform - (self.floor or 0.0), 1e-9)


class Now(NamedTuple):
    """What is going on."""

    name: Name
    updates: int = 0
    """For so long."""


def now(standing: Standing) -> Now:
    """Return the first finding that holds."""
    if not standing.update or math.isnan(standing.loss):
        return Now("untrained")
    for name, holds in FINDINGS:
        if holds(standing):
            return Now(name, _SINCE.get(name, _none)(standing))
    return Now("more")


def same_for(standing: Standing) -> int:
    """Return for how many updates the smoothed loss has been what it is."""
    near = np.abs(standing.smoothed - standing.loss) <= Limits.same * standing.way
    (others,) = np.nonzero(~near)
    return standing.update - int(standing.updates[others[-1]] if len(others) else 0)


def risen_for(standing: Standing) -> int:
    """Return how many updates ago validation was lowest, where it has risen since; else 0."""
    if len(standing.validation) <= Limits.rises or not np.isfinite(standing.validation).all():
        return 0
    lowest = int(standing.validation.argmin())
    last = standing.validation[-Limits.rises :]
    if (last > standing.validation[lowest] + Limits.risen).all():
        return standing.update - int(standing.val_updates[lowest])
    return 0


def _none(_: Standing) -> int:
    return 0


def _settled(standing: Standing) -> bool:
    return standing.update >= Limits.least


def _is_still(standing: Standing) -> bool:
    count = same_for(standing)
    return count >= max(Limits.long, Limits.long_share * standing.update)


def _at_floor(standing: Standing) -> bool:
    return (
        standing.floor is not None and standing.loss <= standing.floor + Limits.floor * standing.way
    )


def _at_wall(standing: Standing) -> bool:
    return abs(standing.loss - standing.bigram) <= Limits.wall * standing.way and _is_still(
        standing
    )


FINDINGS: tuple[tuple[Name, Callable[[Standing], bool]], ...] = (
    ("worse", lambda s: _settled(s) and s.loss > s.uniform * (1 + Limits.worse)),
    ("learned", lambda s: _settled(s) and s.loss < Limits.learned),
    ("floor", _at_floor),
    ("by heart", lambda s: risen_for(s) > 0),
    ("foreseen", lambda s: s.loss < Limits.foreseen),
    ("saturated", lambda s: s.flat >= Limits.saturated and s.loss > s.bigram),
    ("bigram wall", _at_wall),
    ("blind", lambda s: s.loss > s.uniform * (1 - Limits.blind)),
    ("still", _is_still),
    ("frequencies", lambda s: s.loss > s.unigram),
    ("pairs", lambda s: s.loss > s.bigram),
)
_SINCE: dict[Name, Callable[[Standing], int]] = {
    "by heart": risen_for,
    "bigram wall": same_for,
    "still": same_for,
}
