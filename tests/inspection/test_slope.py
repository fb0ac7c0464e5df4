"""Numerical slopes, and whether they are off by no more than they say."""

from collections.abc import Callable
from math import cos, exp, fabs, isnan, sin
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.slope import DELTAS, last_bits, noise, slope


def losses(function: Callable[[float], float], pattern: Callable[[float], bytes], w: Any) -> Any:
    def loss() -> tuple[float, bytes]:
        x = float(w[0])
        return function(x), pattern(x)

    return loss


CURVES: dict[str, tuple[Callable[[float], float], Callable[[float], float]]] = {
    "gentle": (lambda x: sin(x) + 2, cos),
    "steep": (lambda x: exp(12 * x), lambda x: 12 * exp(12 * x)),
    "wavy": (lambda x: sin(900 * x), lambda x: 900 * cos(900 * x)),
    "tiny": (lambda x: 1 + 1e-9 * x * x, lambda x: 2e-9 * x),
    "coarse": (lambda x: round(sin(x), 9), cos),
}


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("x", [-0.61, 0.07, 0.4, 1.3])
def test_a_slope_is_off_by_no_more_than_it_says(name: str, x: float) -> None:
    function, derivative = CURVES[name]
    w = np.array([x])
    loss = losses(function, lambda x: b"", w)
    found = slope(loss, w, 2e-9 if name == "coarse" else noise(loss, w, np.random.default_rng(1)))
    assert abs(found.value - derivative(x)) <= found.error
    assert w[0] == x
    if name in ("gentle", "steep", "wavy"):
        assert found.error < 1e-5 * abs(found.value)


def test_what_does_not_move_the_loss_is_flat() -> None:
    w = np.array([0.3])
    found = slope(losses(lambda x: 0.7, lambda x: b"", w), w, 1e-16)
    assert (found.value, found.flat) == (0, True)


@pytest.mark.parametrize("distance", [0.0, 1e-9, -1.5e-7])
def test_next_to_a_kink_there_is_no_slope(distance: float) -> None:
    w = np.array([distance])
    found = slope(losses(fabs, lambda x: b"on" if x > 0 else b"off", w), w, 1e-16)
    assert isnan(found.value)
    assert found.delta == DELTAS[-1]


@pytest.mark.parametrize("distance", [3e-7, -2.1e-5, 1.9e-3])
def test_a_kink_further_off_is_kept_out_of_the_way_of(distance: float) -> None:
    w = np.array([distance])
    found = slope(losses(fabs, lambda x: b"on" if x > 0 else b"off", w), w, 1e-16)
    assert found.value == pytest.approx(np.sign(distance), rel=1e-6)
    assert 2 * found.delta < abs(distance)


def test_last_bits_come_back() -> None:
    w = np.array([1.5, -2.0, 0.0])
    seen = [w.copy() for _ in last_bits(w, np.random.default_rng(0), 5)]
    assert w.tolist() == [1.5, -2.0, 0.0]
    assert len({tuple(s) for s in seen}) > 1
    assert np.abs(np.array(seen) - w).max() < 1e-15
