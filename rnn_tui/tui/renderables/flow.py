"""How far back the error reaches: the whole triangle, and one row of it as bars."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.protocol.gradient_flow import Gradients
from rnn_tui.protocol.snapshot import Floats, Ints
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables import chance
from rnn_tui.tui.renderables.axes import Range, ticks
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.glyphs import SLOT, slot
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.numbers import trimmed
from rnn_tui.tui.theme.palette import Palette

LEFT = 8
"""Cells for time steps, characters and the axis."""
WIDEST, TALLEST = 12, 3
"""Cells of a time step, at most."""
DECADES = 4
"""Powers of ten the scale shows."""
BAR_ROWS, MOST_BAR_ROWS = 7, 16
MANY = 20
"""Time steps that are shown where the width has them, though not all have a row."""
WITH_BARS = 12
"""Lines from which on there are bars for certain, however many time steps there are."""
SMALLEST = 1e-200
"""A norm below this is drawn as nothing, so that the axis has numbers."""
EIGHTHS = " ▁▂▃▄▅▆▇█"
SHADES = " ░▒▓█"
REVERSE = Style(reverse=True, bold=True)


def shares(norms: Floats) -> Floats:
    """Return where each norm lies on the logarithmic scale, 0 to 1; NaN where nothing flows."""
    top = largest(norms)
    with np.errstate(divide="ignore"):
        decades = np.log10(np.maximum(norms, 0.0) / top)
    return np.clip(1 + decades / DECADES, 0.0, 1.0)


def largest(norms: Floats) -> float:
    """Return the end of the scale: the next power of ten."""
    finite = norms[np.isfinite(norms) & (norms > 0)]
    if not finite.size:
        return 1.0
    return 10.0 ** math.ceil(math.log10(max(float(finite.max()), SMALLEST)))


def cell_width(width: int, steps: int) -> int:
    """Cells of a time step."""
    return max(min((width - LEFT - 1) // max(steps, 1), WIDEST), 1)


def visible_steps(width: int, height: int, symbols: Sequence[str]) -> int:
    """Return how many time steps a picture of this size can show, under such characters."""
    steps = max(_visible_rows(height), MANY)
    return max(min((width - LEFT - 1) // _cells(tuple(symbols)), steps), 2)


@cache
def _cells(symbols: tuple[str, ...]) -> int:
    """Return how many cells of a slot the widest character needs."""
    return min(max((cell_len(steady(symbol)) for symbol in symbols), default=1), SLOT)


def _visible_rows(height: int) -> int:
    below = min(BAR_ROWS, height // 3) + 4 if height >= WITH_BARS else 1
    return max(height - below, 2)


def draw(
    part: Gradients,
    norms: Floats,
    symbols: Sequence[str],
    chosen: int,
    width: int,
    height: int,
    palette: Palette,
) -> list[Strip]:
    """Draw one layer's norms (T, T), row t, column k, with row `chosen` as bars below.

    Where the picture is low, the chosen row and those before it are shown.
    """
    if part.unknown:
        names = " ".join(steady(symbol) for symbol in part.unknown[:20])
        text = tr(
            "The network has never seen {names}: take characters of the text it learns.",
            names=names,
        )
        return sentence(text, width, height, palette.wrong)
    if len(part.inputs) < 2:
        return sentence(tr("Type at least two characters."), width, height, palette.dim)
    T = min(len(part.inputs), visible_steps(width, height, symbols))
    norms = norms[:T, :T]
    canvas, wide, chosen = Canvas(width, height), cell_width(width, T), min(max(chosen, 0), T - 1)
    _heads(canvas, 0, part.inputs[:T], symbols, wide, palette)
    places = shares(norms)
    tall = max(min((height - BAR_ROWS - 4) // T, wide // 3, TALLEST), 1)
    rows = min(T, _visible_rows(height))
    first, y = max(chosen - rows + 1, 0), 1
    shown = range(first, first + rows)
    for t in shown:
        _row(canvas, y, t, part, symbols, places[t], wide, tall, t == chosen, palette)
        canvas.put(LEFT + (t + 1) * wide, y, chance.sign(part.least, t), palette.text)
        y += tall
    canvas.put(LEFT - 1, 1, "↑" if first else " ", palette.dim)
    canvas.put(LEFT - 1, y - 1, "↓" if first + rows < T else " ", palette.dim)
    bars = min(height - y - 3, MOST_BAR_ROWS)
    if bars >= 2:
        _bars(canvas, y + 1, bars, norms[chosen], chosen, wide, largest(norms), palette)
        _heads(canvas, y + 1 + bars, part.inputs[:T], symbols, wide, palette)
    strips = canvas.strips()
    if y < height and any(chance.sign(part.least, t) for t in shown):
        strips[y] = chance.explained(width, palette)
    return strips


def _heads(
    canvas: Canvas, y: int, inputs: Ints, symbols: Sequence[str], wide: int, palette: Palette
) -> None:
    canvas.right(LEFT - 1, y, "k →", palette.dim)
    for k, id in enumerate(inputs.tolist()):
        glyph = steady(symbols[id])
        if wide >= 2:
            canvas.put(LEFT + k * wide + (wide - 1) // 2, y, slot(glyph), palette.dim)
        elif slot(glyph) != glyph:
            canvas.put(LEFT + k, y, glyph, palette.dim)


def _row(
    canvas: Canvas,
    y: int,
    t: int,
    part: Gradients,
    symbols: Sequence[str],
    places: Floats,
    wide: int,
    tall: int,
    chosen: bool,
    palette: Palette,
) -> None:
    target = steady(symbols[int(part.targets[t])])
    name = f"{t + 1:>3} {slot(target)}"
    canvas.put(0, y, "▸" if chosen else " ", palette.right)
    canvas.put(1, y, name, REVERSE if chosen else palette.dim)
    for k, place in enumerate(places[: t + 1].tolist()):
        text = SHADES[_level(place)] * (wide - (wide > 2))
        for row in range(tall):
            canvas.put(LEFT + k * wide, y + row, text, palette.shade(place))


def _level(place: float) -> int:
    return 0 if math.isnan(place) else min(math.ceil(place * (len(SHADES) - 1)), len(SHADES) - 1)


def _bars(
    canvas: Canvas,
    y: int,
    rows: int,
    norms: Floats,
    chosen: int,
    wide: int,
    top: float,
    palette: Palette,
) -> None:
    over = Range(top / 10**DECADES, top, log=True)
    for tick in ticks(over, min(DECADES + 1, (rows + 1) // 2)):
        row = round((1 - float(over.place(np.array([tick]))[0])) * (rows - 1))
        canvas.right(LEFT - 2, y + row, trimmed(tick), palette.dim)
        canvas.put(LEFT - 1, y + row, "┤", palette.dim)
    for row in range(rows):
        canvas.put(LEFT - 1, y + row, "│", palette.dim)
    for k, norm in enumerate(norms[: chosen + 1].tolist()):
        place = float(over.place(np.array([norm]))[0]) if norm == norm else 0.0
        eighths = round(place * 8 * rows)
        for row in range(rows):
            full = min(max(eighths - 8 * (rows - 1 - row), 0), 8)
            text = EIGHTHS[full] * (wide - (wide > 2))
            canvas.put(LEFT + k * wide, y + row, text, palette.backward)
