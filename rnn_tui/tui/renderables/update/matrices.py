"""Gradients as heat cells, with numbers in them where there is room."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.names import on_paper
from rnn_tui.nn.equations import raised
from rnn_tui.protocol.update import Matrix
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

NUMBER, SHORT = 6, 5
"""Cells of a number with two decimals, and with one."""
BETWEEN = 1
NORMS = {NUMBER: 14, SHORT: 10}
"""Cells of a norm and what it grew by."""
MOST_ROWS = 12
SMALLEST = -300
"""The smallest power that a number can be divided by: 10 to the power of −324 is 0."""
REVERSE = Style(reverse=True)


def power(limit: float) -> int:
    """Return the power of ten that all gradients are divided by, so that `limit` is 1 to 10.

    It depends on nothing else, neither on the micro-step nor on the width of a cell, so that it is
    the same in every panel and for the whole of an update.
    """
    if not (math.isfinite(limit) and limit > 0):
        return 0
    return max(math.floor(math.log10(limit)), SMALLEST)


def unit(limit: float) -> str:
    """Write that power: "", or "×10⁻²"."""
    exponent = power(limit)
    return f"×10{raised(exponent)}" if exponent else ""


def called(name: str, layers: int) -> str:
    """Give a gradient its name on paper: dW_hh, or dW_hh2 with several layers."""
    return f"d{on_paper(name, layers)}"


def draw(
    matrices: tuple[Matrix, ...],
    limit: float,
    layers: int,
    marked: tuple[str, int, int] | None,
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw all matrices, from left to right and then below, as many as there is room for.

    Where not all rows of them fit, the one with the marked weight does.

    Args:
        matrices: The gradients.
        limit: The end of the scale.
        layers: Of the network.
        marked: Name, row and column of the weight under the cursor; negative: none of its weights.
        width: Cells.
        height: Lines.
        palette: Roles of color.
        scale: For the cells.
    """
    canvas = Canvas(width, height)
    cell = cell_width(matrices, layers, width, height)
    for matrix, x, y in _seen(matrices, cell, layers, marked[0] if marked else "", width, height):
        _matrix(canvas, x + 1, y, matrix, cell, limit, layers, marked, palette, scale)
    return canvas.strips()


def whole(
    matrices: tuple[Matrix, ...], layers: int, marked: str, width: int, height: int
) -> tuple[int, int]:
    """Return the numbers of the first and the last matrix that is seen to its last line, from 1."""
    cell = cell_width(matrices, layers, width, height)
    seen = _seen(matrices, cell, layers, marked, width, height)
    first = matrices.index(seen[0][0]) + 1
    full = sum(y + _size(matrix, cell, layers)[1] <= height for matrix, _, y in seen)
    return first, first + max(full, 1) - 1


def _seen(
    matrices: tuple[Matrix, ...], cell: int, layers: int, marked: str, width: int, height: int
) -> list[tuple[Matrix, int, int]]:
    """Return the matrices with column and line of each, those above the window left out."""
    placed = list(_placed(matrices, cell, layers, width))
    here = next((p for p in placed if p[0].name == marked), placed[0])
    top = here[2] if here[2] + _size(here[0], cell, layers)[1] > height else 0
    return [(matrix, x, y - top) for matrix, x, y in placed if y >= top]


def cell_width(matrices: tuple[Matrix, ...], layers: int, width: int, height: int) -> int:
    """Return how wide the cells can be; narrower ones than `SHORT` hold a sign only."""
    widths = (NUMBER, SHORT, 2, 1)
    return next((c for c in widths if _rows(matrices, c, layers, width) <= height), 1)


