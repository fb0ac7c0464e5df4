"""The network unrolled in time, as the textbooks draw it; read from below, time runs right."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.experiment.changes import Typed, Wiped
from rnn_tui.language import mark, tr, tr_of
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables import chance, compared, folded
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.figure import BOX, INNER, LOWEST, NARROWEST, Layout
from rnn_tui.tui.renderables.lines import fill, sentence
from rnn_tui.tui.renderables.numbers import loss, thousands
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

ONE_HOT = 7
"""Up to so many symbols the one-hot vector is written out."""
MIDDLE = BOX // 2
NUMBER, BESIDE = 6, 9
"""Cells of a number, and of a gap that has room for one and for a symbol."""
UNKNOWN = "·"
REVERSE = Style(reverse=True, bold=True)

Word = Callable[[int], tuple[str, Style]]
"""What stands in a column, and how it looks."""


@dataclass(frozen=True, slots=True)
class FigureOptions:
    """How the reader wants to see the figure."""

    probabilities: bool = False
    """Instead of logits."""
    cursor: int = 0
    """The marked time step, from 0."""
    unit: int = 0
    """The marked hidden unit, from 0."""
    layer: int = -1
    """Which layer, where there is no room for all."""
    gates: tuple[str, ...] = ()
    """A word for each row of an opened cell."""
    carried: tuple[str, ...] = ()
    """Letters of what goes on from step to step; none: nothing does."""
    covered: bool = False
    """Whether logits and probabilities are not to be seen."""


def fixed(value: float, decimals: int = 2) -> str:
    """Write a number in six cells, with as many of the decimals as there is room for."""
    if not np.isfinite(value):
        return f"{'NaN' if np.isnan(value) else '∞' if value > 0 else '−∞':>6}"
    size = abs(value)
    text = next(
        (t for d in range(decimals, -1, -1) if len(t := f"{size:.{d}f}") <= 5), f"{size:.0e}"
    )
    zero = not text.strip("0.")
    return f"{('−' if value < 0 and not zero else '') + text:>6}"


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


class Figure:
    """The figure while it is being drawn, from the top down."""

    READ, UP = mark("input"), "W_hy ↑"
    """What the row of symbols is called, and the matrix that makes logits."""

    def __init__(
        self,
        part: Unrolled,
        symbols: Sequence[str],
        layout: Layout,
        options: FigureOptions,
        palette: Palette,
        scale: Diverging,
    ) -> None:
        self.part = part
        self.symbols = symbols
        self.layout = layout
        self.options = options
        self.palette = palette
        self.scale = scale
        self.was = part.unchanged or part
        """The same without what was changed, if anything was."""
        self.columns = range(min(layout.columns, len(part.inputs)))

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

    def _name(self, canvas: Canvas, y: int, name: str, style: Style | None = None) -> None:
        canvas.put(self.layout.left, y, name, style or self.palette.dim)

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

    def _glyph(self, id: int) -> str:
        return steady(self.symbols[id])

    # Boxes

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

    def _beside(self, canvas: Canvas) -> bool:
        """Tell whether there are numbers of before, and room for them beside every box."""
        last = self.layout.box(len(self.columns) - 1)
        return (
            self.part.unchanged is not None
            and self.layout.gap >= BESIDE
            and last + BOX + NUMBER <= canvas.width
        )

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

    def _touched(self, layer: int, column: int) -> str:
        """Return what was done to a box, in a word."""
        change = self.part.change
        if change is None or change.step != self.part.first + column:
            return ""
        if isinstance(change, Wiped):
            return tr(compared.WIPED)
        typed = isinstance(change, Typed) and change.layer == layer
        return tr(compared.TYPED) if typed else ""

    def _up(self, layer: int) -> str:
        """Return the name of the matrix that leads up to a layer."""
        return "W_xh ↑" if layer == 0 else "W_ih ↑"

    def _units(
        self,
        canvas: Canvas,
        x: int,
        y: int,
        h: Sequence[float],
        was: Sequence[float],
        limit: float,
    ) -> None:
        """Write all units, or the marked one and heat cells around it."""
        unit = min(self.options.unit, len(h) - 1)
        if not self.layout.heat:
            for row, value in enumerate(h):
                sign = "‹" if row == unit and self.layout.gates else " "
                style, text = self.scale.style(value / limit), fixed(value)
                mark = compared.moved(text, fixed(was[row]))
                canvas.put(x + 1, y + row, f" {text}{sign}{mark}", style)
            return
        canvas.right(x - 1, y, f"h{unit + 1}", self.palette.dim)
        text = fixed(h[unit])
        mark = compared.moved(text, fixed(was[unit]))
        canvas.put(x + 1, y, f" {text}‹{mark}", self.palette.text)
        rows = self.layout.units - 1
        first = max(unit // INNER - rows + 1, 0) * INNER
        shares = np.divide(h[first : first + rows * INNER], limit).tolist()
        cells = [self.scale.cell(share) for share in shares]
        cells = compared.underlined(cells, h[first:], was[first:])
        if first <= unit < first + len(cells):
            cells[unit - first] = "‹", REVERSE
        for row in range(rows):
            canvas.row(x + 1, y + 1 + row, cells[row * INNER : (row + 1) * INNER])

    def _gate(
        self,
        canvas: Canvas,
        x: int,
        y: int,
        name: str,
        values: Sequence[float],
        was: Sequence[float],
    ) -> None:
        unit = min(self.options.unit, len(values) - 1)
        text = fixed(values[unit])
        mark = compared.moved(text, fixed(was[unit]))
        canvas.right(x - 1, y, name, self.palette.dim)
        canvas.put(x + 1, y, f" {text} {mark}", self.palette.text)

    def _frame(
        self, canvas: Canvas, x: int, y: int, rows: int, *, down: bool, up: bool, over: str = ""
    ) -> None:
        side, style = "─" * MIDDLE, self.palette.dim
        top = f"┌{side[1:]}{'┴' if up else '─'}{side[1:]}┐"
        if over:
            start = (BOX - cell_len(over)) // 2
            end = start + cell_len(over)
            canvas.put(x, y, top[:start], style)
            canvas.put(x + start, y, over, self.palette.strong)
            canvas.put(x + end, y, top[end:], style)
        else:
            canvas.put(x, y, top, style)
        for row in range(y + 1, y + 1 + rows):
            canvas.put(x, row, "│", style)
            canvas.put(x + BOX - 1, row, "│", style)
        canvas.put(x, y + rows + 1, f"└{side[1:]}{'┬' if down else '─'}{side[1:]}┘", style)

    def _arrow(self, canvas: Canvas, x: int, y: int, column: int, layer: int) -> None:
        """Draw the arrow from the time step before, with the name of its weights over the first."""
        gap, style = self.layout.gap, self.palette.forward
        start = x - gap
        if column == 0:
            zero = self.part.first == 0 and not np.any(self.part.before[layer])
            begin = "0 " if zero else "… "
            canvas.put(start, y, f"{begin:>{gap - 4}}───→", style)
            return
        canvas.put(start, y, "─" * (gap - 1) + "→", style)
        if column == 1 and self.layout.units > 2 and not self.layout.heat:
            canvas.center(start + gap // 2, y - 1, "W_hh", style)

    def _onward(self, canvas: Canvas, x: int, y: int) -> None:
        """Draw the arrow that leads on to the next time step."""
        canvas.put(x, y, "─→", self.palette.forward)

    def _wires(self, canvas: Canvas, y: int) -> int:
        for row in range(self.layout.wires):
            for column in self.columns:
                glyph = "↑" if row == 0 else "│"
                canvas.put(self.layout.box(column) + MIDDLE, y + row, glyph, self.palette.dim)
        return y + self.layout.wires


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
