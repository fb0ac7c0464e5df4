"""‖∂L_t/∂x_k‖ against numerical derivatives, and how far back it is not zero."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.flow import flow
from rnn_tui.inspection.input_flow import input_flow, reach
from rnn_tui.models.last_symbols import NOTHING
from rnn_tui.models.registry import build, spec_of
from rnn_tui.nn.loss import log_softmax
from rnn_tui.training.settings.config import Config
from tests.inspection.cases import every_cell, trainer

V = 5
LOOKING_BACK = [
    Config(network="dense", context=3, hidden_size=7, num_layers=2, dtype="float64"),
    Config(network="dense", context=1, hidden_size=4, activation="relu", dtype="float64"),
    Config(network="cnn", kernel_size=2, hidden_size=6, num_layers=3, dtype="float64"),
    Config(network="cnn", kernel_size=3, hidden_size=4, num_layers=2, dtype="float64"),
]


def of_vectors(model: Any, vectors: Any) -> Any:
    """Logits (T, V) of a network that looks back, from vectors (T, V) in the place of one-hot."""
    f = np.tanh if model.activation == "tanh" else lambda a: np.maximum(a, 0)
    p = model.parameters
    if hasattr(model, "context"):
        K = model.context
        read = np.vstack([np.zeros((K - 1, vectors.shape[1])), vectors])
        h = np.array([read[t : t + K].reshape(-1) for t in range(len(vectors))])
        for layer in range(model.depth):
            h = f(h @ p[f"hidden.{layer}.weight"].T + p[f"hidden.{layer}.bias"])
    else:
        h, k = vectors, model.kernel_size
        for layer in range(model.depth):
            W, apart = p[f"conv.{layer}.weight"], 2**layer
            read = np.vstack([np.zeros(((k - 1) * apart, h.shape[1])), h])
            taps = [read[j * apart : j * apart + len(h)] @ W[:, :, j].T for j in range(k)]
            out = f(sum(taps) + p[f"conv.{layer}.bias"])
            h = out if layer == 0 else h + out
    return h @ p["linear.weight"].T + p["linear.bias"]


def numerical(losses: Any, x: Any, delta: float = 1e-3) -> Any:
    """Norms [t, k] of the derivatives of losses(vectors) (T,), five points each."""
    T = len(x)
    slopes = np.zeros((T, T, V))
    for k in range(T):
        for v in range(V):
            at = []
            for by in (2, 1, -1, -2):
                vectors = np.eye(V)[x]
                vectors[k, v] += by * delta
                at.append(losses(vectors))
            slopes[:, k, v] = (8 * (at[1] - at[2]) - (at[0] - at[3])) / (12 * delta)
    return np.linalg.norm(slopes, axis=2)


def check(found: Any, expected: Any) -> None:
    lower = np.tril_indices(len(found))
    assert found[lower] == pytest.approx(expected[lower], rel=1e-6, abs=1e-9)
    assert np.isnan(found[np.triu_indices(len(found), 1)]).all()


@pytest.mark.parametrize("config", LOOKING_BACK, ids=lambda c: f"{c.network} {c.num_layers}")
def test_of_networks_that_look_back(config: Config) -> None:
    rng = np.random.default_rng(4)
    model: Any = build(config, V, rng)
    x, y = rng.integers(0, V, (2, 11))
    logits = model.forward(x[:, None], model.zero_state(1))[0][:, 0]
    assert of_vectors(model, np.eye(V)[x]) == pytest.approx(logits)
    assert (model.zero_state(1)[0][0] == NOTHING).all()

    def losses(vectors: Any) -> Any:
        return -log_softmax(of_vectors(model, vectors))[np.arange(len(y)), y]

    flat = model.flat.copy()
    found = input_flow(model, x, y)
    check(found, numerical(losses, x))
    assert reach(found) == spec_of(config).reach(config)
    assert np.array_equal(model.flat, flat)
    assert not model.grads_flat.any()


@every_cell
@pytest.mark.parametrize("layers", [1, 2])
def test_of_cells(name: str, layers: int) -> None:
    made = trainer(name, layers, updates=4)
    model: Any = made.model
    x, y = (a[:, 0] for a in made.streams.window(1))

    def losses(vectors: Any) -> Any:
        below = vectors[:, None]
        for cell, state in zip(model.stack.cells, model.zero_state(1), strict=True):
            below, _, _ = cell.forward(below, state)
            below = np.array(below)
        logits = below[:, 0] @ model.linear.weight.T + model.linear.bias
        return -log_softmax(logits)[np.arange(len(y)), y]

    check(flow(model, x, y).x, numerical(losses, x))
