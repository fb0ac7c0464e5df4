"""The boxes of the unrolled figure, one for each vector, and the arrows and wires between them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.cells import cell_len
from rich.style import Style

from rnn_tui.inspection.experiment.changes import Typed, Wiped
from rnn_tui.language import tr
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.figure_layout import BOX, INNER, Layout
from rnn_tui.tui.renderables.unrolled import compared
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

MIDDLE = BOX // 2
NUMBER, BESIDE = 6, 9
"""Cells of a number, and of a gap that has room for one and for a symbol."""
REVERSE = Style(reverse=True, bold=True)


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


class Boxes:
    """What stands in a figure, and where."""

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

    def _name(self, canvas: Canvas, y: int, name: str, style: Style | None = None) -> None:
        canvas.put(self.layout.left, y, name, style or self.palette.dim)

    def _glyph(self, id: int) -> str:
        return steady(self.symbols[id])

    def _beside(self, canvas: Canvas) -> bool:
        """Tell whether there are numbers of before, and room for them beside every box."""
        last = self.layout.box(len(self.columns) - 1)
        return (
            self.part.unchanged is not None
            and self.layout.gap >= BESIDE
            and last + BOX + NUMBER <= canvas.width
        )

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
