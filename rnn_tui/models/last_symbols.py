"""W x̂_t for x̂_t = [x_{t-K+1}, …, x_t], the one-hot vectors of the last K symbols.

    a_t = Σ_j W_j x_{t-(K-1-j)}                   j = 0 … K-1, the oldest place first
    dW_j = Σ_t da_t x_{t-(K-1-j)}ᵀ
    dx_s = Σ_j W_jᵀ da_{s+(K-1-j)}                as if x were not one-hot but any vectors

A product with a one-hot vector is a column of W_j: with few symbols the products are made, with
many the columns are gathered, and the da added up by symbol.
"""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.inputs import IN_CACHE, BySymbol

FEW = 32
"""Up to so many symbols a product with x̂ takes less time than gathering and adding by symbol."""
NOTHING = -1
"""Stands in a state for a symbol before the beginning; W has no column for it."""


def nothing_before(K: int, batch_size: int) -> IntArray:
    """Return the ids of the K-1 symbols before the first (B, K-1): none there yet."""
    return np.full((batch_size, K - 1), NOTHING, np.intp)


class LastSymbols:
    """What windows of one size read, and arrays to work in, made once."""

    def __init__(
        self, K: int, V: int, H: int, sizes: tuple[int, int], dtype: npt.DTypeLike
    ) -> None:
        (T, B), self._V = sizes, V
        self._read: IntArray = np.empty((K - 1 + T, B), np.intp)
        self._before, self._window = self._read[: K - 1], self._read[K - 1 :]
        self._after = self._read[T:]
        self._at = [self._read[place : place + T].reshape(-1) for place in range(K)]
        """The ids at each place of every x̂, the oldest place first (T·B,)."""
        self._few, sparse = V <= FEW, T * B < V
        # A row of zeros after the last symbol's is where NOTHING points.
        self._identity = np.eye(V + 1, V, dtype=dtype) if self._few else None
        self._x_hat = np.empty((T * B if self._few else 0, K, V), dtype)
        self._table = None if self._few or sparse else np.zeros((K, V + 1, H), dtype)
        self._rows = max(IN_CACHE // H, 1)
        self._picked = np.empty((min(self._rows, T * B), H), dtype)
        self._block = np.empty((H, V), dtype)
        self._by_symbol = BySymbol(np.dtype(dtype))

    def read(self, before: IntArray, ids: IntArray) -> None:
        """Take in the ids of a window (T, B), and of the K-1 symbols before it (B, K-1).

        Raises:
            IndexError: An id is not among the V symbols.
        """
        if (largest := ids.max(initial=0)) >= self._V:
            raise IndexError(f"there are {self._V} symbols, and no {largest}")
        self._before[...], self._window[...] = before.T, ids
        if self._identity is not None:
            for place, at in enumerate(self._at):
                self._x_hat[:, place] = self._identity.take(at, axis=0)

    def after(self) -> IntArray:
        """Return the ids of the last K-1 symbols (B, K-1), for the window that follows."""
        return self._after.T.copy()

    def product(self, W: FloatArray, out: FloatArray) -> None:
        """Write a (T·B, H), from W (K, V, H): for each place a row for each symbol."""
        if self._few:
            self._x_hat.reshape(len(out), -1).dot(W.reshape(-1, W.shape[2]), out=out)
        elif self._table is not None:
            self._table[:, : self._V] = W
            self._gather(self._table, out)
        else:
            out[...] = 0
            for block, at in zip(W, self._at, strict=True):
                there = at != NOTHING
                out[there] += block[at[there]]

    def gradient(self, da: FloatArray, dW: FloatArray) -> None:
        """Write dW (K, V, H) from da (T·B, H)."""
        if self._few:
            dW[...] = self._x_hat.reshape(len(da), -1).T.dot(da).reshape(dW.shape)
            return
        for place, at in enumerate(self._at):
            ids, rows = at, da
            if not (there := at != NOTHING).all():
                ids, rows = at[there], da[there]
            self._by_symbol.add_up(ids, rows, out=self._block)
            dW[place] = self._block.T

    def backward(self, da: FloatArray, W: FloatArray) -> Iterator[FloatArray]:
        """Yield dx (B, V) of every time step of the window, from da (T·B, H)."""
        K, V, H = W.shape
        T, B = self._window.shape
        rows = da.reshape(T, B, H)
        flows = np.logical_or.reduce(rows, axis=2)  # into most rows nothing does
        for s in range(T):
            dx = np.zeros((B, V), da.dtype)
            for later in range(min(K, T - s)):
                there = flows[s + later]
                dx[there] += rows[s + later, there] @ W[K - 1 - later].T
            yield dx

    def _gather(self, table: FloatArray, out: FloatArray) -> None:
        """Add up rows of the table, so many at a time as the processor's cache has room for."""
        for start in range(0, len(out), self._rows):
            part = slice(start, start + self._rows)
            a = out[part]
            picked = self._picked[: len(a)]
            # The ids have been checked; "wrap" takes -1 for the last row and spares a copy.
            table[0].take(self._at[0][part], axis=0, out=a, mode="wrap")
            for block, at in zip(table[1:], self._at[1:], strict=True):
                block.take(at[part], axis=0, out=picked, mode="wrap")
                a += picked
