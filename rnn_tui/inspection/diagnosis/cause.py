"""Why an update was not made: what happened, where it began, and what probably did it."""

import math

import numpy as np

from rnn_tui.inspection.diagnosis.locate import outbreak
from rnn_tui.inspection.diagnosis.report import Figures, Finding, Value, figure
from rnn_tui.language import phrase
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.cell import FloatArray
from rnn_tui.nn.cells import activation_of
from rnn_tui.training.divergence import kind_of
from rnn_tui.training.dropout import dropping, masks_of
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import StepReport, Trainer, optimizer_of

MUCH = 0.2
"""Of the weights' norm, an update that changes more is a leap: 0.001 is usual, and the first
updates of the smallest network, whose weights are small too, reach 0.1."""
GROWN = 10.0
"""Times its usual size."""
POWER = 50


def find(trainer: Trainer, report: StepReport) -> Finding:
    """Run the update that was just refused again, laid open, and draw conclusions.

    Args:
        trainer: In the state before the update, its gradients those of the update.
        report: Of the refused update.
    """
    with np.errstate(all="ignore"):
        x, y = trainer.streams.window(trainer.window_index)
        model = dropping(trainer.model, masks_of(trainer.config, trainer.update, x.shape))
        value, earlier = outbreak(model, x, y, trainer.state)
        kind = kind_of(report.loss, report.grad_norm)
        if kind == "gradient" and math.isfinite(value.size):
            # Every number is finite, and so is every sum; the norm's squares are not.
            largest = float(np.abs(trainer.model.grads_flat).max())
            value, earlier = Value("sum", 0, phrase("the gradient"), largest), math.nan
        figures = figures_of(trainer, report)
        cause = cause_of(trainer.config, value, figures)
    return Finding(report.update + 1, kind, value, earlier, len(x), figures, cause)


def figures_of(trainer: Trainer, report: StepReport) -> Figures:
    """Measure what the cause is read from."""
    model = trainer.model
    ungated = isinstance(model, CharModel) and not model.spec.gates
    recurrences = [p for name, p in model.parameters.items() if ungated and "weight_hh" in name]
    return Figures(
        loss=report.loss,
        loss_before=report.smoothed,
        uniform=math.log(len(trainer.corpus.vocab)),
        learning_rate=report.learning_rate,
        grad_norm=report.grad_norm,
        grad_norm_before=trainer.grad_norm,
        weights=norm(model.flat),
        weights_at_start=norm(Trainer(trainer.config, trainer.corpus).model.flat),
        change=change(trainer),
        radius=max((spectral_radius(W) for W in recurrences), default=math.nan),
    )


def change(trainer: Trainer) -> float:
    """Return the norm of what the optimizer would add to the parameters."""
    flat = trainer.model.flat.copy()
    optimizer = optimizer_of(trainer.config, flat)
    optimizer.count = trainer.optimizer.count
    for name, slot in trainer.optimizer.slots.items():
        optimizer.slots[name][:] = slot
    optimizer.step(flat, trainer.model.grads_flat, trainer.learning_rate)
    return norm(flat - trainer.model.flat)


def norm(array: FloatArray) -> float:
    """Euclidean, in float64."""
    return float(np.linalg.norm(array.astype(np.float64)))


def spectral_radius(matrix: FloatArray) -> float:
    """Return the largest absolute eigenvalue: by what a power of the matrix grows, in the long run.

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
    """Return what probably did it, in a sentence with figures."""
    clipped = config.clip_norm is not None or config.clip_value is not None
    if value.phase == "weights":
        return phrase("an update before this one, made though its gradient was not finite.")
    chosen = activation_of(config.cell, config.activation)
    if chosen and not chosen.bounded and figures.radius > 1:
        return phrase(
            "{activation}, which does not bound the hidden values: W_hh multiplies them by up to "
            "{radius} a time step (its spectral radius; above 1 they grow).",
            activation=chosen.title,
            radius=figure(figures.radius),
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
        return phrase(
            "that nothing clips the gradient: its norm is {norm}, that of the update before was "
            "{before}.",
            norm=grads,
            before=grads_before,
        )
    if figures.change > MUCH * figures.weights:
        return phrase(
            "the learning rate, {rate}: this update would change the weights by {change}, and "
            "their norm is {weights}.",
            rate=rate,
            change=leap,
            weights=weights,
        )
    if figures.weights > GROWN * figures.weights_at_start:
        return phrase(
            "the learning rate, {rate}: the norm of the weights grew from {start} to {weights}.",
            rate=rate,
            start=weights_at_start,
            weights=weights,
        )
    return phrase(
        "more than one thing: the learning rate is {rate}, the norm of the gradient {norm}, that "
        "of the weights {weights}.",
        rate=rate,
        norm=grads,
        weights=weights,
    )
