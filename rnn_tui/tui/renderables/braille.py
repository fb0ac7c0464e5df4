"""A raster of braille dots, two by four in a cell."""

import numpy as np
import numpy.typing as npt

from rnn_tui.protocol.snapshot import Floats, Ints

Dots = npt.NDArray[np.bool_]
"""(4 rows, 2 columns) for every cell."""

_WEIGHTS = np.array([[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]])
"""The bit of every dot in a cell, as Unicode numbers them."""


def columns(at: Floats, low: Floats, high: Floats, count: int) -> tuple[Floats, Floats]:
    """Gather bins into dot columns: the lowest and the highest of each, straight lines between.

    Args:
        at: Where each bin lies, 0 at the left, 1 at the right edge (N,), rising.
        low: Bottom of each bin (N,); not finite: a gap.
        high: Top of each bin (N,).
        count: Number of dot columns C.

    Returns:
        Bottom and top of every column (C,), NaN where there is nothing.
    """
    column = np.clip(np.rint(at * (count - 1)), 0, count - 1).astype(np.intp)
    good = np.isfinite(low) & np.isfinite(high)
    bottom, top = np.full(count, np.nan), np.full(count, np.nan)
    np.fmin.at(bottom, column[good], low[good])
    np.fmax.at(top, column[good], high[good])
    between = _between(column, good, count)
    if between.any():
        known = np.flatnonzero(np.isfinite(bottom))
        for values in (bottom, top):
            values[between] = np.interp(np.flatnonzero(between), known, values[known])
    return bottom, top


def _between(column: Ints, good: Dots, count: int) -> Dots:
    """Tell which empty columns lie between two bins that follow each other, both good."""
    change = np.zeros(count + 1, dtype=np.intp)
    joined = good[:-1] & good[1:] & (column[1:] > column[:-1] + 1)
    np.add.at(change, column[:-1][joined] + 1, 1)
    np.add.at(change, column[1:][joined], -1)
    inside: Dots = np.cumsum(change[:-1]) > 0
    return inside


def connect(bottom: Floats, top: Floats) -> tuple[Floats, Floats]:
    """Stretch every column halfway to its neighbors, so that a steep line has no holes."""
    middle = (bottom + top) / 2
    half = (middle[:-1] + middle[1:]) / 2
    before, after = np.append(np.nan, half), np.append(half, np.nan)
    low = np.fmin(bottom, np.fmin(before, after))
    high = np.fmax(top, np.fmax(before, after))
    lost = np.isnan(middle)
    return np.where(lost, np.nan, low), np.where(lost, np.nan, high)


def spans(bottom: Floats, top: Floats, rows: int) -> Dots:
    """Set in every column the dots from `bottom` to `top` (C,), 0 and 1 being the raster's edges.

    Returns:
        (rows, C), the first row at the top.
    """
    height = np.arange(rows - 1, -1, -1)[:, None]
    first, last = np.rint(bottom * (rows - 1)), np.rint(top * (rows - 1))
    dots: Dots = (height >= first) & (height <= last)
    return dots


def braille(dots: Dots) -> npt.NDArray[np.str_]:
    """Turn dots (4 H, 2 W) into characters (H, W); cells without a dot become blanks."""
    height, width = dots.shape[0] // 4, dots.shape[1] // 2
    cells = dots.reshape(height, 4, width, 2).swapaxes(1, 2)
    codes = (cells * _WEIGHTS).sum(axis=(2, 3))
    characters: npt.NDArray[np.str_] = _CHARACTERS[codes]
    return characters


_CHARACTERS = np.array([" ", *(chr(0x2800 + code) for code in range(1, 256))])
