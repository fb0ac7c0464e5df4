"""Sequences inside the cells, where vectors are columns as in the textbook.

Outside, a sequence is (T, B, features). Inside it is (T, features, B), a matrix for each time
step, or (features, T·B), all time steps side by side, so that what does not recur is one
product W @ x for the whole sequence.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray


def as_columns(sequence: FloatArray) -> FloatArray:
    """(..., features) to (features, positions), without a copy where memory allows it."""
    return sequence.reshape(-1, sequence.shape[-1]).T


def as_sequence(columns: FloatArray, T: int) -> FloatArray:
    """(features, T·B) to (T, B, features), without a copy."""
    return columns.T.reshape(T, -1, len(columns))


def as_steps(columns: FloatArray, T: int) -> FloatArray:
    """(features, T·B) to (T, features, B), without a copy."""
    return columns.reshape(len(columns), T, -1).transpose(1, 0, 2)


@lru_cache(maxsize=64)
def filled(size: int, value: float, dtype: np.dtype[Any]) -> FloatArray:
    """A vector of one number, made once; read-only.

    A product with ones adds up rows or columns at half of what `np.add.reduce` takes on small
    arrays, and at the same speed on large ones.
    """
    vector = np.full(size, value, dtype)
    vector.setflags(write=False)
    return vector


SMALL = 4096
"""Up to so many numbers a call costs more than what it works on."""


def product(a: FloatArray, b: FloatArray, out: FloatArray | None = None) -> FloatArray:
    """A @ B, where rows of either may lie apart in memory.

    `dot` would copy such a matrix first; `matmul` does not, but takes twice as long to begin.
    """
    found: FloatArray = a.dot(b, out=out) if b.size <= SMALL else np.matmul(a, b, out=out)
    return found


def row_sums(columns: FloatArray, out: FloatArray) -> None:
    """Add up each row of (rows, positions)."""
    columns.dot(filled(columns.shape[1], 1, columns.dtype), out=out)


def by_step(array: FloatArray, T: int) -> list[FloatArray]:
    """Matrices (T, rows, B) one by one; a single one (1, rows, B) stands for every step."""
    return list(array) if len(array) == T else list(array) * T


class Steps:
    """A matrix (rows, B) for every time step, or the same one for all where none is kept."""

    def __init__(
        self, T: int, B: int, rows: int, dtype: npt.DTypeLike, *, keep: bool = True
    ) -> None:
        self.array = np.empty((T if keep else 1, rows, B), dtype)
        self.steps = by_step(self.array, T)
        """The same, indexed by t: a list's elements cost a third of an array's slices."""


class States:
    """A state before and after every time step: T+1 matrices (H, B), or one, written over."""

    def __init__(self, T: int, B: int, H: int, dtype: npt.DTypeLike, *, keep: bool = True) -> None:
        self.array = np.empty((T + 1 if keep else 1, H, B), dtype)
        """In order of time."""
        self.before, self.after = self.array[:-1], self.array[1:]
        """Before and after each step, (T, H, B)."""
        self.steps = [*(self.after if keep else by_step(self.array, T)), self.array[0]]
        """After step t at [t]; before the first at [-1]."""


class Hidden(States):
    """h of every time step, and side by side for the products over all of them."""

    def __init__(self, T: int, B: int, H: int, dtype: npt.DTypeLike) -> None:
        super().__init__(T, B, H, dtype)
        columns = np.empty((H, T + 1, B), dtype)
        self._side_by_side = columns.transpose(1, 0, 2)
        self.before_columns = columns[:, :-1].reshape(H, T * B)
        """h_{t-1} of every t (H, T·B); after `sequence`."""
        self._sequence = columns[:, 1:].transpose(1, 2, 0)

    def sequence(self) -> FloatArray:
        """Put the time steps side by side; return h (T, B, H)."""
        self._side_by_side[...] = self.array
        return self._sequence
