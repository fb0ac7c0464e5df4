"""The loss over the updates: axes around braille curves."""

from dataclasses import dataclass

import numpy as np
from textual.strip import Strip

from rnn_tui.protocol.branches import Ghost, Past
from rnn_tui.protocol.snapshot import Curves
from rnn_tui.tui.renderables.axes import Range, labels, round_up, ticks
from rnn_tui.tui.renderables.lines import fill, sentence
from rnn_tui.tui.renderables.loss.curves import draw_curves, rows_of
from rnn_tui.tui.renderables.loss.losses import Guide
from rnn_tui.tui.renderables.loss.time_bar import column, draw_bar, looks_back
from rnn_tui.tui.renderables.numbers import compact
from rnn_tui.tui.renderables.raster import DIM, HERE, Raster
from rnn_tui.tui.theme.palette import Palette

_NARROWEST, _LOWEST = 10, 2
"""Cells of a plot that still says something."""

_X_NAME = " updates"


@dataclass(frozen=True, eq=False, slots=True)
class Moment:
    """Where in training time the picture is taken."""

    past: Past | None = None
    update: int = 0
    ghosts: tuple[Ghost, ...] = ()
    """Other branches, in the unit of the curves."""
    refused: tuple[int, float] | None = None
    """An update that was not made, with its loss in that unit."""

    @property
    def last(self) -> float:
        """The last update of any branch drawn."""
        ends = [float(ghost.update[-1]) for ghost in self.ghosts if ghost.update.size]
        return max(ends, default=0.0)


NOW = Moment()


def draw(
    curves: Curves,
    levels: tuple[Guide, ...],
    over: Range,
    width: int,
    height: int,
    palette: Palette,
    moment: Moment = NOW,
) -> list[Strip]:
    """Draw curves and guide lines (all in one unit) into `height` lines of `width` cells."""
    rows = height - 2 if height >= 7 else height - 1
    values = ticks(over, max((rows + 1) // 2, 2))
    names = labels(values, log=over.log)
    left = max([4, *map(len, names)]) + 1
    if width - left < _NARROWEST or rows < _LOWEST:
        return sentence("No room for the loss curve.", width, height, palette.dim)
    raster = Raster.blank(width, height)
    end = round_up(max(moment.last, float(curves.update.max(initial=0.0)), 10.0))
    _left_axis(raster.part(0, rows), left, over, values, names)
    _bottom_axis(raster, left, rows, end)
    plot = raster.part(left, rows)
    draw_curves(plot, curves, levels, over, end, moment.ghosts, moment.refused)
    if moment.past and looks_back(moment.past, moment.update):
        draw_bar(raster.line(left, rows), moment.past, moment.update, end)
        plot.roles[:, column(moment.update, end, plot.width)] = HERE
    return fill(raster.lines(palette), width, height)


def _left_axis(
    raster: Raster, left: int, over: Range, values: list[float], names: list[str]
) -> None:
    for y in range(raster.height):
        raster.write(y, left - 1, "│", DIM)
    places = rows_of(over.place(np.array(values)), raster.height)
    for y, name in zip(places, names, strict=True):
        raster.write(y, 0, name.rjust(left - 1) + "┤", DIM)


def _bottom_axis(raster: Raster, left: int, rows: int, end: float) -> None:
    """Draw the axis of updates, its numbers below it or, where that is all there is, in it."""
    plot = raster.width - left
    raster.write(rows, left - 1, "└" + "─" * plot, DIM)
    room = raster.width
    if plot >= 3 * len(_X_NAME):
        room -= len(_X_NAME)
        raster.write(raster.height - 1, room, _X_NAME, DIM)
    for value in ticks(Range(0.0, end), max(plot // 8, 1)):
        name = compact(value)
        x = left + round(value / end * (plot - 1))
        start = min(x - len(name) // 2, raster.width - len(name))
        if raster.height > rows + 1:
            raster.write(rows, x, "┬" if value else "┼", DIM)
        if value and start + len(name) <= room:
            raster.write(raster.height - 1, start, name, DIM)
