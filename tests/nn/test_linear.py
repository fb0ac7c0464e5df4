"""The output layer."""

import numpy as np

from rnn_tui.nn.buffers import as_rows
from rnn_tui.nn.init import room_for
from rnn_tui.nn.linear import Linear
from tests.nn.numerical import check


def test_is_a_product_and_a_sum() -> None:
    linear = Linear(3, 4, dtype=np.float64, rng=np.random.default_rng(0))
    x = np.random.default_rng(1).normal(size=(5, 2, 3))
    y = linear.forward(x)
    assert y.shape == (5, 2, 4)
    for t in range(5):
        for b in range(2):
            expected = [sum(linear.weight[k] * x[t, b]) + linear.bias[k] for k in range(4)]
            assert np.allclose(y[t, b], expected, rtol=0, atol=1e-14)


def test_gradients_equal_numerical_ones() -> None:
    linear = Linear(3, 4, dtype=np.float64, rng=np.random.default_rng(0))
    x, dy = (np.random.default_rng(k).normal(size=(5, 2, n)) for k, n in ((1, 3), (2, 4)))
    dx, grads = linear.backward(dy, x)

    def loss() -> float:
        return float((linear.forward(x) * dy).sum())

    assert check(loss, linear.parameters | {"x": x}, grads | {"x": dx}) < 1e-6


def test_positions_side_by_side_are_the_same_numbers_in_the_room_that_is_given() -> None:
    linear = Linear(3, 4, dtype=np.float64, rng=np.random.default_rng(0))
    x, dy = (np.random.default_rng(k).normal(size=(5, 2, n)) for k, n in ((1, 3), (2, 4)))
    y, dx, grads = np.empty((4, 10)), np.empty((10, 3)), room_for(linear.parameters)
    assert linear.forward_columns(as_rows(x), out=y) is y
    assert linear.backward_columns(as_rows(dy).T, as_rows(x), grads, out=dx) is dx
    expected_dx, expected = linear.backward(dy, x)
    assert np.array_equal(y.T.reshape(5, 2, 4), linear.forward(x))
    assert np.array_equal(dx.reshape(5, 2, 3), expected_dx)
    assert all(np.array_equal(grads[name], expected[name]) for name in ("weight", "bias"))
