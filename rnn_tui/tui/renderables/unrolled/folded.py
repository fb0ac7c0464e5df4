"""The network before it is unrolled: one cell with an arrow back to itself, beside its columns."""

from collections.abc import Sequence

from rnn_tui.language import cells, mark, tr
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.figure_layout import Layout
from rnn_tui.tui.theme.palette import Palette

TITLE = mark("folded")
BOX, MIDDLE = 7, 3


def draw(
    canvas: Canvas,
    layout: Layout,
    tops: Sequence[int],
    read: int,
    carried: Sequence[str],
    ups: Sequence[str],
    palette: Palette,
) -> None:
    """Draw it on the same rows as the columns.

    Args:
        canvas: What they are drawn on.
        layout: Theirs.
        tops: The upper edges of their boxes, the logits' first.
        read: The row of what is read.
        carried: Letters of what goes on from step to step.
        ups: The matrices that lead up to these boxes.
        palette: The colors.
    """
    x = layout.fold
    if x is None:
        return
    title = tr(TITLE)  # which may be wider than a box that stands at the very edge
    canvas.put(max(x + MIDDLE - cells(title) // 2, 0), 0, title, palette.dim)
    for place, (y, name) in enumerate(zip(tops, ups, strict=True)):
        inside = layout.units + layout.gates if place else layout.symbols
        _frame(canvas, x, y, inside, palette, joined=place > 0)
        rows, names = layout.symbols, ["y_t"]
        if place:
            rows, names = layout.units, [f"{letter}_t" for letter in carried]
            _loop(canvas, x + BOX, y + 1, rows, palette)
        first = y + 1 + max(rows - len(names), 0) // 2
        for row, text in enumerate(names[:rows], first):
            canvas.center(x + MIDDLE, row, text, palette.strong)
        for row in range(layout.wires):
            canvas.put(x + MIDDLE, y + inside + 2 + row, "│" if row else "↑", palette.dim)
        if layout.wires:
            canvas.put(x + MIDDLE + 2, y + inside + 2, name, palette.forward)
    canvas.center(x + MIDDLE, read, "x_t", palette.strong)


def _frame(canvas: Canvas, x: int, y: int, rows: int, palette: Palette, *, joined: bool) -> None:
    """Draw the box of a vector; `joined`: there is one above that it leads to."""
    canvas.put(x, y, f"┌──{'┴' if joined else '─'}──┐", palette.dim)
    for row in range(y + 1, y + 1 + rows):
        canvas.put(x, row, "│", palette.dim)
        canvas.put(x + BOX - 1, row, "│", palette.dim)
    canvas.put(x, y + rows + 1, "└──┬──┘", palette.dim)


def _loop(canvas: Canvas, x: int, y: int, rows: int, palette: Palette) -> None:
    """Draw the arrow from the box left of it back into it, in up to three of its rows."""
    high = min(rows, 3)
    first = y + (rows - high) // 2
    canvas.put(x, first, "──┐" + " W_hh" * (high == 2), palette.forward)
    if high == 3:
        canvas.put(x + 2, first + 1, "│ W_hh", palette.forward)
    canvas.put(x, first + high - 1, "←─┘", palette.forward)
