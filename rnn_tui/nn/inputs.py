"""The product W_ih x for all time steps at once, and its gradients.

Inputs are numbers (T, B, I), or symbol ids (T, B). An id stands for the one-hot vector that is
1 at that place; W_ih times it is a column of W_ih, so the vector itself is never built.
"""

from typing import cast

import numpy as np

from rnn_tui.nn.cell import FloatArray, IntArray


def is_ids(x: FloatArray | IntArray) -> bool:
    """Whether x holds symbol ids rather than numbers."""
    return x.dtype.kind in "ui"


def input_product(x: FloatArray | IntArray, W_ih: FloatArray) -> FloatArray:
    """W_ih x_t for every t: (T, B, G·H)."""
    if is_ids(x):
        return W_ih.T[x]
    rows: FloatArray = x.reshape(-1, x.shape[-1]) @ W_ih.T
    return rows.reshape(*x.shape[:2], -1)


def input_gradients(
    da: FloatArray, x: FloatArray | IntArray, W_ih: FloatArray, dW_ih: FloatArray
) -> FloatArray | None:
    """Write dW_ih = Σ_t da_t x_tᵀ; return dx = W_ihᵀ da (T, B, I), or None where x was ids."""
    da_rows = da.reshape(-1, da.shape[-1])
    if is_ids(x):
        dW_ih[...] = 0
        np.add.at(dW_ih.T, cast(IntArray, x).reshape(-1), da_rows)
        return None
    dW_ih[...] = da_rows.T @ x.reshape(-1, x.shape[-1])
    return (da_rows @ W_ih).reshape(x.shape)
