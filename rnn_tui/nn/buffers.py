"""Sequences inside the cells: a vector is a row, as in PyTorch, so W x of the textbook is x Wᵀ.

A sequence is (T, B, features), a matrix (B, features) for each time step. The same memory read as
(T·B, features), a row for each position, makes what does not recur one product for the whole
sequence.
"""

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray


def as_rows(sequence: FloatArray) -> FloatArray:
    """(..., features) to (positions, features), without a copy where memory allows it."""
    return sequence.reshape(-1, sequence.shape[-1])


def by_gate(stacked: FloatArray, gates: int) -> FloatArray:
    """(..., B, gates·H) to (..., gates, B, H), without a copy."""
    *outer, features = stacked.shape
    return stacked.reshape(*outer, gates, features // gates).swapaxes(-3, -2)


@lru_cache(maxsize=64)
def filled(size: int, value: float, dtype: np.dtype[Any]) -> FloatArray:
    """Return a vector of one number, made once; read-only.

    A product with ones adds up rows or columns at half of what `np.add.reduce` takes on small
    arrays, and at the same speed on large ones.
    """
    vector = np.full(size, value, dtype)
    vector.setflags(write=False)
    return vector


def row_sums(matrix: FloatArray, out: FloatArray) -> None:
    """Add up the numbers of each row."""
    matrix.dot(filled(matrix.shape[1], 1, matrix.dtype), out=out)


def sum_of_rows(rows: FloatArray, out: FloatArray) -> None:
    """Add up all rows."""
    filled(len(rows), 1, rows.dtype).dot(rows, out=out)


def by_step(array: FloatArray, T: int) -> list[FloatArray]:
    """Return the elements of (T, ...) one by one; a single one (1, ...) stands for every step."""
    return list(array) if len(array) == T else list(array) * T


class Steps:
    """An array of some shape for every time step, or the same one for all where none is kept."""

    def __init__(self, T: int, *shape: int, dtype: npt.DTypeLike, keep: bool = True) -> None:
        self.array = np.empty((T if keep else 1, *shape), dtype)
        self.steps = by_step(self.array, T)
        """The same, indexed by t: a list's elements cost a third of an array's slices."""


class Gates(Steps):
    """(gates, B, H) for every time step, or the same for all."""

    def __init__(
        self, T: int, gates: int, B: int, H: int, *, dtype: npt.DTypeLike, keep: bool
    ) -> None:
        super().__init__(T, gates, B, H, dtype=dtype, keep=keep)
        self.each = tuple(by_step(gate, T) for gate in self.array.swapaxes(0, 1))
        """Every gate for itself, each indexed by t."""


class States:
    """A state before and after every time step: T+1 matrices (B, H), or one, written over."""

    def __init__(self, T: int, B: int, H: int, *, dtype: npt.DTypeLike, keep: bool = True) -> None:
        self.array = np.empty((T + 1 if keep else 1, B, H), dtype)
        """In order of time."""
        self.before, self.after = self.array[:-1], self.array[1:]
        """Before and after each step, (T, B, H); nothing where none is kept."""
        self.steps = [*(self.after if keep else by_step(self.array, T)), self.array[0]]
        """After step t at [t]; before the first at [-1]."""