def fit(
    shapes: Sequence[tuple[str, tuple[int, ...]]], layers: int, width: int, height: int
) -> tuple[int, int]:
    """Return how many rows and columns of each matrix there is room for.

    Args:
        shapes: Names and shapes of all gradients.
        layers: Of the network.
        width: Cells.
        height: Lines.
    """
    for rows in range(MOST_ROWS, 1, -1):
        for cell, columns in ((NUMBER, 8), (SHORT, 8), (2, 16), (1, 40), (1, 28), (1, 14)):
            pictures = [_empty(name, shape, rows, columns) for name, shape in shapes]
            fits = all(p.values.shape == _whole(p.shape) for p in pictures) or cell == 1
            if fits and _rows(tuple(pictures), cell, layers, width) <= height:
                return rows, columns
    return 2, 14


def _whole(shape: tuple[int, ...]) -> tuple[int, int]:
    return shape[0], math.prod(shape[1:])


def _empty(name: str, shape: tuple[int, ...], rows: int, columns: int) -> Matrix:
    high, wide = _whole(shape)
    values = np.zeros((min(high, rows), min(wide, columns)))
    return Matrix(name, shape, values, False, 0.0, 0.0)


def _size(matrix: Matrix, cell: int, layers: int) -> tuple[int, int]:
    rows, columns = matrix.values.shape
    title = len(called(matrix.name, layers)) + 1 + len(_shape(matrix))
    return max(columns * cell, title, NORMS.get(cell, NORMS[NUMBER])), rows + 2


def _rows(matrices: tuple[Matrix, ...], cell: int, layers: int, width: int) -> int:
    """Return how many lines all matrices take."""
    if any(_size(matrix, cell, layers)[0] > width - 1 for matrix in matrices):
        return 10_000
    placed = _placed(matrices, cell, layers, width)
    return max((y + _size(matrix, cell, layers)[1] for matrix, _, y in placed), default=0)


def _placed(
    matrices: tuple[Matrix, ...], cell: int, layers: int, width: int
) -> Iterator[tuple[Matrix, int, int]]:
    """Yield the matrices with column and line of each."""
    x = y = tallest = 0
    for matrix in matrices:
        wide, high = _size(matrix, cell, layers)
        if x and x + wide > width - 1:
            x, y, tallest = 0, y + tallest, 0
        yield matrix, x, y
        x, tallest = x + wide + BETWEEN, max(tallest, high)


def _shape(matrix: Matrix) -> str:
    return "×".join(str(size) for size in matrix.shape)


def _norm(matrix: Matrix, divisor: float, decimals: int) -> str:
    grown = f" +{matrix.added / divisor:.{decimals}f}" if matrix.added else ""
    return f"‖{matrix.norm / divisor:.{decimals}f}‖{grown}"


def _matrix(
    canvas: Canvas,
    x: int,
    y: int,
    matrix: Matrix,
    cell: int,
    limit: float,
    layers: int,
    marked: tuple[str, int, int] | None,
    palette: Palette,
    scale: Diverging,
) -> None:
    growing = matrix.added > 0
    name = called(matrix.name, layers)
    canvas.put(x, y, name, palette.backward if growing else palette.strong)
    canvas.put(x + len(name) + 1, y, _shape(matrix), palette.dim)
    divisor, end = 10.0 ** power(limit), limit if 0 < limit < math.inf else 1.0
    decimals = 1 if cell == SHORT else 2
    for row, values in enumerate(matrix.values):
        for column, value in enumerate(values):
            text, style = scale.cell(value / end, cell)
            if cell in NORMS:
                text = f"{decimal(value / divisor, decimals)} "
            if marked == (matrix.name, row, column):
                style = style + REVERSE
            canvas.put(x + column * cell, y + 1 + row, text, style)
    norm = _norm(matrix, divisor, decimals)
    below = y + 1 + len(matrix.values)
    canvas.put(x, below, norm, palette.backward if growing else palette.dim)


def decimal(value: float, decimals: int = 2) -> str:
    """Write a number with so many decimals, of which the widest has three more cells."""
    width = 3 + decimals
    if not math.isfinite(value):
        return f"{'NaN' if math.isnan(value) else '∞' if value > 0 else '−∞':>{width}}"
    text = f"{abs(value):.{decimals}f}"
    sign = "−" if value < 0 and text.strip("0.") else ""
    return f"{sign + text:>{width}}"
