"""Softmax and cross-entropy, shifted by the largest logit so that nothing overflows.

    p_k = e^(y_k - max y) / Σ_j e^(y_j - max y)
    L = -log p_target = log Σ_j e^(y_j - max y) - (y_target - max y)
    dL/dy_k = p_k - [k = target]

Source: Goodfellow, Bengio & Courville (2016), "Deep Learning", section 4.1 and 6.2.2.3.
"""

import numpy as np

from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.columns import as_columns


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


def cross_entropy(
    logits: FloatArray, targets: IntArray, out: FloatArray | None = None
) -> tuple[float, FloatArray]:
    """Mean of -log p_target over all positions.

    Args:
        logits: (..., V).
        targets: (...), ids of the right symbols.
        out: Room to work in (V, positions); it may be where the logits are.

    Returns:
        The loss in nats per position, and its gradient with respect to the logits (..., V).
    """
    y, N = as_columns(logits), targets.size
    e = np.empty(y.shape, y.dtype) if out is None else out
    np.subtract(y, np.maximum.reduce(y, axis=0), out=e)
    flat, at = e.reshape(-1), np.multiply(targets.reshape(-1), N, dtype=np.intp)
    at += np.arange(N)
    y_target = flat.take(at)
    np.exp(e, out=e)
    total = np.add.reduce(e, axis=0)
    loss = np.add.reduce(np.log(total) - y_target) / N
    # dL/dy = (p - one_hot) / N
    total *= N
    e /= total
    flat[at] -= 1 / N
    return float(loss), e.T.reshape(logits.shape)
