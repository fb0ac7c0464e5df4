"""The losses of several networks: a line each, named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal

import numpy as np
from textual.strip import Strip

from rnn_tui.protocol.race import EntrantView, RaceView
from rnn_tui.protocol.snapshot import Floats, RunInfo
from rnn_tui.tui.renderables.axes import Range, round_up
from rnn_tui.tui.renderables.braille import Dots, spans
from rnn_tui.tui.renderables.lines import cut, fill, sentence
from rnn_tui.tui.renderables.loss.losses import (
    SPIKE,
    UNITS,
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
    column,
    line_of,
    places_of,
    rows_of,
    write_free,
    write_highest,
)
from rnn_tui.tui.renderables.race.forms import form
from rnn_tui.tui.renderables.race.names import narrow, rows_apart, told_apart
from rnn_tui.tui.renderables.raster import DIM, FIRST_CURVE, STRONG, WRONG, Raster
from rnn_tui.tui.theme.palette import CURVES, Palette

Along = Literal["updates", "characters", "seconds at work"]
"""What the bottom axis counts."""

FIRST = "the curves begin with the first update"
_GUIDES = ("uniform", "bigram")
_LEAST = 10
"""Updates that the axis shows at least."""
_STEP = 4
"""Cells that a name moves to the right at a time where no row is free."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve:
    """The smoothed losses of one network."""

    number: int
    """By which it has form and color."""
    name: str
    at: Floats
    """On the bottom axis (N,)."""
    losses: Floats
    """In the unit shown (N,)."""
    chosen: bool
    broken: bool
    """Whether it has diverged."""

    @property
    def role(self) -> int:
        """The number of its role of color."""
        return FIRST_CURVE + self.number % len(CURVES)

    @property
    def end(self) -> tuple[float, float] | None:
        """Where it ends; None: it has not begun."""
        known = np.flatnonzero(np.isfinite(self.losses))
        return (float(self.at[known[-1]]), float(self.losses[known[-1]])) if known.size else None


def curves_of(race: RaceView, along: Along, unit: Unit) -> list[Curve]:
    """Return the curve of every network."""
    tell = UNITS[unit]
    return [
        Curve(
            entrant.number,
            entrant.name,
            _along(entrant, race, along),
            tell(entrant.curves.smoothed),
            chosen=place == race.chosen,
            broken=entrant.state == "diverged",
        )
        for place, entrant in enumerate(race.entrants)
    ]


def _along(entrant: EntrantView, race: RaceView, along: Along) -> Floats:
    if along == "seconds at work":
        return entrant.seconds
    return entrant.curves.update * (race.characters if along == "characters" else 1)


def levels_of(info: RunInfo, unit: Unit) -> tuple[Guide, ...]:
    """Return the levels that every network of the race can be compared with."""
    return tuple(guide for guide in guides(info, unit) if guide.label in _GUIDES)


def wanted_range(curves: Sequence[Curve], levels: Sequence[Guide], *, log: bool) -> Range:
    """Return the range that holds the curves; one that diverged does not press the others flat."""
    known = np.array([guide.value for guide in levels])
    calm = finite(known, *(curve.losses for curve in curves if not curve.broken))
    every = finite(known, *(curve.losses for curve in curves))
    return rounded(min(largest(every), SPIKE * largest(calm)), every, log=log)


def least_end(race: RaceView, along: Along) -> float:
    """Return how far the bottom axis reaches at least."""
    least = {"updates": _LEAST, "characters": _LEAST * race.characters}
    return float(least.get(along, 0.1))


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
        return sentence("No room for the curves.", width, height, palette.dim)
    raster = Raster.blank(width, height)
    end = round_up(max(least, *(float(curve.at.max(initial=0.0)) for curve in curves)))
    axes.draw(raster, end, along, margin)
    field = raster.part(axes.left, axes.rows)
    plot = raster.part(axes.left, axes.rows, width - margin)
    guide_lines = GuideLines(plot, levels, over)
    guide_lines.draw()
    _draw_lines(plot, curves, over, end)
    _name_ends(field, plot.width, curves, names, over, end)
    for curve in curves:
        write_highest(plot, curve.at, curve.losses, over, end, curve.role)
    if not any(curve.end for curve in curves):
        write_free(plot, plot.height // 2, (plot.width - len(FIRST)) // 2, FIRST, DIM)
    guide_lines.name(after=" ")
    return fill(raster.lines(palette), width, height)


def _draw_lines(plot: Raster, curves: Sequence[Curve], over: Range, end: float) -> None:
    """Draw every line, the chosen one last; in a cell of several all dots stay."""
    ordered = sorted(curves, key=lambda curve: curve.chosen)
    lines = [_dots(curve, over, end, plot) for curve in ordered]
    drawn: Dots = np.logical_or.reduce(lines)
    plot.dots(drawn, DIM)
    for curve, dots in zip(ordered, lines, strict=True):
        halves = dots[:, ::2] | dots[:, 1::2]
        plot.roles[halves[::4] | halves[1::4] | halves[2::4] | halves[3::4]] = curve.role


def _dots(curve: Curve, over: Range, end: float, plot: Raster) -> Dots:
    """Return the line's dots; its last one is always there, be it the only one."""
    low, high = line_of(curve.at / end, places_of(over, curve.losses), plot.width)
    shown = form(curve.number, 2 * plot.width)
    shown[np.flatnonzero(np.isfinite(low))[-1:]] = True
    dots: Dots = spans(low, high, 4 * plot.height) & shown
    return dots


def _name_ends(
    field: Raster,
    width: int,
    curves: Sequence[Curve],
    names: Sequence[str],
    over: Range,
    end: float,
) -> None:
    """Write each name after the end of its line, beside it or a little above or below.

    Args:
        field: The plot, `width` columns of it, and the room for names beside it.
        width: Columns of the plot.
        curves: Of every network.
        names: Theirs.
        over: What the y axis shows.
        end: Where the bottom axis ends.
    """
    ended = [(curve, name, curve.end) for curve, name in zip(curves, names, strict=True)]
    spots, written = [], []
    for curve, name, last in ended:
        if last is None:
            continue
        x = column(last[0], end, width)
        place = float(over.place(np.array([last[1]]))[0])
        if curve.broken:
            field.write(rows_of(np.array([place]), field.height)[0], x, "✗", WRONG)
        text = ("▸" if curve.chosen else " ") + name
        text = cut(text, field.width - x - 1)
        spots.append(((1 - place) * (field.height - 1), float(x), float(x + 2 + len(text))))
        written.append((curve, text, x + 1))
    for (curve, text, x), row in zip(written, rows_apart(spots, field.height), strict=True):
        _write_near(field, row, x, text, curve.role)


def _write_near(field: Raster, row: int, x: int, text: str, role: int) -> None:
    """Write a name where it hides nothing: in the row nearest to `row`, else farther right."""
    rows = sorted(range(field.height), key=lambda y: abs(y - row))
    last = max(field.width - len(text), 0)
    for left, y in product((*range(x, last, _STEP), last), rows):
        gap = " " * (left + len(text) < field.width)
        if write_free(field, y, left, text + gap, role):
            if text.startswith("▸"):
                field.write(y, left, "▸", STRONG)
            return
