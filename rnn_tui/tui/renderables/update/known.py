"""What a walk through an update has found out so far, a column per time step."""

from collections.abc import Sequence

import numpy as np
from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.protocol.update import Known, Opened
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.canvas import Canvas
from rnn_tui.tui.renderables.unrolled import fixed
from rnn_tui.tui.renderables.update.matrices import power
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

LEFT, NUMBER = 8, 8
"""Cells for the names of the rows; of a number with a blank on both sides."""
PITCH = 2 * NUMBER + 2
DECIMALS = 3
"""Of dL/dh, which is small beside the gradients of weights, summed over all time steps."""
ROWS = 4
"""Rows that are no unit: step, target and loss, heads, input."""
HERE = Style(reverse=True, bold=True)


def fit(width: int, height: int) -> tuple[int, int]:
    """Return how many time steps and hidden units fit."""
    return max((width - LEFT) // PITCH, 0), max(height - ROWS, 0)


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
    _names(canvas, units, palette)
    divisor, end = 10.0 ** power(part.limit), largest(known) or 1.0
    for column in range(steps):
        x, t = LEFT + column * PITCH, known.first + column
        _heads(canvas, x, t, part, known.losses[column], symbols, here, palette)
        for unit in range(units):
            y = 2 + unit
            h, dh = float(known.h[column, unit]), float(known.dh[column, unit])
            _number(canvas, x, y, fixed(h), h, palette, scale)
            shown = fixed(dh / divisor, DECIMALS)
            _number(canvas, x + NUMBER, y, shown, dh / end, palette, scale)
        canvas.center(x + NUMBER, 2 + units, steady(symbols[int(part.inputs[t])]), palette.strong)
    return canvas.strips()


def _names(canvas: Canvas, units: int, palette: Palette) -> None:
    canvas.put(1, 0, "target", palette.dim)
    for unit in range(units):
        canvas.put(1, 2 + unit, f"unit {unit + 1}", palette.dim)
    canvas.put(1, 2 + units, "input", palette.dim)
    canvas.put(1, 3 + units, "step", palette.dim)


def _heads(
    canvas: Canvas,
    x: int,
    t: int,
    part: Opened,
    loss: float,
    symbols: Sequence[str],
    here: MicroStep | None,
    palette: Palette,
) -> None:
    target = steady(symbols[int(part.targets[t])])
    canvas.center(x + NUMBER // 2, 0, target, palette.right)
    shown = "·" if np.isnan(loss) else f"{loss:.3f}"
    canvas.center(x + NUMBER + NUMBER // 2, 0, shown, palette.text)
    canvas.center(x + NUMBER // 2, 1, "h", palette.forward)
    canvas.center(x + NUMBER + NUMBER // 2, 1, "dh", palette.backward)
    current = here is not None and here.t == t
    step = f" {t + 1} "
    canvas.center(x + NUMBER, 3 + known_units(part), step, HERE if current else palette.dim)


def known_units(part: Opened) -> int:
    """Return how many hidden units are shown."""
    return 0 if part.known is None else part.known.h.shape[1]


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
