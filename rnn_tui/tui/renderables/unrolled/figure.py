"""The network unrolled in time, as the textbooks draw it; read from below, time runs right."""

from collections.abc import Sequence

import numpy as np
from rich.style import Style
from textual.strip import Strip

from rnn_tui.language import mark, tr, tr_of
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.tui.renderables import chance
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.figure_layout import BOX, LOWEST, NARROWEST, Layout
from rnn_tui.tui.renderables.lines import fill
from rnn_tui.tui.renderables.unrolled import compared, folded
from rnn_tui.tui.renderables.unrolled.boxes import MIDDLE, NUMBER, FigureOptions, fixed
from rnn_tui.tui.renderables.unrolled.said import said_instead
from rnn_tui.tui.renderables.unrolled.words import UNKNOWN, Words
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette


def draw(
    part: Unrolled,
    symbols: Sequence[str],
    layout: Layout,
    options: FigureOptions,
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw the time steps of `part` into `height` lines of `width` cells."""
    if instead := said_instead(part, width, height, palette, NARROWEST, LOWEST):
        return instead
    return drawn(Figure(part, symbols, layout, options, palette, scale), width, height)


def drawn(figure: "Figure", width: int, height: int) -> list[Strip]:
    """Draw a figure into the middle of `height` lines; under it what its marks mean."""
    canvas = Canvas(width, figure.height)
    figure.draw(canvas)
    above = max((height - figure.height) // 2, 0)
    strips = [*[Strip.blank(width)] * above, *canvas.strips()]
    if any(map(figure.sign, figure.columns)):
        strips.append(chance.explained(width, figure.palette))
    return fill(strips, width, height)


class Figure(Words):
    """The figure while it is being drawn, from the top down."""

    READ, UP = mark("input"), "W_hy ↑"
    """What the row of symbols is called, and the matrix that makes logits."""

    @property
    def height(self) -> int:
        """Rows of the whole figure."""
        return self.layout.height

    def draw(self, canvas: Canvas) -> None:
        """Draw everything."""
        y = self._row(canvas, 0, tr("target"), self._target)
        if self.part.unchanged and self.layout.compared:
            y = self._expected(canvas, y, tr("before"), self.was)
            y = self._expected(canvas, y, tr("now"), self.part)
        tops = [y]
        y = self._logits(canvas, y)
        count = len(self.part.layers)
        layers = range(count) if self.layout.layers == count else [self.options.layer % count]
        for layer in reversed(layers):
            tops.append(y)
            y = self._hidden(canvas, y, layer, numbered=count > 1)
        roomy = self.layout.plain > 3
        if roomy:
            y = self._row(canvas, y, tr("one-hot"), self._one_hot)
        ups = [up.removesuffix(" ↑") for up in (self.UP, *map(self._up, reversed(layers)))]
        folded.draw(canvas, self.layout, tops, y, self.options.carried, ups, self.palette)
        y = self._row(canvas, y, tr(self.READ), self._input)
        y = self._row(canvas, y, tr("loss"), self._loss)
        if roomy:
            self._row(canvas, y, tr_of("time", "step"), self._step)

    def _logits(self, canvas: Canvas, y: int) -> int:
        rows = self.layout.symbols
        self._name(canvas, y + 1, tr("probs") if self.options.probabilities else tr("logits"))
        self._name(canvas, y + 2, self.UP, self.palette.forward)
        for column in self.columns:
            self._logits_of(canvas, self.layout.box(column), y, column)
        return self._wires(canvas, y + rows + 2)

    def _logits_of(self, canvas: Canvas, x: int, y: int, column: int) -> None:
        self._frame(canvas, x, y, self.layout.symbols, down=True, up=False)
        probabilities, beside = self.options.probabilities, self._beside(canvas)
        if beside:
            canvas.put(x + BOX, y, tr("before").rjust(NUMBER), self.palette.dim)
        if self.options.covered:
            for row in range(y + 1, y + 1 + self.layout.symbols):
                canvas.center(x + MIDDLE, row, UNKNOWN, self.palette.unknown)
            return
        for row, (id, value, style, sign) in enumerate(self._ranked(column), y + 1):
            before = compared.number_of(self.was, column, id, probabilities=probabilities)
            text, was = fixed(value), fixed(before)
            canvas.right(x - 1, row, self._glyph(id), style)
            canvas.put(x + 1, row, f" {text}{sign}{compared.moved(text, was)}", style)
            if beside:
                canvas.put(x + BOX, row, was, self.palette.dim)

    def _ranked(self, column: int) -> list[tuple[int, float, Style, str]]:
        """Return symbol, number, style and mark of every row of a box of logits."""
        part, palette, rows = self.part, self.palette, self.layout.symbols
        chosen = part.probs if self.options.probabilities else part.logits
        ids, values = part.top_ids[column], chosen[column]
        if len(ids) > rows or len(ids) < len(self.symbols):
            order = np.argsort(-part.logits[column], kind="stable")[:rows]
            ids, values = ids[order], values[order]
        found = list(zip(ids.tolist(), values.tolist(), strict=True))
        target = int(part.targets[column])
        favorite = int(part.top_ids[column][np.argmax(part.logits[column])])
        if target < 0:
            return [(id, v, palette.text, "▸" if id == favorite else " ") for id, v in found]
        if target not in ids:
            known = part.target_probs if self.options.probabilities else part.target_logits
            found[-1:] = [(target, float(known[column]))]
        looks = {favorite: (palette.wrong, "×"), target: (palette.right, "▸")}
        return [(id, v, *looks.get(id, (palette.wrong, " "))) for id, v in found]

    def _hidden(self, canvas: Canvas, y: int, layer: int, *, numbered: bool) -> int:
        layout, rows = self.layout, self.layout.units + self.layout.gates
        self._name(canvas, y + 1, tr("hidden") + (str(layer + 1) if numbered else ""))
        if layout.units > 1:
            self._name(canvas, y + 2, self._up(layer), self.palette.forward)
        for row, word in enumerate(self.options.gates[: layout.gates]):
            self._name(canvas, y + 1 + layout.units + row, tr(word))
        arrow = y + 1 + (layout.units - 1) // 2
        values = self.part.layers[layer]
        before = self.was.layers[layer]
        limit = max(1.0, float(np.abs(values["h"]).max(initial=0.0)))
        for column in self.columns:
            x = layout.box(column)
            self._frame(canvas, x, y, rows, down=True, up=True, over=self._touched(layer, column))
            self._units(canvas, x, y + 1, values["h"][column], before["h"][column], limit)
            for row, name in enumerate(list(values)[1 : 1 + layout.gates], y + 1 + layout.units):
                self._gate(canvas, x, row, name, values[name][column], before[name][column])
            self._arrow(canvas, x, arrow, column, layer)
        self._onward(canvas, layout.box(len(self.columns) - 1) + BOX, arrow)
        return self._wires(canvas, y + rows + 2)
