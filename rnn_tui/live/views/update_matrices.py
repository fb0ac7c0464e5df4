"""Matrices small enough for a screen, and which weight a cell of one shows."""

import numpy as np

from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.protocol.update import BackpropView, Matrix

MOST_CELLS = 64


def flat(array: FloatArray) -> FloatArray:
    """Return an array as a matrix: of a convolution (C, C_in, k) the taps side by side."""
    return (array.swapaxes(1, 2) if array.ndim == 3 else array).reshape(len(array), -1)


def index_of(shape: tuple[int, ...], row: int, column: int) -> tuple[int, ...]:
    """Return which element of an array stands at a place of its matrix."""
    if len(shape) == 3:
        tap, channel = divmod(column, shape[1])
        return row, channel, tap
    return (row, column)[: len(shape)]


def matrices(total: Parameters, added: Parameters, view: BackpropView) -> tuple[Matrix, ...]:
    """Every gradient, of large ones a coarse picture."""
    rows, columns = _limits(view)
    return tuple(
        Matrix(
            name=name,
            shape=array.shape,
            values=coarse(flat(array), rows, columns).astype(np.float64),
            blocks=len(array) > rows or array.size // len(array) > columns,
            norm=norm(array),
            added=norm(added[name]) if name in added else 0.0,
        )
        for name, array in total.items()
    )


def place(matrix: FloatArray, row: int, column: int, view: BackpropView) -> tuple[int, int]:
    """Return which element a cell of the picture shows: of its block, the one largest in size."""
    starts, ends = [], []
    for size, most, at in zip(matrix.shape, _limits(view), (row, column), strict=True):
        edges = np.linspace(0, size, min(size, most) + 1).astype(np.intp)
        at = min(max(at, 0), len(edges) - 2)
        starts.append(int(edges[at]))
        ends.append(int(edges[at + 1]))
    block = np.abs(matrix[starts[0] : ends[0], starts[1] : ends[1]])
    i, j = np.unravel_index(int(block.argmax()), block.shape)
    return starts[0] + int(i), starts[1] + int(j)


def _limits(view: BackpropView) -> tuple[int, int]:
    return min(max(view.rows, 1), MOST_CELLS), min(max(view.columns, 1), MOST_CELLS)


def coarse(matrix: FloatArray, rows: int, columns: int) -> FloatArray:
    """Return at most so many rows and columns: of each block the element largest in size."""
    for axis, most in ((0, rows), (1, columns)):
        size = matrix.shape[axis]
        if size > most:
            starts = np.linspace(0, size, most + 1).astype(np.intp)[:-1]
            high = np.maximum.reduceat(matrix, starts, axis=axis)
            low = np.minimum.reduceat(matrix, starts, axis=axis)
            matrix = np.where(high >= -low, high, low)
    return matrix


def norm(array: FloatArray) -> float:
    """Return the length of a gradient."""
    return float(np.linalg.norm(array.astype(np.float64)))
