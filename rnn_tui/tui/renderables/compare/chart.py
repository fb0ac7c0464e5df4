"""The curves of all runs on one chart, each with its number at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.tui.renderables.axes import Range
from rnn_tui.tui.renderables.lines import fill, sentence
from rnn_tui.tui.renderables.loss.plot import (
    Axes,
    column,
    places_of,
    write_free,
    write_highest,
    write_middle,
)
from rnn_tui.tui.renderables.race.chart import draw_lines
from rnn_tui.tui.renderables.race.curve import Curve
from rnn_tui.tui.renderables.race.ends import Spot, rows_apart
from rnn_tui.tui.renderables.raster import STRONG, Raster
from rnn_tui.tui.theme.palette import Palette


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn."""

    curves: Sequence[Curve]
    """What is seen of each run; its name is the number at its end."""
    over: Range
    """What the y axis shows."""
    along: Range
    """What is seen of the bottom axis."""
    counted: str
    """What that counts."""
    cursor: float | None = None

    def axes(self, width: int, height: int) -> Axes | None:
        """Return the axes around the plot; None: there is no room."""
        return Axes.fitting(self.over, width, height, self.margin)

    @property
    def margin(self) -> int:
        """Cells at the right, for the numbers."""
        return max((len(curve.name) for curve in self.curves), default=0) + 2


def draw(picture: Picture, width: int, height: int, palette: Palette) -> list[Strip]:
    """Draw it into `height` lines of `width` cells."""
    axes, margin = picture.axes(width, height), picture.margin
    if axes is None:
        return sentence(tr("No room for the curves."), width, height, palette.dim)
    raster = Raster.blank(width, height)
    axes.draw(raster, picture.along, [picture.counted], margin)
    field = raster.part(axes.left, axes.rows)
    plot = raster.part(axes.left, axes.rows, width - margin)
    there = [curve for curve in picture.curves if curve.end]
    if there:
        draw_lines(plot, there, picture.over, picture.along, whole=True)
        for curve in sorted(there, key=lambda curve: not curve.chosen):
            write_highest(plot, curve.at, curve.losses, picture.over, picture.along, curve.role)
        _number(field, plot.width, there, picture)
    else:
        write_middle(plot, tr("nothing of the shown runs lies here"))
    cursor = picture.cursor
    if cursor is not None and picture.along.low <= cursor <= picture.along.high:
        x = column(cursor, picture.along, plot.width)
        free = plot.characters[:, x] == " "  # the curves cross it
        plot.characters[free, x], plot.roles[free, x] = "│", STRONG
    return fill(raster.lines(palette), width, height)


def _number(field: Raster, width: int, curves: Sequence[Curve], picture: Picture) -> None:
    """Write the number of each curve after its end, the marked one's first, where there is room."""
    ends = [curve.end or (0.0, 0.0) for curve in curves]
    places = places_of(picture.over, np.array([loss for _, loss in ends]))
    wanted = (1 - places) * (field.height - 1 / 4) - 3 / 8
    texts = [("▸" if curve.chosen else " ") + curve.name for curve in curves]
    starts = [column(at, picture.along, width) + 1 for at, _ in ends]
    spots: list[Spot] = [
        (row, x - 1.0, x + len(text) + 1.0)
        for row, x, text in zip(wanted.tolist(), starts, texts, strict=True)
    ]
    rows = rows_apart(spots, field.height)
    every = zip(curves, rows, starts, texts, strict=True)
    for curve, row, x, text in sorted(every, key=lambda one: not one[0].chosen):
        write_free(field, row, x, text, curve.role)
