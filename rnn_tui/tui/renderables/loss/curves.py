"""The inside of the loss chart: guide lines, knob marks, curves, and where they broke off."""

import numpy as np
from rich.cells import cell_len

from rnn_tui.language import tr
from rnn_tui.protocol.branches import Ghost
from rnn_tui.protocol.snapshot import Curves, Floats, Mark
from rnn_tui.tui.renderables.axes import Range
from rnn_tui.tui.renderables.braille import columns, connect, spans
from rnn_tui.tui.renderables.loss.losses import Guide
from rnn_tui.tui.renderables.loss.marks import spoken
from rnn_tui.tui.renderables.loss.plot import (
    GuideLines,
    column,
    line_of,
    places_of,
    rows_of,
    write_free,
    write_highest,
    write_middle,
)
from rnn_tui.tui.renderables.raster import (
    BAND,
    GHOST,
    MARK,
    TRAIN,
    VALIDATION,
    WRONG,
    Raster,
    narrow,
)

BEST = "★"


def draw_curves(
    plot: Raster,
    curves: Curves,
    levels: tuple[Guide, ...],
    over: Range,
    along: Range,
    ghosts: tuple[Ghost, ...] = (),
    refused: tuple[int, float] | None = None,
) -> None:
    """Draw everything, from the least to the most important.

    Args:
        plot: Where.
        curves: The present branch's.
        levels: Guide lines.
        over: What the y axis shows.
        along: What of the bottom axis is seen; nothing else is drawn.
        ghosts: Other branches.
        refused: An update that was not made, with its loss.
    """
    guide_lines = GuideLines(plot, levels, over)
    guide_lines.draw()
    for mark in curves.marks:
        _mark_line(plot, column(mark.update, along, plot.width))
    for ghost in ghosts:
        ghostly = line_of(along.place(ghost.update), places_of(over, ghost.smoothed), plot.width)
        plot.dots(spans(*ghostly, 4 * plot.height), GHOST)
        _broken(plot, ghost, over, along)
    _band_and_line(plot, curves, over, along)
    _validation(plot, along.place(curves.val_update), places_of(over, curves.validation))
    _best(plot, curves, over, along)
    _breaks(plot, curves, over, along)
    for mark in reversed(curves.marks):
        _mark_label(plot, mark, column(mark.update, along, plot.width))
    if not curves.update.size:
        write_middle(plot, tr("the curve begins with the first update"))
    if refused:
        write_highest(plot, np.array([refused[0]]), np.array([refused[1]]), over, along, WRONG)
    _cut(plot, curves, over, along, ghosts)
    guide_lines.name()


def _cut(
    plot: Raster, curves: Curves, over: Range, along: Range, ghosts: tuple[Ghost, ...]
) -> None:
    """Say how high the highest losses are that are cut at the top edge, one of each kind."""
    for ghost in ghosts:
        write_highest(plot, ghost.update, ghost.smoothed, over, along, GHOST)
    finite = np.where(np.isfinite(curves.high), curves.high, np.nan)  # ✗ tells of the others
    write_highest(plot, curves.update, finite, over, along, BAND)


def _broken(plot: Raster, ghost: Ghost, over: Range, along: Range) -> None:
    """Mark where a ghost diverged, on its own line."""
    if not ghost.update.size:
        return
    places = np.interp(ghost.broke, ghost.update, places_of(over, ghost.smoothed))
    for update, y in zip(
        ghost.broke.tolist(), rows_of(np.nan_to_num(places), plot.height), strict=True
    ):
        plot.write(y, column(update, along, plot.width), "✗", GHOST)


def _band_and_line(plot: Raster, curves: Curves, over: Range, along: Range) -> None:
    at, rows = along.place(curves.update), 4 * plot.height
    low, high, smoothed = (
        places_of(over, losses) for losses in (curves.low, curves.high, curves.smoothed)
    )
    band = connect(*columns(at, low, high, 2 * plot.width))
    plot.dots(spans(*band, rows), BAND)
    plot.dots(spans(*line_of(at, smoothed, plot.width), rows), TRAIN)


def _validation(plot: Raster, at: Floats, places: Floats) -> None:
    """Draw every second cell of the line, and the last point, be it the only one."""
    low, high = columns(at, places, places, 2 * plot.width)
    dotted = np.arange(2 * plot.width) // 2 % 2 == 0
    dotted[np.flatnonzero(np.isfinite(low))[-2:]] = True
    plot.dots(spans(*connect(low, high), 4 * plot.height) & dotted, VALIDATION)


def _best(plot: Raster, curves: Curves, over: Range, along: Range) -> None:
    """Mark the lowest validation."""
    if curves.lowest is None:
        return
    update, place = curves.lowest[0], places_of(over, np.array(curves.lowest[1:]))
    if np.isfinite(place[0]):
        plot.write(
            rows_of(place, plot.height)[0], column(update, along, plot.width), BEST, VALIDATION
        )


def _breaks(plot: Raster, curves: Curves, over: Range, along: Range) -> None:
    """Mark the beginning of every gap, where the curve was when it broke off."""
    whole = np.isfinite(curves.low) & np.isfinite(curves.high) & np.isfinite(curves.smoothed)
    starts = np.flatnonzero(~whole & np.append(True, whole[:-1])).tolist()
    before = np.array([curves.smoothed[i - 1] if i else over.low for i in starts])
    for i, y in zip(starts, rows_of(over.place(before), plot.height), strict=True):
        plot.write(y, column(curves.update[i], along, plot.width), "✗", WRONG)


def _mark_line(plot: Raster, x: int) -> None:
    for y in range(plot.height):
        plot.write(y, x, "│", MARK)


def _mark_label(plot: Raster, mark: Mark, x: int) -> None:
    """Write what was turned beside the line, at the top, on the side that has room."""
    label = spoken(narrow(mark.label))
    if not write_free(plot, 0, x + 1, label, MARK):
        write_free(plot, 0, x - cell_len(label), label, MARK)
