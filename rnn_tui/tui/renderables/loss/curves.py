"""The inside of the loss chart: guide lines, knob marks, curves, and where they broke off."""

from itertools import product

import numpy as np
from rich.cells import cell_len

from rnn_tui.protocol.branches import Ghost
from rnn_tui.protocol.snapshot import Curves, Floats, Mark
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.axes import Range
from rnn_tui.tui.renderables.braille import columns, connect, spans
from rnn_tui.tui.renderables.loss.losses import Guide
from rnn_tui.tui.renderables.numbers import significant
from rnn_tui.tui.renderables.raster import (
    BAND,
    DIM,
    GHOST,
    MARK,
    TRAIN,
    VALIDATION,
    WRONG,
    Raster,
)

_LABEL_STEP = 4
"""Cells a guide line's name moves at a time, so that it stays where it is for a while."""

FIRST = "the curve begins with the first update"


def draw_curves(
    plot: Raster,
    curves: Curves,
    levels: tuple[Guide, ...],
    over: Range,
    end: float,
    ghosts: tuple[Ghost, ...] = (),
    refused: tuple[int, float] | None = None,
) -> None:
    """Draw everything, from the least to the most important.

    Args:
        plot: Where.
        curves: The present branch's.
        levels: Guide lines.
        over: What the y axis shows.
        end: The update at the right.
        ghosts: Other branches.
        refused: An update that was not made, with its loss.
    """
    shown = [guide for guide in levels if over.low <= guide.value <= over.high]
    guide_rows = rows_of(over.place(np.array([g.value for g in shown])), plot.height)
    for y in guide_rows:
        plot.write(y, 0, "┄" * plot.width, DIM)
    for mark in curves.marks:
        _mark_line(plot, _column(mark.update, end, plot.width))
    for ghost in ghosts:
        line = _line(ghost.update / end, _places(over, ghost.smoothed), plot.width)
        plot.dots(spans(*line, 4 * plot.height), GHOST)
        _broken(plot, ghost, over, end)
    _band_and_line(plot, curves, over, end)
    _validation(plot, curves.val_update / end, _places(over, curves.validation))
    _breaks(plot, curves, over, end)
    for mark in reversed(curves.marks):
        _mark_label(plot, mark, _column(mark.update, end, plot.width))
    if not curves.update.size:
        _write_free(plot, plot.height // 2, (plot.width - len(FIRST)) // 2, FIRST, DIM)
    if refused:
        _highest(plot, np.array([refused[0]]), np.array([refused[1]]), over, end, WRONG)
    _cut(plot, curves, over, end, ghosts)
    for y, guide in zip(guide_rows, shown, strict=True):
        _guide_label(plot, y, guide, guide_rows)


def rows_of(places: Floats, rows: int) -> list[int]:
    """Turn places from 0 to 1 into rows from the top."""
    dots = 4 * rows
    return [(dots - 1 - round(place * (dots - 1))) // 4 for place in places.tolist()]


def _guide_label(plot: Raster, y: int, guide: Guide, taken: list[int]) -> None:
    """Name a guide line: at its right end or, where a curve runs, farther left or beside it."""
    text = f" {guide.label} {significant(guide.value)}"
    role = VALIDATION if guide.held_out else DIM
    beside = [row for row in (y - 1, y + 1) if 0 <= row < plot.height and row not in taken]
    for row in (y, *beside):
        for x in range(plot.width - len(text), 0, -_LABEL_STEP):
            gap = " " * (x + len(text) < plot.width)
            if _write_free(plot, row, x, text + gap, role):
                return


def _cut(plot: Raster, curves: Curves, over: Range, end: float, ghosts: tuple[Ghost, ...]) -> None:
    """Say how high the highest losses are that are cut at the top edge, one of each kind."""
    for ghost in ghosts:
        _highest(plot, ghost.update, ghost.smoothed, over, end, GHOST)
    finite = np.where(np.isfinite(curves.high), curves.high, np.nan)  # ✗ tells of the others
    _highest(plot, curves.update, finite, over, end, BAND)


def _highest(
    plot: Raster, update: Floats, losses: Floats, over: Range, end: float, role: int
) -> None:
    told = np.where(np.isnan(losses), -np.inf, losses)
    if not told.size or (highest := float(told.max())) <= over.high * (1 + 1e-9):
        return
    text = f"↑{significant(highest)}"
    x = _column(float(update[int(told.argmax())]), end, plot.width)
    for y, gap in product((0, 1), (1, 2, 3)):
        if _write_free(plot, y, x + gap, text, role):
            return
        if _write_free(plot, y, x + 1 - gap - len(text), text, role):
            return


def _places(over: Range, losses: Floats) -> Floats:
    return np.where(np.isfinite(losses), over.place(losses), np.nan)


def _broken(plot: Raster, ghost: Ghost, over: Range, end: float) -> None:
    """Mark where a ghost diverged, on its own line."""
    if not ghost.update.size:
        return
    places = np.interp(ghost.broke, ghost.update, _places(over, ghost.smoothed))
    for update, y in zip(
        ghost.broke.tolist(), rows_of(np.nan_to_num(places), plot.height), strict=True
    ):
        plot.write(y, _column(update, end, plot.width), "✗", GHOST)


def _band_and_line(plot: Raster, curves: Curves, over: Range, end: float) -> None:
    at, rows = curves.update / end, 4 * plot.height
    low, high, smoothed = (
        _places(over, losses) for losses in (curves.low, curves.high, curves.smoothed)
    )
    band = connect(*columns(at, low, high, 2 * plot.width))
    plot.dots(spans(*band, rows), BAND)
    plot.dots(spans(*_line(at, smoothed, plot.width), rows), TRAIN)


def _line(at: Floats, places: Floats, width: int) -> tuple[Floats, Floats]:
    return connect(*columns(at, places, places, 2 * width))


def _validation(plot: Raster, at: Floats, places: Floats) -> None:
    """Draw every second cell of the line, and the last point, be it the only one."""
    low, high = columns(at, places, places, 2 * plot.width)
    dotted = np.arange(2 * plot.width) // 2 % 2 == 0
    dotted[np.flatnonzero(np.isfinite(low))[-2:]] = True
    plot.dots(spans(*connect(low, high), 4 * plot.height) & dotted, VALIDATION)


def _breaks(plot: Raster, curves: Curves, over: Range, end: float) -> None:
    """Mark the beginning of every gap, where the curve was when it broke off."""
    whole = np.isfinite(curves.low) & np.isfinite(curves.high) & np.isfinite(curves.smoothed)
    starts = np.flatnonzero(~whole & np.append(True, whole[:-1])).tolist()
    before = np.array([curves.smoothed[i - 1] if i else over.low for i in starts])
    for i, y in zip(starts, rows_of(over.place(before), plot.height), strict=True):
        plot.write(y, _column(curves.update[i], end, plot.width), "✗", WRONG)


def _column(update: float, end: float, width: int) -> int:
    return min(round(update / end * (width - 1)), width - 1)


def _mark_line(plot: Raster, x: int) -> None:
    for y in range(plot.height):
        plot.write(y, x, "│", MARK)


def _mark_label(plot: Raster, mark: Mark, x: int) -> None:
    """Write what was turned beside the line, at the top, on the side that has room."""
    label = "".join(c if cell_len(c) == 1 else "?" for c in steady(mark.label))
    if not _write_free(plot, 0, x + 1, label, MARK):
        _write_free(plot, 0, x - len(label), label, MARK)


def _write_free(plot: Raster, y: int, x: int, text: str, role: int) -> bool:
    """Write `text` unless it would hide a curve, a mark or another word."""
    free = plot.free(y, x, len(text), below=(DIM, BAND))
    if free:
        plot.write(y, x, text, role)
    return free
