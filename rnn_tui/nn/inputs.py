"""The input side of a cell: W_ih x_t + b for every t, and its gradients.

Inputs are numbers (T, B, I), or symbol ids (T, B). An id stands for the one-hot vector that is
1 at that place; W_ih times it is a column of W_ih, so columns are gathered instead.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.columns import Steps, as_columns, as_sequence, as_steps, product, row_sums

if TYPE_CHECKING:
    from typing_extensions import TypeIs

IN_CACHE = 65536
"""Up to so many numbers columns are gathered for all time steps in one call, and else for one at a
time: what is added at once should still be in the processor's cache."""

FEW_SYMBOLS = 128
"""Up to so many, a product with the one-hot matrix adds up by symbol faster than sorting."""


class Inputs:
    """W_ih x_t + b for sequences of one size."""

    x: FloatArray | IntArray

    def __init__(self, T: int, B: int, rows: int, dtype: npt.DTypeLike) -> None:
        """Make room for G·H rows."""
        self.columns = np.empty((rows, T * B), dtype)
        """W_ih x_t + b of numbers; then da of every time step, side by side (G·H, T·B)."""
        self.steps = as_steps(self.columns, T)
        """The same as (T, G·H, B)."""
        self._a = Steps(T, B, rows, dtype) if self.columns.size <= IN_CACHE else None
        self._dx = self._one_hot = self._identity = np.empty((0, 0), dtype)
        self._sorted = np.empty((0, 0), dtype)

    def product(
        self, x: FloatArray | IntArray, W_ih: FloatArray, b: FloatArray
    ) -> Iterable[FloatArray]:
        """One after the other a_t = W_ih x_t + b, (G·H, B).

        Raises:
            IndexError: An id is not among the I symbols.
        """
        self.x = x
        if is_ids(x):
            columns = W_ih + b[:, None]
            if self._a is None:
                return (columns.take(ids, axis=1) for ids in x)
            columns.take(x.reshape(-1), axis=1, out=self.columns)
        else:
            product(W_ih, as_columns(x), out=self.columns)
            self.columns += b[:, None]
        if self._a is None:
            return _contiguous(self.steps)
        self._a.array[...] = self.steps
        return self._a.steps

    def gradients(self, W_ih: FloatArray, dW_ih: FloatArray, db: FloatArray) -> FloatArray | None:
        """Write dW_ih = Σ_t da_t x_tᵀ and db = Σ_t da_t; return dx_t = W_ihᵀ da_t.

        dx is (T, B, I), or None where x was ids.
        """
        da, x = self.columns, self.x
        if is_ids(x):
            self._add_by_symbol(x.reshape(-1), dW_ih)
            # Every column of da has been added to exactly one column of dW_ih.
            row_sums(dW_ih, out=db)
            return None
        if len(self._dx) != len(W_ih.T):
            self._dx = np.empty((len(W_ih.T), da.shape[1]), da.dtype)
        product(da, as_columns(x).T, out=dW_ih)
        row_sums(da, out=db)
        return as_sequence(W_ih.T.dot(da, out=self._dx), len(x))

    def _add_by_symbol(self, ids: IntArray, dW_ih: FloatArray) -> None:
        """dW_ih[:, k] = the sum of those columns of da whose id is k."""
        da, V = self.columns, dW_ih.shape[1]
        # The ids have gone through `product`, so nothing is clipped; "clip" spares NumPy a copy.
        if V <= FEW_SYMBOLS:
            if len(self._identity) != V:
                self._identity = np.eye(V, dtype=da.dtype)
                self._one_hot = np.empty((len(ids), V), da.dtype)
            self._identity.take(ids, axis=0, out=self._one_hot, mode="clip")
            da.dot(self._one_hot, out=dW_ih)
            return
        if not self._sorted.size:
            self._sorted = np.empty_like(da)
        order = ids.argsort(kind="stable")
        present, starts = np.unique(ids[order], return_index=True)
        da.take(order, axis=1, out=self._sorted, mode="clip")
        dW_ih[...] = 0
        dW_ih[:, present] = np.add.reduceat(self._sorted, starts, axis=1)


def is_ids(x: FloatArray | IntArray) -> "TypeIs[IntArray]":
    """Whether x holds symbol ids rather than numbers."""
    return x.dtype.kind in "ui"


def _contiguous(steps: FloatArray) -> Iterator[FloatArray]:
    """Every step in turn, in the same contiguous array: adding that is faster than a slice."""
    a_t = np.empty(steps.shape[1:], steps.dtype)
    for step in steps:
        a_t[...] = step
        yield a_t
