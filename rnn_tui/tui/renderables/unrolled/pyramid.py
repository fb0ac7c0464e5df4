"""Dilated convolutions as a pyramid above the text: what the marked time step is made of."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
from rich.style import Style
from textual.strip import Strip

from rnn_tui.language import tr, tr_of
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.figure_layout import BOX
from rnn_tui.tui.renderables.lines import fitting
from rnn_tui.tui.renderables.numbers import percent
from rnn_tui.tui.renderables.unrolled import compared
from rnn_tui.tui.renderables.unrolled.boxes import MIDDLE, REVERSE, FigureOptions, fixed
from rnn_tui.tui.renderables.unrolled.figure import Figure, drawn
from rnn_tui.tui.renderables.unrolled.pyramid_layout import (
    LEFT,
    NUMBERS,
    PLAIN,
    RIGHT,
    SHARES,
    PyramidLayout,
)
from rnn_tui.tui.renderables.unrolled.said import said_instead
from rnn_tui.tui.renderables.unrolled.window import words
from rnn_tui.tui.renderables.unrolled.words import Word
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

Taps = Sequence[Sequence[int]]
"""For each layer, how many time steps back each of its taps reads."""

LOWEST = PLAIN + 4
SHADES = " ░▒▓█"
UP, DOWN, WEST, EAST = 1, 2, 4, 8
JOINTS = " │││─┘┐┤─└┌├─┴┬┼"
"""The line in a cell, by the sum of the sides that it leads to."""


def draw(
    part: Unrolled,
    symbols: Sequence[str],
    layout: PyramidLayout,
    options: FigureOptions,
    taps: Taps,
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw one unit of every layer at the time steps of `part`, and what the marked one sees."""
    if instead := said_instead(part, width, height, palette, LEFT + RIGHT + BOX, LOWEST):
        return instead
    return drawn(Pyramid(part, symbols, layout, options, palette, scale, taps), width, height)


def cone(taps: Taps, step: int) -> list[set[int]]:
    """Return the time steps that one is made of: among the symbols, then layer by layer."""
    seen = [{step}]
    for layer in reversed(taps):
        seen.append({s - back for s in seen[-1] for back in layer if back <= s})
    return seen[::-1]


def joints(links: Iterable[tuple[int, Iterable[int]]]) -> dict[int, str]:
    """Return the lines of a row, by column, that lead from each of some places down to others."""
    sides: dict[int, int] = {}
    for above, places in links:
        below = list(places)
        ends = [above, *below]
        for x in range(min(ends), max(ends) + 1):
            west, east = WEST * (x > min(ends)), EAST * (x < max(ends))
            side = UP * (x == above) | DOWN * (x in below) | west | east
            sides[x] = sides.get(x, 0) | side
    return {x: JOINTS[side] for x, side in sides.items()}


