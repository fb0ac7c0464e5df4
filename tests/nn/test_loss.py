"""Softmax and cross-entropy: known figures, derivatives, no overflow."""

import numpy as np
import numpy.typing as npt
import pytest

from rnn_tui.nn.loss import cross_entropy, cross_entropy_columns, log_softmax, softmax
from tests.nn.numerical import numerical_gradient, relative_error

# The figure every text on RNNs shows for "hello": logits over h, e, l, o after h, e, l, l.
FIGURE = np.array(
    [[1.0, 2.2, -3.0, 4.1], [0.5, 0.3, -1.0, 1.2], [0.1, 0.5, 1.9, -1.1], [0.2, -1.5, -0.1, 2.2]]
)
ELLO = np.array([1, 2, 2, 3])


def test_the_textbook_figure() -> None:
    loss, _ = cross_entropy(FIGURE, ELLO)
    assert loss == pytest.approx(1.397, abs=5e-4)
    assert softmax(FIGURE).argmax(axis=-1).tolist() == [3, 3, 2, 3]


def test_the_textbook_figure_step_by_step() -> None:
    by_hand = [-np.log(np.exp(y[k]) / sum(np.exp(y))) for y, k in zip(FIGURE, ELLO, strict=True)]
    assert by_hand == pytest.approx([2.0785, 2.9001, 0.3796, 0.2314], abs=5e-5)
    assert -log_softmax(FIGURE)[np.arange(4), ELLO] == pytest.approx(by_hand, abs=1e-14)


def test_shapes_with_time_and_batch() -> None:
    logits = np.random.default_rng(0).normal(size=(5, 3, 7))
    targets = np.random.default_rng(1).integers(0, 7, (5, 3)).astype(np.uint8)
    loss, dlogits = cross_entropy(logits, targets)
    one_by_one = [
        cross_entropy(logits[t, b][None], targets[t, b][None])[0]
        for t in range(5)
        for b in range(3)
    ]
    assert loss == pytest.approx(np.mean(one_by_one), abs=1e-14)
    numerical = numerical_gradient(lambda: cross_entropy(logits, targets)[0], logits)
    assert relative_error(dlogits, numerical) < 1e-6


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_enormous_logits(dtype: npt.DTypeLike) -> None:
    logits = np.array([[1e4, -1e4, 0], [-1e4, 1e4, 1e4]], dtype)
    loss, dlogits = cross_entropy(logits, np.array([1, 2]))
    assert loss == pytest.approx((2e4 + np.log(2)) / 2, rel=1e-6)
    assert dlogits == pytest.approx(np.array([[0.5, -0.5, 0], [0, 0.25, -0.25]]))
    assert dlogits.dtype == dtype
    assert softmax(logits) == pytest.approx(np.array([[1, 0, 0], [0, 0.5, 0.5]]))
    assert np.isfinite(log_softmax(logits)).all()


def test_one_symbol_leaves_nothing_to_learn() -> None:
    loss, dlogits = cross_entropy(np.array([[3.0], [-2.0]]), np.array([0, 0]))
    assert loss == 0
    assert not dlogits.any()


def test_logits_are_left_as_they_were() -> None:
    logits = FIGURE.copy()
    cross_entropy(logits, ELLO)
    softmax(logits)
    log_softmax(logits)
    assert np.array_equal(logits, FIGURE)


def test_a_target_beyond_the_symbols_is_an_error() -> None:
    with pytest.raises(IndexError):
        cross_entropy(FIGURE, np.array([1, 2, 4, 3]))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_logits_in_columns_become_their_gradient(dtype: npt.DTypeLike) -> None:
    columns = np.array(FIGURE.T, dtype, order="C")
    loss = cross_entropy_columns(columns, ELLO)
    expected_loss, expected = cross_entropy(FIGURE.astype(dtype), ELLO)
    assert loss == expected_loss
    assert np.array_equal(columns.T, expected)
    assert columns.dtype == dtype
