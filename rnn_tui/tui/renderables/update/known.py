"""What a walk through an update has found out so far, a column per time step."""

from collections.abc import Sequence

import numpy as np
from rich.style import Style
from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.protocol.update import Known, Opened
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.unrolled.boxes import fixed
from rnn_tui.tui.renderables.update.matrices import power
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

LEFT, NUMBER = 8, 8
"""Cells for the names of the rows; of a number with a blank on both sides."""
PITCH = 2 * NUMBER + 1
"""The four time steps of hello fit in 80 columns."""
DECIMALS = 3
"""Of dL/dh, which is small beside the gradients of weights, summed over all time steps."""
ROWS = 3
"""Rows that are no unit: target and loss, heads, input; in a roomy picture also the step."""
ROOMY = 7
HERE = Style(reverse=True, bold=True)


def fit(width: int, height: int) -> tuple[int, int]:
    """Return how many time steps and hidden units fit."""
    return max((width - LEFT) // PITCH, 0), max(height - ROWS - (height >= ROOMY), 0)


def largest(known: Known) -> float:
    """Return the largest dL/dh in size; 0 where none is known."""
    found = np.abs(known.dh[np.isfinite(known.dh)])
    return float(found.max(initial=0.0))


def draw(
    part: Opened,
    known: Known,
    symbols: Sequence[str],
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw the time steps into `height` lines of `width` cells; read from below, as the figure."""
    canvas = Canvas(width, height)
    steps, units = known.h.shape
    here = part.steps[part.done - 1] if part.done else None
    roomy = height >= ROOMY
    _names(canvas, units, roomy, palette)
    divisor, end = 10.0 ** power(part.limit), largest(known) or 1.0
    for column in range(steps):
        x, t = LEFT + column * PITCH, known.first + column
        _heads(canvas, x, t, part, known.losses[column], symbols, palette)
        for unit in range(units):
            y = 2 + unit
            h, dh = float(known.h[column, unit]), float(known.dh[column, unit])
            _number(canvas, x, y, fixed(h), h, palette, scale)
            shown = fixed(dh / divisor, DECIMALS)
            _number(canvas, x + NUMBER, y, shown, dh / end, palette, scale)
        current = here is not None and here.t == t
        glyph = f" {steady(symbols[int(part.inputs[t])])} "
        mark = HERE if current and not roomy else palette.strong
        canvas.center(x + NUMBER, 2 + units, glyph, mark)
        if roomy:
            canvas.center(x + NUMBER, 3 + units, f" {t + 1} ", HERE if current else palette.dim)
    return canvas.strips()


def _names(canvas: Canvas, units: int, roomy: bool, palette: Palette) -> None:
    canvas.put(1, 0, tr("target"), palette.dim)
    for unit in range(units):
        canvas.put(1, 2 + unit, tr("unit {number}", number=unit + 1), palette.dim)
    canvas.put(1, 2 + units, tr("input"), palette.dim)
    if roomy:
        canvas.put(1, 3 + units, tr("step t"), palette.dim)


def _heads(
    canvas: Canvas,
    x: int,
    t: int,
    part: Opened,
    loss: float,
    symbols: Sequence[str],
    palette: Palette,
) -> None:
    target = steady(symbols[int(part.targets[t])])
    canvas.center(x + NUMBER // 2, 0, target, palette.right)
    shown = "·" if np.isnan(loss) else f"{loss:.3f}"
    canvas.center(x + NUMBER + NUMBER // 2, 0, shown, palette.text)
    canvas.center(x + NUMBER // 2, 1, "h", palette.forward)
    canvas.center(x + NUMBER + NUMBER // 2, 1, "dh", palette.backward)


def _number(
    canvas: Canvas,
    x: int,
    y: int,
    text: str,
    share: float,
    palette: Palette,
    scale: Diverging,
) -> None:
    if np.isnan(share):
        canvas.center(x + NUMBER // 2, y, "·", palette.unknown)
    else:
        canvas.put(x, y, f" {text} ", scale.style(share))
