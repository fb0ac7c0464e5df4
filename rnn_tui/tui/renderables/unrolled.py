"""The network unrolled in time, as the textbooks draw it; read from below, time runs right."""

from collections.abc import Callable, Sequence

import numpy as np
from rich.style import Style
from textual.strip import Strip

from rnn_tui.language import mark, tr, tr_of
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables import chance, compared, folded
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.figure import BOX, LOWEST, NARROWEST, Layout
from rnn_tui.tui.renderables.lines import fill, sentence
from rnn_tui.tui.renderables.numbers import loss, thousands
from rnn_tui.tui.renderables.unrolled_boxes import (
    MIDDLE,
    NUMBER,
    REVERSE,
    Boxes,
    FigureOptions,
    fixed,
)
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

ONE_HOT = 7
"""Up to so many symbols the one-hot vector is written out."""
UNKNOWN = "·"

Word = Callable[[int], tuple[str, Style]]
"""What stands in a column, and how it looks."""


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


def said_instead(
    part: Unrolled, width: int, height: int, palette: Palette, narrowest: int, lowest: int
) -> list[Strip]:
    """Say why there is no figure; nothing where there is one."""
    if part.unknown:
        names = " ".join(steady(symbol) for symbol in part.unknown[:20])
        text = tr(
            "The network has never seen {names}: take characters of the text it learns.",
            names=names,
        )
        return sentence(text, width, height, palette.wrong)
    if not len(part.inputs):
        return sentence(tr("Type at least one character."), width, height, palette.dim)
    if width < narrowest or height < lowest:
        return sentence(tr("No room for the figure."), width, height, palette.dim)
    return []


def drawn(figure: "Figure", width: int, height: int) -> list[Strip]:
    """Draw a figure into the middle of `height` lines; under it what its marks mean."""
    canvas = Canvas(width, figure.height)
    figure.draw(canvas)
    above = max((height - figure.height) // 2, 0)
    strips = [*[Strip.blank(width)] * above, *canvas.strips()]
    if any(map(figure.sign, figure.columns)):
        strips.append(chance.explained(width, figure.palette))
    return fill(strips, width, height)


class Figure(Boxes):
    """The figure while it is being drawn, from the top down."""

    READ, UP = mark("input"), "W_hy ↑"
    """What the row of symbols is called, and the matrix that makes logits."""

    @property
    def height(self) -> int:
        """Rows of the whole figure."""
        return self.layout.height

    def sign(self, column: int) -> str:
        """Return the mark of a target that nobody can foresee; nothing for others."""
        return chance.sign(self.part.least, column)

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

    def _row(self, canvas: Canvas, y: int, name: str, word: Word) -> int:
        self._name(canvas, y, name)
        for column in self.columns:
            text, style = word(column)
            canvas.center(self.layout.box(column) + MIDDLE, y, text, style)
        return y + 1

    def _expected(self, canvas: Canvas, y: int, name: str, part: Unrolled) -> int:
        """Write what each time step expects most."""

        def word(column: int) -> tuple[str, Style]:
            if self.options.covered:
                return UNKNOWN, self.palette.unknown
            text = compared.expected(part, column, self.symbols)
            mark = compared.moved(text, compared.expected(self.was, column, self.symbols))
            return text + mark, compared.look_of(part, column, self.palette)

        return self._row(canvas, y, name, word)

    def _target(self, column: int) -> tuple[str, Style]:
        target = int(self.part.targets[column])
        return (self._glyph(target), self.palette.right) if target >= 0 else ("?", self.palette.dim)

    def _one_hot(self, column: int) -> tuple[str, Style]:
        id, count = int(self.part.inputs[column]), len(self.symbols)
        if count > ONE_HOT:
            return tr("1 at {place}", place=thousands(id + 1)), self.palette.dim
        return " ".join("1" if k == id else "0" for k in range(count)), self.palette.dim

    def _input(self, column: int) -> tuple[str, Style]:
        now, was = (self._glyph(int(part.inputs[column])) for part in (self.part, self.was))
        glyph = compared.both(now, was)
        here = self.part.first + column == self.options.cursor
        return (f" {glyph} ", REVERSE) if here else (glyph, self.palette.strong)

    def _loss(self, column: int) -> tuple[str, Style]:
        values = (float(part.losses[column]) for part in (self.part, self.was))
        now, was = ("–" if np.isnan(value) else f"{value:.3f}" for value in values)
        text, sign = compared.both(now, was), self.sign(column)
        return (f" {text}{sign}" if sign else text), self.palette.text

    def _step(self, column: int) -> tuple[str, Style]:
        return thousands(self.part.first + column + 1), self.palette.dim

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


def mean(part: Unrolled, *, own: bool) -> tuple[str, str]:
    """Say the mean loss, at length and in short; `own`: of a text that a person typed."""
    was, last = part.unchanged or part, thousands(part.total)
    told = f"{compared.both(loss(part.mean_loss), loss(was.mean_loss)):>5}"
    if own:
        return (
            tr("mean loss of your text: {loss} nats", loss=told),
            tr("mean of your text: {loss}", loss=told),
        )
    return (
        tr("mean loss of steps 1–{last}: {loss} nats", last=last, loss=told),
        tr("mean loss 1–{last}: {loss}", last=last, loss=told),
    )
