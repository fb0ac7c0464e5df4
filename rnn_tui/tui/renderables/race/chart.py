"""The losses of several networks: a line each, named at its end."""

from collections.abc import Sequence

import numpy as np
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.renderables.axes import Range, round_up
from rnn_tui.tui.renderables.braille import Dots, spans
from rnn_tui.tui.renderables.lines import fill, sentence
from rnn_tui.tui.renderables.loss.losses import (
    SPIKE,
    Guide,
    Unit,
    finite,
    guides,
    largest,
    rounded,
)
from rnn_tui.tui.renderables.loss.plot import (
    Axes,
    GuideLines,
    line_of,
    places_of,
    write_highest,
    write_middle,
)
from rnn_tui.tui.renderables.race.curve import ALONG, Along, Curve
from rnn_tui.tui.renderables.race.ends import name_ends
from rnn_tui.tui.renderables.race.forms import form
from rnn_tui.tui.renderables.race.names import told_apart
from rnn_tui.tui.renderables.raster import DIM, Raster, narrow
from rnn_tui.tui.theme.palette import Palette

FIRST = mark("the curves begin with the first update")
_GUIDES = ("uniform", "bigram")


def levels_of(info: RunInfo, unit: Unit) -> tuple[Guide, ...]:
    """Return the levels that every network of the race can be compared with."""
    return tuple(guide for guide in guides(info, unit) if guide.label in _GUIDES)


def wanted_range(curves: Sequence[Curve], levels: Sequence[Guide], *, log: bool) -> Range:
    """Return the range that holds the curves; one that diverged does not press the others flat."""
    known = np.array([guide.value for guide in levels])
    calm = finite(known, *(curve.losses for curve in curves if not curve.broken))
    every = finite(known, *(curve.losses for curve in curves))
    return rounded(min(largest(every), SPIKE * largest(calm)), every, log=log)


def draw(
    curves: Sequence[Curve],
    levels: tuple[Guide, ...],
    over: Range,
    along: Along,
    least: float,
    width: int,
    height: int,
    palette: Palette,
) -> list[Strip]:
    """Draw curves and guide lines (all in one unit) into `height` lines of `width` cells.

    Args:
        curves: Of every network.
        levels: Guide lines.
        over: What the y axis shows.
        along: What the bottom axis counts.
        least: How far that reaches at least.
        width: Cells.
        height: Lines.
        palette: Colors.
    """
    names = told_apart([narrow(curve.name) for curve in curves], width // 4)
    margin = min(max(map(len, names), default=0) + 2, width // 4)
    axes = Axes.fitting(over, width, height, margin)
    if axes is None:
        return sentence(tr("No room for the curves."), width, height, palette.dim)
    raster = Raster.blank(width, height)
    end = round_up(max(least, *(float(curve.at.max(initial=0.0)) for curve in curves)))
    bottom = Range(0.0, end)
    axes.draw(raster, bottom, [tr(name) for name in ALONG[along]], margin)
    field = raster.part(axes.left, axes.rows)
    plot = raster.part(axes.left, axes.rows, width - margin)
    guide_lines = GuideLines(plot, levels, over)
    guide_lines.draw()
    draw_lines(plot, curves, over, bottom)
    name_ends(field, plot.width, curves, names, over, bottom)
    for curve in curves:
        write_highest(plot, curve.at, curve.losses, over, bottom, curve.role)
    if not any(curve.end for curve in curves):
        write_middle(plot, tr(FIRST))
    guide_lines.name(after=" ")
    return fill(raster.lines(palette), width, height)


def draw_lines(
    plot: Raster, curves: Sequence[Curve], over: Range, along: Range, *, whole: bool = False
) -> None:
    """Draw every line, the chosen one last; in a cell of several all dots stay.

    Args:
        plot: Where.
        curves: At least one.
        over: What the y axis shows.
        along: What of the bottom axis is seen.
        whole: Whether the chosen line has all of its dots, whatever its form.
    """
    ordered = sorted(curves, key=lambda curve: curve.chosen)
    lines = [_dots(one, over, along, plot, whole=whole and one.chosen) for one in ordered]
    drawn: Dots = np.logical_or.reduce(lines)
    plot.dots(drawn, DIM)
    for curve, dots in zip(ordered, lines, strict=True):
        halves = dots[:, ::2] | dots[:, 1::2]
        plot.roles[halves[::4] | halves[1::4] | halves[2::4] | halves[3::4]] = curve.role


def _dots(curve: Curve, over: Range, along: Range, plot: Raster, *, whole: bool) -> Dots:
    """Return the line's dots; its last one is always there, be it the only one."""
    low, high = line_of(along.place(curve.at), places_of(over, curve.losses), plot.width)
    shown = form(curve.number, 2 * plot.width) | whole
    shown[np.flatnonzero(np.isfinite(low))[-1:]] = True
    dots: Dots = spans(low, high, 4 * plot.height) & shown
    return dots
