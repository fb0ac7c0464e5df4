"""Every optimizer against its equation in plain numbers; whole models are in test_model.py."""

import math
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.nn.optimizers import OPTIMIZERS, make_optimizer

REFERENCE = Path(__file__).parents[1] / "data" / "weight_decay.npz"
GRADIENTS = [0.5, -2.0, 0.25, 1e-3]


def by_equation(name: str, theta: float, eta: float, decay: float = 0.0) -> float:
    """The parameter after GRADIENTS, one after the other."""
    m = v = 0.0
    for t, g in enumerate(GRADIENTS, start=1):
        theta -= eta * decay * theta
        if name == "sgd":
            theta -= eta * g
        elif name == "momentum":
            m = 0.9 * m + g
            theta -= eta * m
        elif name == "adagrad":
            v += g**2
            theta -= eta * g / (math.sqrt(v) + 1e-10)
        elif name == "rmsprop":
            v = 0.99 * v + 0.01 * g**2
            theta -= eta * g / (math.sqrt(v) + 1e-8)
        else:
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
            m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
            theta -= eta * m_hat / (math.sqrt(v_hat) + 1e-8)
    return theta


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_follows_its_equation(name: str) -> None:
    theta = np.array([1.0, -3.0])
    optimizer = make_optimizer(name, theta)
    for g in GRADIENTS:
        optimizer.step(theta, np.array([g, 2 * g]), 0.1)
    twice = by_equation(name, -3.0, 0.1) if name not in ("sgd", "momentum") else None
    assert theta[0] == pytest.approx(by_equation(name, 1.0, 0.1), abs=1e-13)
    if twice is not None:
        # These four divide by the gradient's own size, so twice the gradient is the same step.
        assert theta[1] == pytest.approx(twice, abs=1e-4)
    assert optimizer.count == len(GRADIENTS)


def test_rmsprop_keeps_what_it_is_told_to() -> None:
    theta, s, expected = np.array([1.0]), 0.0, 1.0
    optimizer = make_optimizer("rmsprop", theta, alpha=0.9)
    for g in GRADIENTS:
        optimizer.step(theta, np.array([g]), 0.1)
        s = 0.9 * s + 0.1 * g**2
        expected -= 0.1 * g / (math.sqrt(s) + 1e-8)
    assert theta[0] == pytest.approx(expected, abs=1e-13)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_slots_and_count_are_all_it_remembers(name: str) -> None:
    rng = np.random.default_rng(0)
    first, second = rng.normal(size=(2, 50_000)).astype(np.float32)
    theta = rng.normal(size=50_000).astype(np.float32)
    one = make_optimizer(name, theta)
    one.step(theta, first, 0.1)
    copy = theta.copy()
    two = make_optimizer(name, copy)
    two.count = one.count
    for slot, array in one.slots.items():
        two.slots[slot][...] = array
    one.step(theta, second, 0.1)
    two.step(copy, second, 0.1)
    assert np.array_equal(theta, copy)
    assert theta.dtype == np.float32
    assert all(array.dtype == np.float32 for array in one.slots.values())


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_gradients_are_left_as_they_were(name: str) -> None:
    theta, g = np.zeros(3), np.array([1.0, -2.0, 0.0])
    make_optimizer(name, theta).step(theta, g, 0.1)
    assert g.tolist() == [1.0, -2.0, 0.0]
    assert np.sign(theta).tolist() == [-1, 1, 0]


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_weights_decay_before_its_own_step(name: str) -> None:
    theta = np.array([1.0, -3.0])
    optimizer = make_optimizer(name, theta, 0.7)
    for g in GRADIENTS:
        optimizer.step(theta, np.array([g, 0.0]), 0.1)
    assert theta[0] == pytest.approx(by_equation(name, 1.0, 0.1, 0.7), abs=1e-13)
    assert theta[1] == pytest.approx(-3.0 * 0.93 ** len(GRADIENTS), abs=1e-13)
    optimizer.count = 9
    assert optimizer.count == 9
    assert optimizer.slots.keys() == make_optimizer(name, theta).slots.keys()


@pytest.mark.parametrize("name", ["adam", "sgd"])
def test_weights_decay_as_in_pytorch(name: str) -> None:
    """AdamW, and SGD, where it is the same whether decay is added to the gradient."""
    with np.load(REFERENCE) as stored:
        theta = stored["start"].copy()
        optimizer = make_optimizer(name, theta, float(stored["weight_decay"]))
        for rate, g, after in zip(stored["rates"], stored["grads"], stored[name], strict=True):
            optimizer.step(theta, g, float(rate))
            assert theta == pytest.approx(after, rel=1e-7, abs=1e-9)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_without_decay_nothing_stands_between(name: str) -> None:
    assert type(make_optimizer(name, np.zeros(2), 0.0)).__name__ != "Decaying"


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(KeyError):
        make_optimizer("lion", np.zeros(1))
