"""Why an update was not made: what happened, where it began, and what probably did it."""

import math
from dataclasses import dataclass

import numpy as np

from rnn_tui.inspection.outbreak import Value, outbreak
from rnn_tui.nn.cell import FloatArray
from rnn_tui.nn.optim import make_optimizer
from rnn_tui.nn.rnn import RNN
from rnn_tui.training.config import Config
from rnn_tui.training.divergence import Kind, kind_of
from rnn_tui.training.trainer import StepReport, Trainer

MUCH = 0.2
"""Of the weights' norm, an update that changes more is a leap: 0.001 is usual, and the first
updates of the smallest network, whose weights are small too, reach 0.1."""
GROWN = 10.0
"""Times its usual size."""
POWER = 50


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


def find(trainer: Trainer, report: StepReport) -> Finding:
    """Run the update that was just refused again, laid open, and draw conclusions.

    Args:
        trainer: In the state before the update, its gradients those of the update.
        report: Of the refused update.
    """
    with np.errstate(all="ignore"):
        x, y = trainer.streams.window(trainer.window_index)
        value, earlier = outbreak(trainer.model, x, y, trainer.state)
        kind = kind_of(report.loss, report.grad_norm)
        if kind == "gradient" and math.isfinite(value.size):
            # Every number is finite, and so is every sum; the norm's squares are not.
            largest = float(np.abs(trainer.model.grads_flat).max())
            value, earlier = Value("sum", 0, "the gradient", largest), math.nan
        figures = figures_of(trainer, report)
        cause = cause_of(trainer.config, value, figures)
    return Finding(report.update + 1, kind, value, earlier, len(x), figures, cause)


def figures_of(trainer: Trainer, report: StepReport) -> Figures:
    """Measure what the cause is read from."""
    cells = [cell for cell in trainer.model.stack.cells if isinstance(cell, RNN)]
    return Figures(
        loss=report.loss,
        loss_before=report.smoothed,
        uniform=math.log(len(trainer.corpus.vocab)),
        learning_rate=report.learning_rate,
        grad_norm=report.grad_norm,
        grad_norm_before=trainer.grad_norm,
        weights=norm(trainer.model.flat),
        weights_at_start=norm(Trainer(trainer.config, trainer.corpus).model.flat),
        change=change(trainer),
        radius=max((spectral_radius(cell.weight_hh) for cell in cells), default=math.nan),
    )


def change(trainer: Trainer) -> float:
    """The norm of what the optimizer would add to the parameters."""
    flat = trainer.model.flat.copy()
    optimizer = make_optimizer(trainer.config.optimizer, flat)
    optimizer.count = trainer.optimizer.count
    for name, slot in trainer.optimizer.slots.items():
        optimizer.slots[name][:] = slot
    optimizer.step(flat, trainer.model.grads_flat, trainer.learning_rate)
    return norm(flat - trainer.model.flat)


def figure(value: float) -> str:
    """Three digits: 0.00123, 12.3, 1,230, 1.2e+09."""
    return f"{value:,.0f}" if 1000 <= abs(value) < 1e6 else f"{value:.3g}"


def norm(array: FloatArray) -> float:
    """Euclidean, in float64."""
    return float(np.linalg.norm(array.astype(np.float64)))


def spectral_radius(matrix: FloatArray) -> float:
    """The largest absolute eigenvalue: by what a power of the matrix grows, in the long run.

    Eigenvalues would take seconds for a thousand units; this takes a hundred products.

    Source: Gelfand's formula, ρ(W) = lim ‖Wᵏ‖^(1/k), here for one vector and from k to 2k.
    """
    W = matrix.astype(np.float64)
    v = np.random.default_rng(0).normal(size=len(W))
    growth = 0.0
    for k in range(2 * POWER):
        v = W @ v
        length = float(np.linalg.norm(v))
        if not (math.isfinite(length) and length > 0):
            return length
        growth += math.log(length) if k >= POWER else 0.0
        v /= length
    return math.exp(growth / POWER)


def cause_of(config: Config, value: Value, figures: Figures) -> str:
    """What probably did it, in a sentence with figures."""
    clipped = config.clip_norm is not None or config.clip_value is not None
    if value.phase == "weights":
        return "an update before this one, made though its gradient was not finite."
    if config.cell == "rnn" and config.activation == "relu" and figures.radius > 1:
        return (
            f"ReLU, which does not bound the hidden values: W_hh multiplies them by up to "
            f"{figure(figures.radius)} a time step (its spectral radius; above 1 they grow)."
        )
    rate, grads, grads_before, weights, weights_at_start, leap = map(
        figure,
        (
            figures.learning_rate,
            figures.grad_norm,
            figures.grad_norm_before,
            figures.weights,
            figures.weights_at_start,
            figures.change,
        ),
    )
    if not clipped and figures.grad_norm > GROWN * figures.grad_norm_before:
        return (
            f"that nothing clips the gradient: its norm is {grads}, that of the update before was "
            f"{grads_before}."
        )
    if figures.change > MUCH * figures.weights:
        return (
            f"the learning rate, {rate}: this update would change the weights by {leap}, and "
            f"their norm is {weights}."
        )
    if figures.weights > GROWN * figures.weights_at_start:
        return (
            f"the learning rate, {rate}: the norm of the weights grew from {weights_at_start} to "
            f"{weights}."
        )
    return (
        f"more than one thing: the learning rate is {rate}, the norm of the gradient {grads}, that "
        f"of the weights {weights}."
    )
