"""The marked time step, a line for each of its vectors, where the figure has no room."""

from collections.abc import Iterable, Sequence

import numpy as np
from textual.strip import Strip

from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.lines import Part, cells, fill, line
from rnn_tui.tui.renderables.numbers import thousands
from rnn_tui.tui.renderables.unrolled import REVERSE, FigureOptions, fixed
from rnn_tui.tui.theme.palette import Palette

NAME = 7
"""Cells for the name of a line."""


def draw(
    part: Unrolled,
    symbols: Sequence[str],
    options: FigureOptions,
    width: int,
    height: int,
    palette: Palette,
) -> list[Strip]:
    """Draw the marked step into `height` lines of `width` cells, what is read first."""
    at = min(max(options.cursor - part.first, 0), len(part.inputs) - 1)
    target, loss = int(part.targets[at]), float(part.losses[at])
    reads = steady(symbols[int(part.inputs[at])])
    step = f"{thousands(part.first + at + 1)} of {thousands(part.total)}  reads "
    lines = [_named("step", [(step, palette.dim), (f" {reads} ", REVERSE)], palette)]
    several = len(part.layers) > 1
    for number, layer in enumerate(part.layers):
        name = f"hidden{number + 1}" if several else "hidden"
        lines.append(_named(name, [(_numbers(layer["h"][at]), palette.text)], palette))
    name = "probs" if options.probabilities else "logits"
    lines.append(_named(name, _scores(part, symbols, options, at, width - NAME, palette), palette))
    if target >= 0:
        right = (f" {steady(symbols[target])}", palette.right)
        lines.append(_named("target", [right], palette))
    if not np.isnan(loss):
        lines.append(_named("loss", [(fixed(loss, 3), palette.text)], palette))
    return fill([line(parts, width) for parts in lines], width, height)


def _named(name: str, parts: Iterable[Part], palette: Palette) -> list[Part]:
    return [(name.ljust(NAME), palette.dim), *parts]


def _numbers(values: Sequence[float]) -> str:
    return "".join(fixed(value) for value in values)


def _scores(
    part: Unrolled,
    symbols: Sequence[str],
    options: FigureOptions,
    at: int,
    width: int,
    palette: Palette,
) -> list[Part]:
    """Return as many symbols with their numbers as fit, the likeliest first."""
    values = (part.probs if options.probabilities else part.logits)[at]
    target, parts = int(part.targets[at]), list[Part]()
    for place, k in enumerate(np.argsort(-part.logits[at], kind="stable").tolist()):
        id = int(part.top_ids[at, k])
        right = id == target
        style = palette.right if right else palette.wrong if place == 0 else palette.text
        mark = "▸" if right or (place == 0 and target < 0) else "×" if place == 0 else " "
        score = (f"{mark}{steady(symbols[id])} {fixed(values[k]).strip()}", style)
        if cells([*parts, score]) > width:
            break
        parts.append(score)
    return parts
