"""The marked time step, a line for each of its vectors, where the figure has no room."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from rich.cells import cell_len
from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.language.cells import cells, padded
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables import chance
from rnn_tui.tui.renderables.lines import Part, fill, line
from rnn_tui.tui.renderables.numbers import thousands
from rnn_tui.tui.renderables.unrolled.boxes import REVERSE, FigureOptions, fixed
from rnn_tui.tui.renderables.unrolled.words import UNKNOWN
from rnn_tui.tui.theme.palette import Palette

Row = tuple[str, list[Part]]
"""A name, and what stands behind it."""


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
    reads, target = steady(symbols[int(part.inputs[at])]), int(part.targets[at])
    place = tr("{done} of {all}", done=thousands(part.first + at + 1), all=thousands(part.total))
    rows: list[Row] = [(tr("input"), [(f" {reads} ", REVERSE), (f"  {place}", palette.dim)])]
    for number, layer in enumerate(part.layers):
        name = tr("hidden") + (str(number + 1) if len(part.layers) > 1 else "")
        rows.append((name, [(fixed(value), palette.text) for value in layer["h"][at]]))
    name = tr("probs") if options.probabilities else tr("logits")
    rows.append((name, _scores(part, symbols, options, at, palette)))
    if part.unchanged and not options.covered:
        rows.append((tr("before"), _scores(part.unchanged, symbols, options, at, palette)))
    if target >= 0:
        rows.append((tr("target"), [(f" {steady(symbols[target])}", palette.right)]))
    sign = chance.sign(part.least, at)
    if not np.isnan(part.losses[at]):
        rows.append((tr("loss"), [(f"{fixed(float(part.losses[at]), 3)}{sign}", palette.text)]))
    explained = [chance.explained(width, palette)] if sign else []
    return fill([*_named(rows, width, palette), *explained], width, height)


def _named(rows: Sequence[Row], width: int, palette: Palette) -> list[Strip]:
    """Write the rows below each other, each as far as it goes in whole numbers."""
    left = max(cells(name) for name, _ in rows) + 1
    strips = []
    for name, parts in rows:
        ends = accumulate((cell_len(text) for text, _ in parts), initial=left)
        fit = [part for part, end in zip(parts, [*ends][1:], strict=True) if end <= width]
        strips.append(line([(padded(name, left), palette.dim), *fit], width))
    return strips


def _scores(
    part: Unrolled, symbols: Sequence[str], options: FigureOptions, at: int, palette: Palette
) -> list[Part]:
    """Return the symbols with their numbers, the likeliest first."""
    if options.covered:
        return [(f" {UNKNOWN}", palette.unknown)]
    values = (part.probs if options.probabilities else part.logits)[at]
    target, parts = int(part.targets[at]), list[Part]()
    for place, k in enumerate(np.argsort(-part.logits[at], kind="stable").tolist()):
        id = int(part.top_ids[at, k])
        right = id == target
        style = palette.right if right else palette.wrong if place == 0 else palette.text
        sign = "▸" if right or (place == 0 and target < 0) else "×" if place == 0 else " "
        parts.append((f"{sign}{steady(symbols[id])} {fixed(values[k]).strip()}", style))
    return parts
