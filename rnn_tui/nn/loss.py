"""Softmax and cross-entropy, shifted by the largest logit so that nothing overflows.

    p_k = e^(y_k - max y) / Σ_j e^(y_j - max y)
    L = -log p_target = log Σ_j e^(y_j - max y) - (y_target - max y)
    dL/dy_k = p_k - [k = target]

Source: Goodfellow, Bengio & Courville (2016), "Deep Learning", section 4.1 and 6.2.2.3.
"""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from rnn_tui.nn.buffers import as_rows, filled
from rnn_tui.nn.cell import FloatArray, IntArray


def softmax(logits: FloatArray) -> FloatArray:
    """Probabilities over the last axis: (..., V) to (..., V)."""
    p: FloatArray = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p /= p.sum(axis=-1, keepdims=True)
    return p


def log_softmax(logits: FloatArray) -> FloatArray:
    """Logarithms of the probabilities over the last axis, finite for any finite logits."""
    shifted: FloatArray = logits - logits.max(axis=-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return shifted


def cross_entropy(logits: FloatArray, targets: IntArray) -> tuple[float, FloatArray]:
    """Mean of -log p_target over all positions.

    Args:
        logits: (..., V).
        targets: (...), ids of the right symbols.

    Returns:
        The loss in nats per position, and its gradient with respect to the logits (..., V).
    """
    y = np.array(as_rows(logits).T, order="C")
    return cross_entropy_columns(y, targets), y.T.reshape(logits.shape)


def cross_entropy_columns(y: FloatArray, targets: IntArray) -> float:
    """Return the same loss of C-contiguous logits (V, positions); they become its gradient."""
    constant = constants(*y.shape, y.dtype)
    flat, at = y.ravel(), np.multiply(targets.ravel(), constant.row, dtype=np.intp)
    at += constant.positions
    y -= np.maximum.reduce(y, axis=0)
    y_target = flat[at]
    e = np.exp(y, out=y)
    total = constant.ones_v.dot(e)
    losses = np.log(total)
    losses -= y_target
    loss = float(constant.ones_n.dot(losses)) / targets.size
    # dL/dy = (p - one_hot) / N
    total *= constant.n
    e /= total
    flat[at] -= constant.one_nth
    return loss


class Constants(NamedTuple):
    """Numbers that depend on the sizes alone, as arrays made once."""

    row: IntArray
    """The length of a row of (V, N): so far apart are a column's elements."""
    positions: IntArray
    ones_v: FloatArray
    ones_n: FloatArray
    n: FloatArray
    one_nth: FloatArray


@lru_cache(maxsize=8)
def constants(V: int, N: int, dtype: np.dtype[Any]) -> Constants:
    """Return the constants for logits (V, N)."""
    ones = filled(V, 1, dtype), filled(N, 1, dtype)
    return Constants(np.array(N), np.arange(N), *ones, np.array(N, dtype), np.array(1 / N, dtype))
