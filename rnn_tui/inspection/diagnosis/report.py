"""What was found out about an update that was not made; knows no network."""

import math
from dataclasses import dataclass
from typing import Literal

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
        update, figures = f"update {self.update:,}", self.figures
        if self.kind == "loss":
            return f"The loss of {update} is not a finite number."
        if self.kind == "gradient":
            return f"The gradient of {update} is not finite; its loss is {figure(figures.loss)}."
        before = (
            "" if math.isnan(figures.loss_before) else f"{figure(figures.loss_before)} before, "
        )
        return (
            f"The loss of {update} is {figure(figures.loss)} nats per character: "
            f"{before}{figure(figures.uniform)} for blind guessing."
        )

    @property
    def where(self) -> str:
        """Where in the update it began, in a few words."""
        value, size = self.value, figure(self.value.size)
        if value.phase == "weights":
            return f"in the weights, before the first time step: {value.name} not finite"
        if value.phase == "sum":
            if math.isfinite(value.size):
                return f"at the end: the norm of the gradient, whose largest number is {size}"
            return f"at the end: {value.name}, summed up over the time steps, not finite"
        way = "forward" if value.phase == "forward" else "back in time"
        place = f"{way}, time step {value.t} of {self.steps}: {value.name}"
        if math.isfinite(value.size):
            return f"{place} up to {size}"
        if math.isnan(self.value_before):
            return f"{place} not finite"
        return f"{place} not finite; one time step before, up to {figure(self.value_before)}"


def figure(value: float) -> str:
    """Three digits: 0.00123, 12.3, 1,230, 1.2e+09."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"
