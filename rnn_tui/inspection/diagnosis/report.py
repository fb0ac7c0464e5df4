"""What was found out about an update that was not made; knows no network."""

import math
from dataclasses import dataclass
from typing import Literal

from rnn_tui.language import mark, phrase
from rnn_tui.training.divergence import Kind


@dataclass(frozen=True, slots=True)
class Value:
    """The size of one result on the way."""

    phase: Literal["weights", "forward", "backward", "sum"]
    t: int
    """Time step from 1; 0: of none in particular."""
    name: str
    size: float
    """Largest absolute value; infinite or NaN where one is."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the cause is read from; NaN: not known, or not a number."""

    loss: float
    loss_before: float
    """Running mean."""
    uniform: float
    """ln V."""
    learning_rate: float
    grad_norm: float
    """Before clipping."""
    grad_norm_before: float
    """Of the update before."""
    weights: float
    """Norm of all parameters."""
    weights_at_start: float
    """Before the first update."""
    change: float
    """Norm of what the update would have added."""
    radius: float
    """Spectral radius of W_hh, the largest of all layers; NaN for cells with gates."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One update that was not made."""

    update: int
    """From 1."""
    kind: Kind
    value: Value
    """The first result that is not finite, or one of the first large ones."""
    value_before: float
    """Its size a time step earlier on the way."""
    steps: int
    """Time steps of the window."""
    figures: Figures
    cause: str

    @property
    def what(self) -> str:
        """What happened, in one sentence."""
        known = mark(
            "The loss of update {update} is {loss} nats per character: {before} before, {uniform} "
            "for blind guessing."
        )
        first = mark(
            "The loss of update {update} is {loss} nats per character: {uniform} for blind "
            "guessing."
        )
        figures = self.figures
        said = {
            "loss": mark("The loss of update {update} is not a finite number."),
            "gradient": mark("The gradient of update {update} is not finite; its loss is {loss}."),
            "high": first if math.isnan(figures.loss_before) else known,
        }
        return phrase(
            said[self.kind],
            update=f"{self.update:,}",
            loss=figure(figures.loss),
            before=figure(figures.loss_before),
            uniform=figure(figures.uniform),
        )

    @property
    def where(self) -> str:
        """Where in the update it began, in a few words."""
        value, size = self.value, figure(self.value.size)
        if value.phase == "weights":
            said = mark("in the weights, before the first time step: {name} not finite")
            return phrase(said, name=value.name)
        if value.phase == "sum":
            if math.isfinite(value.size):
                said = mark("at the end: the norm of the gradient, whose largest number is {size}")
                return phrase(said, size=size)
            said = mark("at the end: {name}, summed up over the time steps, not finite")
            return phrase(said, name=value.name)
        way = mark("forward, time step {t} of {all}: {found}")
        if value.phase == "backward":
            way = mark("back in time, time step {t} of {all}: {found}")
        return phrase(way, t=value.t, all=self.steps, found=self._found(size))

    def _found(self, size: str) -> str:
        name = self.value.name
        if math.isfinite(self.value.size):
            return phrase("{name} up to {size}", name=name, size=size)
        if math.isnan(self.value_before):
            return phrase("{name} not finite", name=name)
        before = figure(self.value_before)
        said = mark("{name} not finite; one time step before, up to {before}")
        return phrase(said, name=name, before=before)


def figure(value: float) -> str:
    """Three digits: 0.00123, 12.3, 1,230, 1.2e+09."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
