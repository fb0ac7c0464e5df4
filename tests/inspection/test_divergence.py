"""Where an update came apart and what did it: broken on purpose, at known places."""

import math
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.diagnosis.cause import find, spectral_radius
from rnn_tui.inspection.diagnosis.report import Finding, figure
from rnn_tui.training.trainer import StepReport, Trainer
from tests.inspection.cases import every_cell, trainer, truth

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


def refused(made: Trainer) -> Finding:
    with np.errstate(all="ignore"):
        report = made.step()
    assert report.diverged
    return find(made, report)


@every_cell
@pytest.mark.parametrize(("layers", "broken"), [(1, 1), (2, 1), (2, 2)])
def test_the_first_result_that_is_not_finite_is_named(name: str, layers: int, broken: int) -> None:
    made = trainer(name, layers=layers, batch=3, updates=2)
    made.state[broken - 1][-1][1] = np.nan  # of one sequence only
    finding = refused(made)
    part = "c" if name == "lstm" else "h"
    assert finding.kind == "loss"
    assert finding.where == f"forward, time step 1 of 6: {part} of layer {broken} not finite"


def test_weights_that_are_not_finite_come_first() -> None:
    made = trainer("gru", updates=2)
    made.model.parameters["rnn.weight_hh_l0"][2, 1] = np.inf
    made.model.parameters["linear.bias"][2] = np.nan
    finding = refused(made)
    assert finding.where == "in the weights, before the first time step: weight_hh_l0 not finite"
    assert finding.cause.startswith("an update before this one")


def test_growth_through_time_is_found_where_it_overflows() -> None:
    made = trainer("rnn-relu", updates=1, learning_rate=1e-9)
    made.model.parameters["rnn.weight_hh_l0"][:] = np.eye(4) * 1e75
    made.model.parameters["rnn.weight_ih_l0"][:] = 1.0
    made.model.parameters["rnn.bias_l0"][:] = 0.0
    made.state = made.model.zero_state(1)
    finding = refused(made)
    # h is 1, 1e75, 1e150, 1e225, 1e300, and then too much.
    assert (finding.value.phase, finding.value.t) == ("forward", 6)
    assert finding.value_before == pytest.approx(1e300, rel=0.01)
    assert finding.figures.radius == pytest.approx(1e75)
    assert "one time step before, up to 1e+300" in finding.where
    assert finding.cause.startswith("ReLU, which does not bound the hidden values")


def test_backward_comes_after_forward() -> None:
    made = trainer("rnn-relu", updates=1, learning_rate=1e-9)
    H = made.model.parameters["rnn.weight_hh_l0"]
    H[:] = np.eye(4) * 1e75
    made.model.parameters["rnn.bias_l0"][:] = 1e-250  # alive, however small
    made.model.parameters["rnn.weight_ih_l0"][:] = 0.0
    made.model.parameters["linear.weight"][:] *= 1e100
    made.state = made.model.zero_state(1)
    with np.errstate(all="ignore"):
        loss, _ = made.model.loss_and_grads(*made.streams.window(1), made.state)
    finding = refused(made)
    assert finding.kind == ("gradient" if math.isfinite(loss) else "loss")
    assert finding.value.phase in ("backward", "sum")


def test_a_high_loss_names_the_first_large_values() -> None:
    made = trainer("lstm", updates=12)
    made.model.parameters["linear.weight"][:] *= 5000.0
    finding = refused(made)
    logits = np.abs(truth(made, 0)["logits"]).max(axis=1)
    first = int(np.argmax(logits >= logits.max() / 2))
    assert finding.kind == "high"
    assert (finding.value.name, finding.value.t) == ("logits", first + 1)
    assert finding.value.size == pytest.approx(logits[first])
    assert f"{finding.figures.loss:,.0f} nats per character"[:2] in finding.what
    assert "1.61 for blind guessing" in finding.what


@pytest.mark.parametrize("decay", [0.0, 0.2])
def test_the_figures_are_those_of_the_update_that_was_not_made(decay: float) -> None:
    settings = {"learning_rate": 2.0, "clip_norm": None, "weight_decay": decay}
    made = trainer("gru", updates=11, optimizer="momentum", **settings)
    made.model.parameters["linear.weight"][:] *= 5000.0
    before = made.capture()
    finding = refused(made)
    made.stop_for("nothing")
    made.restore(before)
    made.stop_for("nothing")
    made.step()
    moved = np.linalg.norm(made.model.flat - before.flat)
    assert finding.figures.change == pytest.approx(moved)
    assert finding.figures.weights == pytest.approx(np.linalg.norm(before.flat))
    assert finding.figures.grad_norm == made.grad_norm


def test_finding_out_changes_nothing() -> None:
    made = trainer("lstm", layers=2, batch=3, updates=12)
    made.model.parameters["linear.weight"][:] *= 5000.0
    report = made.step()
    before, grads = made.capture(), made.model.grads_flat.copy()
    find(made, report)
    after = made.capture()
    assert np.array_equal(before.flat, after.flat)
    assert np.array_equal(grads, made.model.grads_flat)
    assert all(np.array_equal(before.slots[n], after.slots[n]) for n in before.slots)
    assert before.count == after.count


CAUSES: list[tuple[str, dict[str, Any], float, str]] = [
    ("gru", {"optimizer": "sgd", "clip_norm": None}, 5000.0, "that nothing clips the gradient"),
    ("gru", {"optimizer": "sgd", "learning_rate": 1e4}, 5000.0, "the learning rate, 10,000: the"),
    ("lstm", {"optimizer": "adam", "learning_rate": 1e-6}, 5000.0, "the learning rate, 1e-06: the"),
    ("lstm", {"optimizer": "sgd", "learning_rate": 1e-9}, 400.0, "the learning rate, 1e-09: the"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "settings", "factor", "words"), CAUSES)
def test_causes(name: str, settings: dict[str, Any], factor: float, words: str) -> None:
    made = trainer(name, updates=12, **settings)
    made.model.parameters["linear.weight"][:] *= factor
    assert refused(made).cause.startswith(words)


def test_no_cause_is_made_up() -> None:
    made = trainer("lstm", updates=12, learning_rate=1e-9)
    report = StepReport(12, 1, 99.0, 1.2, 0.1, 1e-9, True)
    assert find(made, report).cause.startswith("more than one thing: the learning rate is 1e-09")


@pytest.mark.parametrize("size", [1, 3, 40])
def test_the_spectral_radius_is_the_largest_eigenvalue(size: int) -> None:
    matrix = np.random.default_rng(size).normal(size=(size, size))
    truth = np.abs(np.linalg.eigvals(matrix)).max()
    assert spectral_radius(matrix) == pytest.approx(truth, rel=0.05)
    assert spectral_radius(np.zeros((2, 2))) == 0
    assert math.isnan(spectral_radius(np.full((2, 2), np.nan)))


@pytest.mark.parametrize(
    ("value", "words"), [(0.00123, "0.00123"), (1234.4, "1,234"), (2e9, "2e+09"), (math.inf, "inf")]
)
def test_figures_have_three_digits(value: float, words: str) -> None:
    assert figure(value) == words