class Pyramid(Figure):
    """The figure while it is being drawn, from the top down."""

    layout: PyramidLayout

    def __init__(
        self,
        part: Unrolled,
        symbols: Sequence[str],
        layout: PyramidLayout,
        options: FigureOptions,
        palette: Palette,
        scale: Diverging,
        taps: Taps,
    ) -> None:
        super().__init__(part, symbols, layout, options, palette, scale)
        self.taps = taps
        self.seen = cone(taps, options.cursor)
        self.here = options.cursor - part.first
        self.marked = 0 <= self.here < len(self.columns)

    def draw(self, canvas: Canvas) -> None:
        """Draw everything."""
        y = self._line(canvas, 0, tr("target"), self._target)
        for column in self.columns:
            right = self.layout.cell(column) + self.layout.pitch - 1
            canvas.put(right, 0, self.sign(column), self.palette.text)
        unit = " %" if self.layout.pitch >= SHARES else ""
        if self.part.unchanged and self.layout.compared:
            was = tr("before")
            y = self._line(canvas, y, f"{was}{unit}", lambda column: self._share(column, self.was))
        y = self._line(canvas, y, tr("p(target)") + unit, self._share)
        y = self._box(canvas, y)
        count = len(self.taps)
        for layer in reversed(range(count - self.layout.layers, count)):
            y = self._layer(canvas, y, layer)
        y = self._line(canvas, y, tr("input"), self._symbol)
        y = self._line(canvas, y, tr_of("time", "step"), self._number)
        hidden = max(self.part.first - self.options.cursor + self._reach - 1, 0)
        said = words(self._reach, self.options.cursor, hidden)
        if self.layout.layers < count:
            self._name(canvas, y, tr("+{count} layers", count=count - self.layout.layers))
        room = canvas.width - self.layout.left - LEFT
        canvas.put(self.layout.left + LEFT, y, fitting(room, *said), self.palette.dim)

    @property
    def _reach(self) -> int:
        return 1 + sum(layer[0] for layer in self.taps)

    def _line(self, canvas: Canvas, y: int, name: str, word: Word) -> int:
        self._name(canvas, y, name)
        for column in self.columns:
            text, style = word(column)
            canvas.center(self.layout.middle(column), y, text, style)
        return y + 1

    def _share(self, column: int, part: Unrolled | None = None) -> tuple[str, Style]:
        p = float((part or self.part).target_probs[column])
        if p != p:
            return "–", self.palette.dim
        if self.layout.pitch >= SHARES:
            return percent(p), self.palette.text
        return SHADES[math.ceil(p * (len(SHADES) - 1))], self.palette.shade(p)

    def _symbol(self, column: int) -> tuple[str, Style]:
        now, was = (self._glyph(int(part.inputs[column])) for part in (self.part, self.was))
        glyph, step = (now + compared.moved(now, was)).rstrip(), self.part.first + column
        if step == self.options.cursor:
            return glyph, REVERSE
        return glyph, self.palette.strong if step in self.seen[0] else self.palette.dim

    def _number(self, column: int) -> tuple[str, Style]:
        step = self.part.first + column + 1
        shown = self.layout.pitch > SHARES or step % 5 == 0
        return str(step) if shown else "", self.palette.dim

    def _box(self, canvas: Canvas, y: int) -> int:
        """Draw the marked time step's logits as near above it as there is room."""
        layout, below = self.layout, y + self.layout.symbols + 2
        self._name(canvas, y + 1, tr("probs") if self.options.probabilities else tr("logits"))
        self._name(canvas, y + 2, "W ↑", self.palette.forward)
        if self.marked:
            at = layout.middle(self.here)
            x = min(max(at - MIDDLE, layout.left + LEFT), canvas.width - BOX)
            self._logits_of(canvas, x, y, self.here)
            if layout.wires:
                self._lines(canvas, below, joints([(x + MIDDLE, [at])]))
        return below + layout.wires

    def _beside(self, canvas: Canvas) -> bool:
        """Tell whether there are numbers of before; one box is all there is, so it has room."""
        return self.part.unchanged is not None

    def _layer(self, canvas: Canvas, y: int, layer: int) -> int:
        layout, taps = self.layout, self.taps[layer]
        apart = f" d {taps[-2]}" if len(taps) > 1 else ""
        self._name(canvas, y, tr("layer {layer}", layer=layer + 1) + apart)
        values = self.part.layers[layer]["h"][:, 0].astype(np.float64)
        limit = max(1.0, float(np.abs(values).max(initial=0.0)))
        before = self.was.layers[layer]["h"][:, 0].astype(np.float64)
        inner = layout.pitch - 2
        for column in self.columns:
            x, share = layout.cell(column), float(values[column]) / limit
            text, style = self.scale.cell(share, inner)
            if layout.pitch >= NUMBERS:
                text = fixed(float(values[column])).center(inner)
            if abs(values[column] - before[column]) >= compared.APART:
                style += compared.UNDERLINED
            if self.part.first + column in self.seen[layer + 1]:
                canvas.put(x, y, "[", self.palette.strong)
                canvas.put(x + 1 + inner, y, "]", self.palette.strong)
            canvas.put(x + 1, y, text, style)
        if self.marked and layout.pitch < NUMBERS:
            told = f"{fixed(float(values[self.here]))}‹"
            canvas.put(layout.cell(len(self.columns)) + 1, y, told, self.palette.text)
        if layout.wires:
            self._taps(canvas, y + 1, layer)
        return y + 1 + layout.wires

    def _taps(self, canvas: Canvas, y: int, layer: int) -> None:
        """Draw what the marked time step's cone reads of the row below."""
        layout, first = self.layout, self.part.first
        links, edge = [], layout.left + LEFT - 1
        for step in self.seen[layer + 1]:
            below = [step - back for back in self.taps[layer] if back <= step]
            if first <= step < first + len(self.columns):
                places = {layout.middle(s - first) if s >= first else edge for s in below}
                links.append((layout.middle(step - first), places))
        lines = joints(links)
        if edge in lines:
            lines[edge] = "←"
        self._lines(canvas, y, lines)

    def _lines(self, canvas: Canvas, y: int, lines: dict[int, str]) -> None:
        for x, glyph in lines.items():
            canvas.put(x, y, glyph, self.palette.forward)
