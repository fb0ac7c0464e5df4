"""What charts of losses share: axes, guide lines with their names, places of values."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from rich.cells import cell_len

from rnn_tui.protocol.snapshot import Floats
from rnn_tui.tui.renderables.axes import Range, along_labels, labels, ticks
from rnn_tui.tui.renderables.braille import columns, connect
from rnn_tui.tui.renderables.lines import fitting
from rnn_tui.tui.renderables.loss.losses import Guide
from rnn_tui.tui.renderables.numbers import significant
from rnn_tui.tui.renderables.raster import BAND, DIM, VALIDATION, Raster

_NARROWEST, _LOWEST = 10, 2
"""Cells of a plot that still says something."""
_LABEL_STEP = 4
"""Cells a guide line's name moves at a time, so that it stays where it is for a while."""


@dataclass(frozen=True, slots=True)
class Axes:
    """The axis of losses at the left and that of the run at the bottom, around a plot."""

    over: Range
    rows: int
    """Lines of the plot."""
    left: int
    """Columns before it."""
    values: list[float]
    names: list[str]

    @classmethod
    def fitting(cls, over: Range, width: int, height: int, margin: int = 0) -> "Axes | None":
        """Return the axes of a chart of `height` lines of `width` cells; None: there is no room.

        Args:
            over: What the y axis shows.
            width: Of everything.
            height: Of everything.
            margin: Cells to be left free at the right of the plot.
        """
        rows = height - 2 if height >= 7 else height - 1
        values = ticks(over, max((rows + 1) // 2, 2))
        names = labels(values, log=over.log)
        left = max([4, *map(len, names)]) + 1
        if width - left - margin < _NARROWEST or rows < _LOWEST:
            return None
        return cls(over, rows, left, values, names)

    def draw(self, raster: Raster, along: Range, unit: Sequence[str], margin: int = 0) -> None:
        """Draw both axes.

        Args:
            raster: Where, as wide and high as at `fitting`.
            along: What of the bottom axis the plot shows.
            unit: What the bottom axis counts, at length and in short.
            margin: As at `fitting`.
        """
        self._draw_left(raster.part(0, self.rows))
        name = fitting((raster.width - self.left) // 3 - 1, *unit)
        self._draw_bottom(raster, along, f" {name}", margin)

    def _draw_left(self, raster: Raster) -> None:
        for y in range(raster.height):
            raster.write(y, self.left - 1, "│", DIM)
        places = rows_of(self.over.place(np.array(self.values)), raster.height)
        for y, name in zip(places, self.names, strict=True):
            raster.write(y, 0, name.rjust(self.left - 1) + "┤", DIM)

    def _draw_bottom(self, raster: Raster, along: Range, name: str, margin: int) -> None:
        """Draw the axis, its numbers below it or, where that is all there is, in it."""
        left, rows, plot = self.left, self.rows, raster.width - self.left - margin
        raster.write(rows, left - 1, "└" + "─" * plot, DIM)
        room = left + plot
        if plot + margin >= 3 * cell_len(name):
            start = raster.width - cell_len(name)
            room = min(room, start)
            raster.write(raster.height - 1, start, name, DIM)
        for value, number in bottom_ticks(along, plot):
            x = left + column(value, along, plot)
            start = min(x - len(number) // 2, left + plot - len(number))
            if raster.height > rows + 1:
                raster.write(rows, x, "┬" if value else "┼", DIM)
            if value and start + len(number) <= room:
                raster.write(raster.height - 1, start, number, DIM)


class GuideLines:
    """The levels that the axis shows; their lines lie below the curves, their names beside them."""

    def __init__(self, plot: Raster, levels: tuple[Guide, ...], over: Range) -> None:
        self._plot = plot
        self._shown = [guide for guide in levels if over.low <= guide.value <= over.high]
        places = over.place(np.array([guide.value for guide in self._shown]))
        self._rows = rows_of(places, plot.height)

    def draw(self) -> None:
        """Draw the lines."""
        for y in self._rows:
            self._plot.write(y, 0, "┄" * self._plot.width, DIM)

    def name(self, after: str = "") -> None:
        """Name each: at its right end or, where a curve runs, farther left or beside it.

        Args:
            after: What stands after a name at the right end.
        """
        for y, guide in zip(self._rows, self._shown, strict=True):
            self._name(y, guide, after)

    def _name(self, y: int, guide: Guide, after: str) -> None:
        plot, text = self._plot, f" {guide.label} {significant(guide.value)}{after}"
        role = VALIDATION if guide.held_out else DIM
        free = (row for row in (y - 1, y + 1) if 0 <= row < plot.height and row not in self._rows)
        for row in (y, *free):
            for x in range(plot.width - cell_len(text), 0, -_LABEL_STEP):
                gap = " " * (x + cell_len(text) < plot.width and not after)
                if write_free(plot, row, x, text + gap, role):
                    return


def rows_of(places: Floats, rows: int) -> list[int]:
    """Turn places from 0 to 1 into rows from the top."""
    dots = 4 * rows
    return [(dots - 1 - round(place * (dots - 1))) // 4 for place in places.tolist()]


def places_of(over: Range, losses: Floats) -> Floats:
    """Return where losses lie on the axis, 0 to 1; NaN where one is not finite."""
    return np.where(np.isfinite(losses), over.place(losses), np.nan)


def bottom_ticks(along: Range, width: int) -> list[tuple[float, str]]:
    """Return values of the bottom axis with their names, as many as there is room for."""
    for room in (8, 12, 16):
        values = ticks(along, max(width // room, 1))
        names = along_labels(values)
        if max(map(len, names), default=0) <= room - 3:
            break
    return list(zip(values, names, strict=True))


def column(at: float, along: Range, width: int) -> int:
    """Return the column in which a line has its dot at a value of the bottom axis.

    Args:
        at: The value; one that is not seen is at the edge.
        along: What of the axis is seen.
        width: Columns of the plot.
    """
    dots = 2 * width - 1
    return round(min(max(along.share(at), 0.0), 1.0) * dots) // 2


def line_of(at: Floats, places: Floats, width: int) -> tuple[Floats, Floats]:
    """Return bottom and top of a line in every column of dots, for a plot of `width` cells."""
    return connect(*columns(at, places, places, 2 * width))


def write_free(plot: Raster, y: int, x: int, text: str, role: int) -> bool:
    """Write `text` unless it would hide a curve, a mark or another word."""
    free = plot.free(y, x, cell_len(text), below=(DIM, BAND))
    if free:
        plot.write(y, x, text, role)
    return free


def write_middle(plot: Raster, text: str) -> None:
    """Write into an empty plot what will be there."""
    write_free(plot, plot.height // 2, (plot.width - cell_len(text)) // 2, text, DIM)


def write_highest(
    plot: Raster, at: Floats, losses: Floats, over: Range, along: Range, role: int
) -> None:
    """Say how high the highest of some losses is, if it is cut at the top edge."""
    told = np.where(np.isnan(losses), -np.inf, losses)
    if not told.size or (highest := float(told.max())) <= over.high * (1 + 1e-9):
        return
    text = f"↑{significant(highest)}"
    x = column(float(at[int(told.argmax())]), along, plot.width)
    for y, gap in product((0, 1), (1, 2, 3)):
        if write_free(plot, y, x + gap, text, role):
            return
        if write_free(plot, y, x + 1 - gap - len(text), text, role):
            return
