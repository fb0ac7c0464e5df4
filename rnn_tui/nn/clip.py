"""Keep a large gradient from throwing the parameters away.

Source: Pascanu, Mikolov & Bengio (2013), "On the difficulty of training recurrent neural
networks"; the ε is that of PyTorch's `clip_grad_norm_`.
"""

import math

import numpy as np

from rnn_tui.nn.cell import FloatArray


def clip_norm(grads: FloatArray, max_norm: float) -> float:
    """Scale all gradients together, in place, so that their norm is at most `max_norm`.

    Returns:
        The norm before clipping; where it is infinite or no number, the gradients stay as they are.
    """
    norm = math.sqrt(grads.dot(grads))
    if (factor := clip_factor(norm, max_norm)) < 1:
        grads *= factor
    return norm


def clip_factor(norm: float, max_norm: float) -> float:
    """Return what a gradient of that norm is multiplied by; 1 where it stays as it is."""
    return max_norm / (norm + 1e-6) if max_norm < norm + 1e-6 < math.inf else 1.0


def clip_value(grads: FloatArray, limit: float) -> None:
    """Cut every gradient, in place, to [-limit, limit]."""
    np.clip(grads, -limit, limit, out=grads)
