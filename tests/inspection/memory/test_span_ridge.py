"""Read-outs against scikit-learn's, and against the normal equations."""

import numpy as np
import pytest

from rnn_tui.inspection.memory.span import ridge
from rnn_tui.inspection.memory.span.ridge import NOISE, Ridge, prepared
from tests.data.reference import reference


def learned(x: np.ndarray, strength: float | None = None) -> Ridge:
    *_, found = prepared(x, strength)
    assert found is not None
    return found


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_what_is_read_is_what_scikit_learn_reads(cell: str) -> None:
    stored = reference(f"{cell}.")
    x, count = stored["x"], int(stored["labels"].max()) + 1
    fitted = learned(x[0], float(stored["strength"]))
    for labels, read, accuracy in zip(
        stored["labels"], stored["read"], stored["accuracy"], strict=True
    ):
        found = np.concatenate([*fitted.read_out(labels[0], count).read(x[1])])
        assert np.array_equal(found, read)
        assert np.mean(found == labels[1]) == accuracy


def case() -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(4)
    x = rng.standard_normal((53, 3)).astype(np.float32) * (1, 2, 5) + 2
    return x.astype(np.float32), rng.integers(0, 4, 53) * 2  # labels 1, 3, 5 are never there


def test_weights_solve_the_normal_equations_with_noise_for_a_ridge() -> None:
    x, labels = case()
    strength = NOISE**2 * len(x) * np.var(x.astype(float), axis=0).mean()
    y = np.eye(7)[labels]
    centered = x - x.mean(axis=0, dtype=float)
    gram = centered.T @ centered + strength * np.eye(3)
    weights = np.linalg.solve(gram, centered.T @ (y - y.mean(axis=0)))
    found = learned(x).read_out(labels, 7)
    assert found.weights == pytest.approx(weights, rel=1e-4, abs=1e-5)
    assert found.bias == pytest.approx(y.mean(axis=0) - x.mean(axis=0) @ weights, abs=1e-4)


def test_in_small_parts_it_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    x, labels = case()
    whole = learned(x).read_out(labels, 7)
    read = np.concatenate([*whole.read(x)])
    monkeypatch.setattr(ridge, "PRODUCTS", 70)
    parts = learned(x).read_out(labels, 7)
    assert parts.weights == pytest.approx(whole.weights, rel=1e-4, abs=1e-5)
    pieces = [*whole.read(x)]
    assert len(pieces) == 18
    assert np.array_equal(np.concatenate(pieces), read)


def test_features_that_never_change_read_the_most_frequent_label() -> None:
    labels = np.array([2, 0, 2, 1, 2])
    found = learned(np.full((5, 4), 3, np.float32)).read_out(labels, 3)
    assert np.concatenate([*found.read(np.zeros((2, 4), np.float32))]).tolist() == [2, 2]
