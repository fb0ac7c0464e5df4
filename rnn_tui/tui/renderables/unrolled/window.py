"""A network over the last K symbols, at several time steps: the window slid over the text."""

from collections.abc import Sequence

from rich.style import Style
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.nn.equations import raised
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.figure_layout import LOWEST, MARGIN, NARROWEST, Layout
from rnn_tui.tui.renderables.glyphs import NOTHING, SLOT, slot
from rnn_tui.tui.renderables.lines import Part, fitting
from rnn_tui.tui.renderables.unrolled import compared
from rnn_tui.tui.renderables.unrolled.boxes import REVERSE, FigureOptions
from rnn_tui.tui.renderables.unrolled.figure import Figure, drawn
from rnn_tui.tui.renderables.unrolled.said import said_instead
from rnn_tui.tui.renderables.unrolled.words import ONE_HOT
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

STRIP = 3
"""Lines below the figure: the text, a bracket, words."""


def draw(
    part: Unrolled,
    symbols: Sequence[str],
    layout: Layout,
    options: FigureOptions,
    reach: int,
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw the time steps of `part`, and below them the text with the marked one's window."""
    if instead := said_instead(part, width, height, palette, NARROWEST, LOWEST + STRIP):
        return instead
    figure = WindowFigure(part, symbols, layout, options, palette, scale, reach)
    return drawn(figure, width, height)


class WindowFigure(Figure):
    """A column per time step; nothing goes from one to the next."""

    READ, UP = mark("reads"), "W ↑"

    def __init__(
        self,
        part: Unrolled,
        symbols: Sequence[str],
        layout: Layout,
        options: FigureOptions,
        palette: Palette,
        scale: Diverging,
        reach: int,
    ) -> None:
        super().__init__(part, symbols, layout, options, palette, scale)
        self.reach = reach

    def _read(self, column: int, part: Unrolled | None = None) -> list[int | None]:
        """Return the ids a time step sees, the oldest first; None: before the beginning."""
        part = part or self.part
        beyond = self.reach - part.first - column - 1
        seen = [*part.earlier.tolist(), *part.inputs[: column + 1].tolist()][-self.reach :]
        return [*[None] * max(beyond, 0), *seen]

    def _symbol(self, id: int | None) -> str:
        return NOTHING if id is None else self._glyph(id)

    def _one_hot(self, column: int) -> tuple[str, Style]:
        ids, count = self._read(column), len(self.symbols)
        if count <= ONE_HOT and self.reach * (count + 1) < self.layout.pitch:
            vectors = ("".join("01"[k == id] for k in range(count)) for id in ids)
            return " ".join(vectors), self.palette.dim
        return f"{self.reach}×{count}", self.palette.dim

    def _input(self, column: int) -> tuple[str, Style]:
        ids, room = self._read(column), (self.layout.pitch - 2) // SLOT
        shown = ids if len(ids) <= room else ids[len(ids) - room + 1 :]
        text = "".join(slot(self._symbol(id)) for id in shown).rstrip()
        if len(shown) < self.reach:
            text = f"… {text}"
        text += compared.MOVED if ids != self._read(column, self.was) else ""
        here = self.part.first + column == self.options.cursor
        return (f" {text} ", REVERSE) if here else (text, self.palette.strong)

    def _up(self, layer: int) -> str:
        return f"W{raised(layer + 1)} ↑"

    def _arrow(self, canvas: Canvas, x: int, y: int, column: int, layer: int) -> None:
        """Draw nothing: no time step knows of the one before."""

    def _onward(self, canvas: Canvas, x: int, y: int) -> None:
        """Draw nothing."""

    @property
    def height(self) -> int:
        """Rows of the whole figure, the text included."""
        return super().height + STRIP

    def draw(self, canvas: Canvas) -> None:
        """Draw everything."""
        super().draw(canvas)
        self._text(canvas, super().height)

    def _text(self, canvas: Canvas, y: int) -> None:
        """Write the text under the columns and what they read, the marked one's window marked."""
        part, palette, left = self.part, self.palette, self.layout.left
        column = self.options.cursor - part.first
        if not 0 <= column < len(part.inputs):
            return
        end = part.first + len(self.columns)
        room = max((canvas.width - left - MARGIN - 2) // SLOT, 1)
        start = max(part.first - self.reach + 1, end - room)
        known = dict(enumerate(part.earlier.tolist(), part.first - len(part.earlier)))
        known |= dict(enumerate(part.inputs.tolist(), part.first))
        first, last = max(self.options.cursor - self.reach + 1, start), self.options.cursor
        cells: list[Part] = []
        for step in range(start, end):
            style = REVERSE if first <= step <= last else palette.dim
            cells.append((slot(self._symbol(known.get(step))), style))
        canvas.put(left, y, tr("text"), palette.dim)
        for place, (text, style) in enumerate(cells):
            canvas.put(left + MARGIN + SLOT * place, y, text, style)
        cut = self.options.cursor - self.reach + 1 < start
        wide = SLOT * (last - first + 1)
        bracket = ("…" if cut else "└") + "─" * (wide - 2) + "┘"
        canvas.put(left + MARGIN + SLOT * (first - start), y + 1, bracket, palette.forward)
        said = words(self.reach, self.options.cursor, max(start - last + self.reach - 1, 0))
        canvas.put(left + MARGIN, y + 2, fitting(canvas.width - left - MARGIN, *said), palette.dim)


def words(reach: int, cursor: int, hidden: int) -> tuple[str, ...]:
    """Say how much a time step reads, at length and in short.

    Args:
        reach: Symbols seen, the present one included.
        cursor: The time step, from 0.
        hidden: So many of them have no room to the left, those before the beginning included.
    """
    before = max(reach - cursor - 1, 0)
    hidden = max(hidden - before, 0)
    step, seen = cursor + 1, f"{reach:,}"
    most = [tr("step {step} sees this symbol alone", step=step)]
    if reach > 1:
        most = [tr("step {step} sees the last {count} symbols", step=step, count=seen)]
    least = [tr("sees {count}", count=seen)]
    if before:
        most.append(tr("{count} of them before the beginning", count=f"{before:,}"))
        least.append(tr("{count} before the beginning", count=f"{before:,}"))
    if hidden:
        most.append(tr("{count} further left, not shown", count=f"{hidden:,}"))
        least.append(tr("{count} not shown", count=f"{hidden:,}"))
    return "; ".join(most), "; ".join(least)
