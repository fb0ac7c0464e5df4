"""The input side of a cell: W_ih x_t + b for every t, and its gradients.

Inputs are numbers (T, B, I), or symbol ids (T, B). An id stands for the one-hot vector that is
1 at that place; W_ih times it is a column of W_ih, so columns are gathered instead.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from rnn_tui.nn.buffers import Steps, as_rows, filled, row_sums, sum_of_rows
from rnn_tui.nn.cell import FloatArray, IntArray

if TYPE_CHECKING:
    from typing_extensions import TypeIs

IN_CACHE = 65536
"""Up to so many numbers are gathered for all time steps in one call, and else for one at a time:
what is added at once should still be in the processor's cache."""

SMALL_ONE_HOT = 16384
"""Up to so many numbers, a product with the one-hot matrix adds up by symbol faster than sorting
the positions by symbol (2,500 of 65 symbols: twice as long; 25 of them: a third)."""


class Inputs:
    """W_ih x_t + b for sequences of one size."""

    x: FloatArray | IntArray

    def __init__(self, room: Steps) -> None:
        """Share room (T, B, G·H): for W_ih x_t + b, then for da of every time step."""
        self._room, self._rows = room, as_rows(room.array)
        self._table = self._dx = np.empty((0, 0), room.array.dtype)
        self._by_symbol = BySymbol(room.array.dtype)

    def product(
        self, x: FloatArray | IntArray, W_ih: FloatArray, b: FloatArray
    ) -> Iterable[FloatArray]:
        """One after the other a_t = W_ih x_t + b, (B, G·H).

        Raises:
            IndexError: An id is not among the I symbols.
        """
        self.x = x
        if not is_ids(x):
            as_rows(x).dot(W_ih.T, out=self._rows)
            self._rows += b
            return self._room.steps
        if x.size <= len(W_ih.T):
            np.add(W_ih.take(x.reshape(-1), axis=1).T, b, out=self._rows)
            return self._room.steps
        # More positions than symbols: what there is to gather, W_ih + b, is made once.
        self._table = _room(self._table, *W_ih.T.shape)
        table = np.add(W_ih.T, b, out=self._table)
        if self._rows.size <= IN_CACHE:
            return table.take(x, axis=0)
        return (table.take(ids, axis=0) for ids in x)

    def gradients(self, W_ih: FloatArray, dW_ih: FloatArray, db: FloatArray) -> FloatArray | None:
        """Write dW_ih = Σ_t da_t x_tᵀ and db = Σ_t da_t; return dx_t = W_ihᵀ da_t.

        dx is (T, B, I), or None where x was ids.
        """
        da, x = self._rows, self.x
        if is_ids(x):
            self._by_symbol.add_up(x.reshape(-1), da, out=dW_ih)
            # Every row of da has been added to exactly one column of dW_ih.
            row_sums(dW_ih, out=db)
            return None
        da.T.dot(as_rows(x), out=dW_ih)
        sum_of_rows(da, out=db)
        self._dx = _room(self._dx, len(da), len(W_ih.T))
        return da.dot(W_ih, out=self._dx).reshape(x.shape)


class BySymbol:
    """Rows added up by symbol: the gradient of a matrix whose columns were gathered by ids."""

    def __init__(self, dtype: np.dtype[Any]) -> None:
        self._identity = self._one_hot = self._sorted = self._sums = np.empty((0, 0), dtype)

    def add_up(self, ids: IntArray, rows: FloatArray, out: FloatArray) -> None:
        """Write into out[:, k] the sum of those rows whose id is k.

        Args:
            ids: (N,), each 0 … V-1: `take` had refused others, and "clip" only spares a copy here.
            rows: (N, G).
            out: (G, V).
        """
        V = out.shape[1]
        if V * max(V, len(ids)) <= SMALL_ONE_HOT:
            if len(self._identity) != V:
                self._identity = np.eye(V, dtype=rows.dtype)
            self._one_hot = _room(self._one_hot, len(ids), V)
            self._identity.take(ids, axis=0, out=self._one_hot, mode="clip")
            rows.T.dot(self._one_hot, out=out)
            return
        # Small numbers are sorted by their digits: 2,500 in 14 instead of 38 µs.
        order = ids.astype(np.min_scalar_type(V)).argsort(kind="stable")
        counts = np.bincount(ids, minlength=V)
        present = counts.nonzero()[0]
        counts = counts[present]
        self._sorted = _room(self._sorted, *rows.shape)
        self._sums = _room(self._sums, min(V, len(ids)), len(out))
        rows.take(order, axis=0, out=self._sorted, mode="clip")
        ones, start = filled(len(ids), 1, rows.dtype), 0
        for total, end in zip(self._sums, counts.cumsum().tolist(), strict=False):
            ones[start:end].dot(self._sorted[start:end], out=total)
            start = end
        out[...] = 0
        out[:, present] = self._sums[: len(present)].T


def is_ids(x: FloatArray | IntArray) -> "TypeIs[IntArray]":
    """Return whether x holds symbol ids rather than numbers."""
    return x.dtype.kind in "ui"


def _room(array: FloatArray, *shape: int) -> FloatArray:
    """Return the same array, or a new one if it has another shape."""
    return array if array.shape == shape else np.empty(shape, array.dtype)
