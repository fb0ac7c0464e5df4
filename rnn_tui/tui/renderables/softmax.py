"""What the network expects at each time step: one column per step, one bar per symbol."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from rnn_tui.language import padded, tr
from rnn_tui.protocol.snapshot import WindowView
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables import chance
from rnn_tui.tui.renderables.bars import bar
from rnn_tui.tui.renderables.glyphs import SLOT, slot
from rnn_tui.tui.renderables.lines import PLAIN, Part, fill, line, sentence
from rnn_tui.tui.renderables.numbers import loss, percent
from rnn_tui.tui.theme.palette import Palette

MARGIN = 5
"""Cells left of the first column, for "loss" and the symbols that all columns share."""

FEW_ROWS = 8
"""Of the likeliest symbols, from which on one gives its row for what the marks mean."""
MOST_ROWS = 20
"""Of the likeliest symbols, no more: what comes after them is next to nothing."""

Cell = list[Part]
"""What one column has in one row."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a panel of some size is divided."""

    shared: bool
    """All symbols, in the order of ids, in every column; else each column its own likeliest."""
    column: int
    """Cells of a column."""
    steps: int
    """Columns that fit."""
    rows: int
    """Symbols that fit in a column."""
    roomy: bool
    """There is a line for the steps' numbers, and a blank one above the losses."""
    spaced: bool
    """There is a blank line between symbols."""


def make_layout(width: int, height: int, vocabulary: int, total: int) -> Layout:
    """Divide a panel for a vocabulary of some size and a window of `total` steps."""
    roomy = height >= 9
    rows = max(height - (4 if roomy else 2), 1)
    shared = vocabulary <= rows
    narrowest, widest = (8, 14) if shared else (11, 14 + SLOT)
    rows = rows if shared else min(rows, MOST_ROWS)
    room = max(width - MARGIN, narrowest)
    steps = max(min(room // narrowest, total), 1)
    spaced = shared and 2 * vocabulary - 1 <= rows
    return Layout(shared, min(room // steps, widest), steps, rows, roomy, spaced)


def draw(
    window: WindowView,
    symbols: Sequence[str],
    first: int,
    layout: Layout,
    width: int,
    height: int,
    palette: Palette,
    *,
    covered: bool = False,
) -> list[Strip]:
    """Draw the steps from index `first` on into `height` lines of `width` cells.

    `covered`: what comes next, and what is expected, are not to be seen.
    """
    if width < MARGIN + 8 or height < 3:
        return sentence(tr("No room for the predictions."), width, height, palette.dim)
    layout = _suited(layout, window, len(symbols))
    if len(window.least) and not layout.shared and layout.rows > FEW_ROWS:
        layout = replace(layout, rows=layout.rows - 1)  # for the line that explains the marks
    steps = range(first, min(first + layout.steps, len(window.inputs)))
    columns = [_margin(symbols, layout, palette)]
    column = _covered if covered else _column
    columns += [column(window, symbols, step, layout, palette) for step in steps]
    rows = [line([p for cell in row for p in cell], width) for row in zip(*columns, strict=True)]
    if not covered and any(chance.sign(window.least, step) for step in steps):
        rows.append(chance.explained(width, palette))
    return fill(rows, width, height)


def _suited(layout: Layout, window: WindowView, vocabulary: int) -> Layout:
    """Make do with a window that was asked for when the panel had another size."""
    there = window.top_ids.shape[1]
    if layout.shared and there == vocabulary:
        return layout
    return replace(layout, shared=False, spaced=False, rows=min(layout.rows, there))


def _margin(symbols: Sequence[str], layout: Layout, palette: Palette) -> list[Cell]:
    """Return the cells left of the first column."""
    names = [slot(symbol) for symbol in symbols] if layout.shared else [""] * layout.rows
    rows: list[Cell] = [[(f" {name}".ljust(MARGIN - _extra(name)), palette.text)] for name in names]
    blank: Cell = [(" " * MARGIN, PLAIN)]
    return _stacked(blank, blank, rows, [(padded(tr("loss"), MARGIN), palette.dim)], layout)


def _column(
    window: WindowView, symbols: Sequence[str], step: int, layout: Layout, palette: Palette
) -> list[Cell]:
    """Return the cells of one step."""
    read, right = (steady(symbols[int(ids[step])]) for ids in (window.inputs, window.targets))
    rows = [
        _row(symbols[symbol], probability, style, mark, layout)
        for symbol, probability, style, mark in _ranked(window, step, layout, palette)
    ]
    cost, sign = loss(float(window.losses[step])), chance.sign(window.least, step)
    return _stacked(
        [(_centered(str(step + 1), layout.column), palette.dim)],
        [(_centered(f"{read}→{right}", layout.column), palette.text)],
        rows,
        [(_centered(f" {cost}{sign}" if sign else cost, layout.column), palette.dim)],
        layout,
    )


def _covered(
    window: WindowView, symbols: Sequence[str], step: int, layout: Layout, palette: Palette
) -> list[Cell]:
    """Return the cells of one step of which only what is read may be seen."""
    read = steady(symbols[int(window.inputs[step])])
    unknown: Cell = [(_centered("·", layout.column), palette.unknown)]
    return _stacked(
        [(_centered(str(step + 1), layout.column), palette.dim)],
        [(_centered(f"{read}→?", layout.column), palette.text)],
        [unknown] * (len(symbols) if layout.shared else layout.rows),
        unknown,
        layout,
    )


def _ranked(
    window: WindowView, step: int, layout: Layout, palette: Palette
) -> list[tuple[int, float, Style, str]]:
    """Return symbol, probability, style and mark of every row of a step.

    Where the right symbol is not among the likeliest, it has the last row.
    """
    ids, probabilities = window.top_ids[step], window.top_probs[step]
    if not layout.shared:
        order = np.argsort(-probabilities, kind="stable")[: layout.rows]
        ids, probabilities = ids[order], probabilities[order]
    target = int(window.targets[step])
    rows = list(zip(ids.tolist(), probabilities.tolist(), strict=True))
    if target not in ids:
        rows[-1:] = [(target, float(window.target_probs[step]))]
    favorite = max(rows, key=lambda row: row[1])[0]
    looks = {favorite: (palette.wrong, "×"), target: (palette.right, "▸")}
    return [(symbol, p, *looks.get(symbol, (palette.bar, " "))) for symbol, p in rows]


def _row(glyph: str, probability: float, style: Style, mark: str, layout: Layout) -> Cell:
    """Return mark, symbol, bar and percent, with a blank cell after them."""
    name = "" if layout.shared else slot(glyph)
    length = layout.column - 1 - (0 if layout.shared else SLOT) - 3 - 1
    return [(f"{mark}{name}{bar(probability, length)}{percent(probability)} ", style)]


def _stacked(number: Cell, head: Cell, rows: list[Cell], loss: Cell, layout: Layout) -> list[Cell]:
    """Put the cells of a column above each other."""
    blank: Cell = [(" " * sum(cell_len(text) for text, _ in head), PLAIN)]
    between = [cell for row in rows for cell in ((row, blank) if layout.spaced else (row,))]
    body = between[: len(rows) * 2 - 1] if layout.spaced else between
    return [number, head, *body, blank, loss] if layout.roomy else [head, *body, loss]


def _centered(text: str, width: int) -> str:
    """Center `text` over bar and percent."""
    before = max((width - cell_len(text)) // 2, 0)
    return " " * before + text + " " * (width - before - cell_len(text))


def _extra(text: str) -> int:
    return cell_len(text) - len(text)
