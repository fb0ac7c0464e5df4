"""How far back the error of a time step reaches, for networks without a hidden state: ‖∂L_t/∂x_k‖.

L_t is the loss of time step t alone, x_k the one-hot vector read at step k. The text is read T
times side by side, as a batch; of row t only the loss of step t counts.
"""

from typing import Any

import numpy as np

from rnn_tui.models.looking_back import LookingBack
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.loss import cross_entropy_columns


def input_flow(model: LookingBack[Any], x: IntArray, y: IntArray) -> FloatArray:
    """Return the norms [t, k] (T, T) for one sequence (T,); NaN where k > t.

    The network is left as it is.
    """
    T = len(x)
    rows_x, rows_y = (np.repeat(ids[:, None], T, axis=1) for ids in (x, y))
    twin = model.twin()
    dx = twin.input_gradients(rows_x, rows_y, twin.zero_state(T), each_its_own)
    norms: FloatArray = np.linalg.norm(dx.astype(np.float64), axis=2).T
    norms[np.triu_indices(T, 1)] = np.nan
    return norms


def each_its_own(logits: FloatArray, y: IntArray) -> float:
    """Turn logits (V, T·T) into the derivatives of L_t in row t, and nothing elsewhere."""
    T = len(y)
    loss = cross_entropy_columns(logits, y)
    logits *= np.eye(T, dtype=logits.dtype).reshape(-1) * (T * T)  # a sum of T, not their mean
    return loss


def reach(norms: FloatArray) -> int:
    """Return how many symbols back anything flows at all, the present one included."""
    t, k = np.nonzero(np.nan_to_num(norms))
    return int((t - k).max(initial=-1)) + 1
