"""All parameters of a small network three times: before the last update, its change, after it."""

import math

import numpy as np
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.language.cells import cells as cells_of
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.weights import WeightsSeen
from rnn_tui.tui.renderables.lines import PLAIN, Part, cells, fill, line
from rnn_tui.tui.renderables.memory.weight_labels import LABEL
from rnn_tui.tui.renderables.memory.weights import (
    HEAD,
    NUMBER,
    Block,
    What,
    head_of,
    picture,
    whole_blocks,
)
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

SHEETS: dict[What, str] = {"before": mark("before"), "change": mark("change"), "now": mark("after")}
GAP = 2


def fits(seen: WeightsSeen, width: int, height: int) -> bool:
    """Tell whether there is room for all of it."""
    if not seen.whole:
        return False
    wide = max(sheet.now.shape[1] for sheet in seen.whole) * NUMBER
    high = sum(len(sheet.now) + HEAD for sheet in seen.whole)
    return LABEL + len(SHEETS) * (wide + GAP) - GAP <= width and high <= height


def draw(
    seen: WeightsSeen, info: RunInfo, width: int, height: int, palette: Palette, scale: Diverging
) -> list[Strip]:
    """Draw the three beside each other, the names of the rows once."""
    lines: list[list[Part]] = []
    for blocks in zip(*(whole_blocks(seen, what) for what in SHEETS), strict=True):
        columns = [_column(seen, block, info, palette, scale) for block in blocks]
        lines.append(_head(seen, blocks, info, palette))
        for first, *others in zip(*columns, strict=True):
            row = list(first)
            for parts in others:
                row += [(" " * GAP, PLAIN), *parts[1:]]
            lines.append(row)
    return fill([line(parts, width) for parts in lines], width, height)


def _column(
    seen: WeightsSeen, block: Block, info: RunInfo, palette: Palette, scale: Diverging
) -> list[list[Part]]:
    limit = float(np.abs(block.values).max())
    names, *rows = picture(seen, block, info, NUMBER, limit, palette, scale)
    if block.what != "now" and math.isnan(seen.most):
        rows = [[row[0], *[(f"{'·':>{NUMBER}}", palette.dim)] * len(row[1:])] for row in rows]
    return [names, *rows]


def _head(
    seen: WeightsSeen, blocks: tuple[Block, ...], info: RunInfo, palette: Palette
) -> list[Part]:
    """Name a parameter, and over the last column of each sheet what it is."""
    parts = head_of(seen, blocks[0], info.config, palette)
    end = LABEL
    for block in blocks:
        end += block.values.shape[1] * NUMBER
        word = tr(SHEETS[block.what])
        parts.append((" " * max(end - cells(parts) - cells_of(word), 1) + word, palette.dim))
        end += GAP
    return parts
