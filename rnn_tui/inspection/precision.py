"""How exactly a float64 network knows its loss and its gradients.

Once a text is learned, p is so near 1 that 1e-16, the grain of numbers near 1, is much of 1 - p.
There is a form of the loss without that; not of the gradient, for backpropagation starts from
dL/dy = p - 1.
"""

import numpy as np

from rnn_tui.inspection.slope import SAMPLES, last_bits
from rnn_tui.models.protocol import Model, ModelState
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.loss import softmax

GRAIN = 2 * float(np.finfo(np.float64).eps)
"""By how much of itself a probability is off: a division and a sum."""


@np.errstate(over="ignore", invalid="ignore")
def loss_of(logits: FloatArray, targets: IntArray) -> float:
    """Return the mean cross-entropy of logits (V, positions), exact however small it is.

    -ln p_target = ln(1 + Σ e^(y_k - y_target)) over all k but the target.
    """
    positions = np.arange(targets.size)
    logits = logits - logits[targets, positions]
    logits[targets, positions] = -np.inf
    return float(np.logaddexp(0.0, np.logaddexp.reduce(logits, axis=0)).mean())


def rounding(model: Model, x: IntArray, y: IntArray, state: ModelState) -> FloatArray:
    """Return how much rounding may change each gradient of the mean loss (P,).

    The largest difference among a few gradients, each from parameters whose last bits are other
    ones and from probabilities that are off by their grain.

    Args:
        model: In float64; as before afterwards.
        x: Input ids (T, B).
        y: Target ids (T, B).
        state: Before the window.
    """
    rng, twin, gradients = np.random.default_rng(0), model.twin(), []

    def roughly(logits: FloatArray, targets: IntArray) -> float:
        """Leave a gradient from probabilities that are off by their grain; nobody asks its loss."""
        rows = softmax(logits.T)
        rows *= 1 + GRAIN * rng.choice((-1, 1), rows.shape)
        rows[np.arange(targets.size), targets.ravel()] -= 1
        logits[...] = (rows / targets.size).T
        return np.nan

    for _ in last_bits(twin.flat, rng, SAMPLES):
        twin.loss_and_grads(x, y, state, roughly)
        gradients.append(twin.grads_flat.copy())
    spread: FloatArray = np.ptp(gradients, axis=0)
    return spread
