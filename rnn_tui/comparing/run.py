"""One of several runs that are compared: its settings, and its curves over what can be counted."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from rnn_tui.language import mark

Floats = npt.NDArray[np.float64]
Setting = str | int | float | bool | None

Along = Literal["updates", "epochs", "characters", "seconds"]
"""What a bottom axis counts."""
ALONG: dict[Along, str] = {
    "updates": mark("updates"),
    "epochs": mark("epochs"),
    "characters": mark("characters"),
    "seconds": mark("seconds"),
}
Kind = Literal["training", "each", "validation"]
"""Which loss: the running mean that the run kept itself, of single updates, on held-out text."""


@dataclass(frozen=True, eq=False, slots=True)
class Curve:
    """Losses in nats per symbol, NaN where one was not finite, by rising update."""

    update: Floats
    """(N,)."""
    loss: Floats
    """(N,)."""


NOTHING = Curve(np.empty(0), np.empty(0))


@dataclass(frozen=True, eq=False, slots=True)
class Run:
    """What a log tells of one run; all texts are safe to paint."""

    name: str
    settings: Mapping[str, Setting]
    """By the names of the options: first the text, then every field of the settings."""
    curves: Mapping[Kind, Curve]
    seconds: Curve
    """Seconds gone by at each update noted, in the place of a loss."""
    per_epoch: float
    """Updates in an epoch; NaN where it is not known."""
    per_update: float
    """Symbols read in an update; NaN where it is not known."""
    best: tuple[int, float] | None = None
    """Update and loss of the lowest validation, of all that were noted; None: there is none."""
    state: str = "running"

    @property
    def last(self) -> float:
        """The newest running mean of the training loss; NaN before the first update."""
        loss = self.curves["training"].loss
        return float(loss[-1]) if loss.size else math.nan

    @property
    def updates(self) -> float:
        """Updates done."""
        update = self.curves["training"].update
        return float(update[-1]) if update.size else 0.0

    @property
    def took(self) -> float:
        """Seconds from its beginning to the last update noted."""
        return float(self.seconds.loss[-1]) if self.seconds.loss.size else 0.0

    def along(self, count: Along, update: Floats) -> Floats:
        """Return where updates lie on an axis that counts something else."""
        match count:
            case "updates":
                return update
            case "epochs":
                return update / self.per_epoch
            case "characters":
                return update * self.per_update
            case "seconds":
                if not self.seconds.update.size:
                    return np.full(update.shape, np.nan)
                return np.interp(update, self.seconds.update, self.seconds.loss)
