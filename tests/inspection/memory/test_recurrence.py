"""The spectral radius against matrices whose eigenvalues are known, and what is let pass."""

import math
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.forward import forward_step
from rnn_tui.inspection.memory.recurrence import half_life, recurrence, spectral_radius
from rnn_tui.inspection.memory.recurrence_words import sentences
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.recurrent import recurrent
from rnn_tui.models.registry import build
from rnn_tui.models.turning.changes import turn
from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias

V, H = 6, 5
IDS = np.array([1, 4, 0, 5, 2, 2, 3, 1])


def known(n: int, radius: float, rng: np.random.Generator) -> np.ndarray:
    """A matrix with a turning pair of that size as its largest eigenvalues."""
    inner = np.diag(rng.uniform(-0.9, 0.9, n) * radius)
    angle = 1.1
    inner[:2, :2] = radius * np.array(
        [[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]
    )
    basis = np.eye(n) + 0.3 * rng.normal(size=(n, n)) / math.sqrt(n)
    return np.linalg.solve(basis, inner @ basis)


@pytest.mark.parametrize("n", [2, 5, 64, 65, 129, 300])
@pytest.mark.parametrize("radius", [0.03, 0.95, 4.0])
def test_the_radius_of_a_known_matrix(n: int, radius: float) -> None:
    matrix = known(n, radius, np.random.default_rng(n))
    assert spectral_radius(matrix) == pytest.approx(radius, rel=2e-4)


@pytest.mark.parametrize("n", [128, 257, 512])
def test_of_random_matrices_it_is_numpys_to_four_digits(n: int) -> None:
    matrix = np.random.default_rng(3).uniform(-1, 1, (n, n)).astype(np.float32) / n**0.5
    truth = np.abs(np.linalg.eigvals(matrix.astype(np.float64))).max()
    assert spectral_radius(matrix) == pytest.approx(truth, rel=5e-4)


@pytest.mark.parametrize(
    ("matrix", "radius"),
    [
        (np.zeros((70, 70)), 0.0),
        (np.eye(90), 1.0),
        (np.diag([2.0, -3.0]), 3.0),
        (np.array([[0.0, 9.0], [0.0, 0.0]]), 0.0),  # it magnifies once, and then nothing is left
        (np.outer(np.arange(80), np.ones(80)) / 80, 39.5),
    ],
)
def test_special_matrices(matrix: np.ndarray, radius: float) -> None:
    assert spectral_radius(matrix) == pytest.approx(radius, abs=1e-6)


def test_what_is_not_finite_has_none() -> None:
    assert math.isnan(spectral_radius(np.array([[np.inf]])))
    assert math.isnan(spectral_radius(np.full((99, 99), np.nan)))


def test_after_half_lives_half_is_left() -> None:
    for factor in (0.1, 0.5, 0.93, 0.999):
        assert factor ** half_life(factor) == pytest.approx(0.5)
    assert half_life(1.0) == half_life(1.5) == math.inf
    assert half_life(0.0) == 0


@pytest.mark.parametrize(
    ("cell", "activation", "gate"),
    [("rnn", "tanh", ""), ("rnn", "relu", ""), ("lstm", "tanh", "f"), ("gru", "tanh", "z")],
)
@pytest.mark.parametrize("layer", [0, 1])
def test_what_is_let_pass(cell: Any, activation: Any, gate: str, layer: int) -> None:
    config = NetworkConfig(cell=cell, activation=activation, hidden_size=H, num_layers=2)
    model = recurrent(build(config, V, np.random.default_rng(8)))
    found = recurrence(model, activation, layer, IDS)
    state, passed = model.zero_state(1), []
    for id in IDS.tolist():
        step, state = forward_step(model, id, None, state)
        there = step.layers[layer]
        slope = 1 - there.h**2 if activation == "tanh" else (there.h > 0).astype(float)
        passed.append(there.gates[gate] if gate else slope)
    # What a gate keeps is multiplied step by step.
    kept = np.prod(passed, axis=0) ** (1 / len(IDS)) if gate else np.mean(passed, axis=0)
    assert found.passed == pytest.approx(kept.mean(), rel=1e-5)
    assert found.longest == pytest.approx(kept.max(), rel=1e-5)
    blocks = model.parameters[f"rnn.weight_hh_l{layer}"].reshape(-1, H, H).astype(float)
    assert found.radii == pytest.approx([np.abs(np.linalg.eigvals(b)).max() for b in blocks])


def test_it_goes_with_what_is_turned() -> None:
    config = NetworkConfig(cell="lstm", hidden_size=H)
    model = recurrent(build(config, V, np.random.default_rng(8)))
    before = recurrence(model, "tanh", 0, IDS)
    turn(ScaleRecurrent(0, 1.5), model.parameters, config)
    turn(SetForgetBias(0, 4.0), model.parameters, config)
    after = recurrence(model, "tanh", 0, IDS)
    assert after.radii == pytest.approx([1.5 * radius for radius in before.radii], rel=1e-5)
    assert after.passed > 0.95 > before.passed


def said(factor: float, **changes: Any) -> str:
    config = NetworkConfig(hidden_size=H, **changes)
    model = recurrent(build(config, V, np.random.default_rng(8)))
    W_hh = model.parameters["rnn.weight_hh_l0"]
    W_hh *= factor / spectral_radius(W_hh[:H])
    return " ".join(sentences(recurrence(model, config.activation, 0, IDS), config))


def test_what_is_said() -> None:
    small, large = said(0.5), said(1.25)
    assert "fades ×0.5 a step in the long run, to half in 1 step; so do gradients" in small
    assert "so both fade faster." in small
    assert "would grow ×1.25 a step" in large
    assert "its values stay within ±1" in large
    assert "nothing bounds h" in said(1.25, activation="relu")
    lstm, gru = said(1.0, cell="lstm"), said(1.0, cell="gru")
    assert lstm.startswith("f keeps ×0.")
    assert "of c a step here, on average: half is left after about " in lstm
    assert "Spectral radii of W_hh, which works through the gates: i " in lstm
    assert gru.startswith("z keeps ×0.")
    assert "not finite" in said(math.nan)


def test_that_a_linear_state_fades_as_the_radius_says() -> None:
    """The long run: h_t = W h_{t-1}, from any beginning."""
    W = known(7, 0.9, np.random.default_rng(2))
    h = np.ones(7)
    sizes = []
    for _ in range(400):
        h = W @ h
        sizes.append(np.linalg.norm(h))
    assert (sizes[-1] / sizes[99]) ** (1 / 300) == pytest.approx(spectral_radius(W), rel=1e-3)
