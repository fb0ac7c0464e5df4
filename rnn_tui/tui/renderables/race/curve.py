"""The curve of one network of a race, over what the bottom axis counts."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from rnn_tui.language import mark
from rnn_tui.protocol.race import EntrantView, RaceView
from rnn_tui.protocol.snapshot import Floats
from rnn_tui.tui.renderables.loss.losses import UNITS, Unit
from rnn_tui.tui.renderables.raster import FIRST_CURVE
from rnn_tui.tui.theme.palette import CURVES

Along = Literal["updates", "characters", "seconds at work"]
"""What the bottom axis counts."""
ALONG: dict[Along, tuple[str, ...]] = {
    "updates": (mark("updates"),),
    "characters": (mark("characters"),),
    "seconds at work": (mark("seconds at work"), mark("seconds")),
}
"""What that is called, at length and in short."""

_LEAST = 10
"""Updates that the axis shows at least."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The smoothed losses of one network."""

    number: int
    """By which it has form and color."""
    name: str
    at: Floats
    """On the bottom axis (N,)."""
    losses: Floats
    """In the unit shown (N,)."""
    chosen: bool
    broken: bool
    """Whether it has diverged."""

    @property
    def role(self) -> int:
        """The number of its role of color."""
        return FIRST_CURVE + self.number % len(CURVES)

    @property
    def end(self) -> tuple[float, float] | None:
        """Where it ends; None: it has not begun."""
        known = np.flatnonzero(np.isfinite(self.losses))
        return (float(self.at[known[-1]]), float(self.losses[known[-1]])) if known.size else None


def curves_of(race: RaceView, along: Along, unit: Unit) -> list[Curve]:
    """Return the curve of every network."""
    tell = UNITS[unit]
    return [
        Curve(
            entrant.number,
            entrant.name,
            _along(entrant, race, along),
            tell(entrant.curves.smoothed),
            chosen=place == race.chosen,
            broken=entrant.state == "diverged",
        )
        for place, entrant in enumerate(race.entrants)
    ]


def _along(entrant: EntrantView, race: RaceView, along: Along) -> Floats:
    if along == "seconds at work":
        return entrant.seconds
    return entrant.curves.update * (race.characters if along == "characters" else 1)


def least_end(race: RaceView, along: Along) -> float:
    """Return how far the bottom axis reaches at least."""
    least = {"updates": _LEAST, "characters": _LEAST * race.characters}
    return float(least.get(along, 0.1))
