"""How far back the error of a time step reaches, for networks without a hidden state: ‖∂L_t/∂x_k‖.

L_t is the loss of time step t alone, x_k the one-hot vector read at step k. The text is read T
times side by side, as a batch; back through row t goes the error of step t only.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.inspection.flow import norms_of
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import ModelState, joined, quietly
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.loss import cross_entropy


@quietly
def input_flow(
    model: LookingBack[Any], x: IntArray, y: IntArray, state: ModelState | None = None
) -> npt.NDArray[np.float64]:
    """Return the norms [t, k] (T, T) for one sequence (T,); NaN where k > t.

    The network is left as it is. `state` is that before the first step; None: nothing was read.
    """
    T, twin = len(x), model.twin()
    state = state or model.zero_state(1)
    logits, _ = model.forward(x[:, None], state)
    _, dlogits = cross_entropy(logits, y[:, None])  # of their mean: T times too small
    dh = np.zeros((T, T, model.linear.input_size), model.flat.dtype)
    np.einsum("tth->th", dh)[...] = T * dlogits[:, 0] @ model.linear.weight
    dx = twin.back_to_input(np.repeat(x[:, None], T, axis=1), joined([state] * T), dh)
    norms: npt.NDArray[np.float64] = np.transpose([norms_of(rows) for rows in dx])
    norms[np.triu_indices(T, 1)] = np.nan
    return norms


def reach(norms: FloatArray) -> int:
    """Return how many symbols back anything flows at all, the present one included."""
    t, k = np.nonzero(np.nan_to_num(norms))
    return int((t - k).max(initial=-1)) + 1
