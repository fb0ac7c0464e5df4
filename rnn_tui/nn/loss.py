"""Softmax and cross-entropy, shifted by the largest logit so that nothing overflows.

    p_k = e^(y_k - max y) / Σ_j e^(y_j - max y)
    L = -log p_target = log Σ_j e^(y_j - max y) - (y_target - max y)
    dL/dy_k = p_k - [k = target]

Source: Goodfellow, Bengio & Courville (2016), "Deep Learning", section 4.1 and 6.2.2.3.
"""

import numpy as np

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
    V = logits.shape[-1]
    y = logits.reshape(-1, V)
    target = np.arange(len(y)), targets.reshape(-1)
    shifted = y - y.max(axis=-1, keepdims=True)
    dy = np.exp(shifted)
    total = dy.sum(axis=-1, keepdims=True)
    loss = float(np.mean(np.log(total[:, 0]) - shifted[target]))
    dy /= total
    dy[target] -= 1
    dy /= len(y)
    return loss, dy.reshape(logits.shape)
