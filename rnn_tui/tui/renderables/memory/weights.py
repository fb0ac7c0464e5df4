"""One parameter as a heat picture, with numbers in it where there is room."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.names import on_paper
from rnn_tui.inspection.weight_axes import axes
from rnn_tui.models.config import NetworkConfig
from rnn_tui.protocol.curves import Floats
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.weights import Sheet, WeightsSeen
from rnn_tui.tui.renderables.lines import PLAIN, Part, fill, line
from rnn_tui.tui.renderables.memory.weight_labels import LABEL, column_names, row_name
from rnn_tui.tui.theme.diverging_scale import FAINT, Diverging
from rnn_tui.tui.theme.palette import Palette

NUMBER, SIGN = 7, 2
"""Cells of a weight with two decimals, and of a sign with a digit for its size."""
HEAD = 2
"""Lines above the picture: the names of all parameters, and what the columns are."""
What = Literal["now", "change", "before"]
"""What is shown of each weight: itself, what the last update added to it, itself before that."""
REVERSE, CHANGED = Style(reverse=True), Style(underline=True)


def fit(width: int, height: int) -> tuple[int, int]:
    """Return how many rows and columns of a parameter there is room for."""
    return max(height - HEAD, 1), max((width - LABEL) // SIGN, 1)


def limit_of(seen: WeightsSeen, what: What) -> float:
    """Return the largest number of the parameter, in size."""
    return {"now": seen.limit, "change": seen.most, "before": seen.limit_before}[what]


def cell_width(columns: int, width: int) -> int:
    """Return how wide a cell can be so that all columns are seen, or as many as can be."""
    return NUMBER if columns * NUMBER <= width - LABEL else SIGN


def draw(
    seen: WeightsSeen,
    info: RunInfo,
    what: What,
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw all parameters where there is room, else their names and a part of the marked one."""
    blocks = whole_blocks(seen, what)
    wide = max((block.values.shape[1] for block in blocks), default=width)
    high = sum(len(block.values) + HEAD for block in blocks)
    if not blocks or high > height or cell_width(wide, width) != NUMBER:
        heads = [_names(seen, info.config, width, palette)]
        blocks = [Block(seen.number, seen.page, what, seen.first, seen.place)]
    else:
        heads = [head_of(seen, block, info.config, palette) for block in blocks]
    lines = []
    for head, block in zip(heads, blocks, strict=True):
        whole = seen.shape[1] if len(blocks) == 1 else block.values.shape[1]
        limit = limit_of(seen, what) if len(blocks) == 1 else float(np.abs(block.values).max())
        drawn = picture(seen, block, info, cell_width(whole, width), limit, palette, scale)
        lines += [line(parts, width) for parts in [head, *drawn]]
    return fill(lines, width, height)


@dataclass(frozen=True, eq=False, slots=True)
class Block:
    """What is drawn of a parameter."""

    number: int
    sheet: Sheet
    what: What
    first: tuple[int, int]
    """Row and column of the first weight."""
    place: tuple[int, int] | None
    """Those of the marked one; None: it is in another parameter."""

    @property
    def values(self) -> Floats:
        """The numbers (R, C)."""
        values: Floats = getattr(self.sheet, self.what)
        return values


def whole_blocks(seen: WeightsSeen, what: What) -> list[Block]:
    """Return all parameters of a small network; of others nothing."""
    return [
        Block(number, sheet, what, (0, 0), seen.place if number == seen.number else None)
        for number, sheet in enumerate(seen.whole)
    ]


def picture(
    seen: WeightsSeen,
    block: Block,
    info: RunInfo,
    cell: int,
    limit: float,
    palette: Palette,
    scale: Diverging,
) -> Iterator[list[Part]]:
    """Yield the names of the columns, then the rows."""
    rows, columns = axes(seen.names[block.number], info.config, len(info.symbols))
    marked = block.place or (-1, -1)
    names = column_names(columns, block.first[1], block.values.shape[1], info, cell)
    styles = [palette.strong if at == marked[1] else palette.dim for at, _ in names]
    texts = [text for _, text in names]
    yield [(" " * LABEL, PLAIN), *zip(texts, styles, strict=True)]
    for r, values in enumerate(block.values.tolist()):
        at = block.first[0] + r
        name = row_name(rows, at, info)
        parts: list[Part] = [(name, palette.strong if at == marked[0] else palette.dim)]
        for c, value in enumerate(values):
            text, style = _cell(value, limit, cell, scale, block.what)
            turned = float(block.sheet.turned[r, c])
            if block.what == "now" and turned == turned and turned != value:
                style += CHANGED
            if (at, block.first[1] + c) == marked:
                style += REVERSE
            parts.append((text, style))
        yield parts


def head_of(seen: WeightsSeen, block: Block, config: NetworkConfig, palette: Palette) -> list[Part]:
    """Name a parameter."""
    name = on_paper(seen.names[block.number], config.num_layers)
    return [(f" {name} ", palette.dim if block.place is None else palette.here)]


def number(value: float) -> str:
    """Write a weight in so many cells."""
    if not math.isfinite(value):
        return f"{'NaN' if math.isnan(value) else '∞' if value > 0 else '−∞':>{NUMBER}}"
    size = abs(value)
    text = f"{value:.2f}" if size < 999.995 else f"{value:.0f}" if size < 1e5 else f"{value:.0e}"
    text = text.replace("e+0", "e").replace("e+", "e").replace("-", "−")
    return f"{text:>{NUMBER}}"


def added(value: float) -> str:
    """Write a change, which may be small, in so many cells."""
    size = abs(value)
    if not 0 < size < 99.995:
        return number(value)
    text = f"{value:+.2f}" if size >= 1 else f"{value:+.3f}" if size >= 0.001 else f"{value:+.0e}"
    return f"{text.replace('e-0', 'e-').replace('-', '−'):>{NUMBER}}"


def _cell(value: float, limit: float, cell: int, scale: Diverging, what: What) -> tuple[str, Style]:
    share = value / limit if 0 < limit < math.inf else value if limit else 0.0
    if cell == NUMBER:
        return (added if what == "change" else number)(value), scale.style(share)
    if share != share:
        return "??", PLAIN
    sign = "−" if share < 0 else "+"
    text = f"{sign}{min(int(10 * abs(share)), 9)}" if abs(share) > FAINT else " ·"
    return text, scale.style(share)


def _names(seen: WeightsSeen, config: NetworkConfig, width: int, palette: Palette) -> list[Part]:
    """Return the names of all parameters, from such a one on that the marked one is seen."""
    told = [f" {on_paper(name, config.num_layers)} " for name in seen.names]
    first = 0
    while first < seen.number and sum(map(len, told[first : seen.number + 1])) > width:
        first += 1
    return [
        (text, palette.here if at == seen.number else palette.dim)
        for at, text in enumerate(told[first:], first)
    ]


def looks(seen: WeightsSeen) -> Sequence[object]:
    """Return everything that the picture depends on."""
    return (
        seen.number,
        seen.place,
        seen.first,
        seen.limit,
        seen.most,
        seen.update,
        *(array.tobytes() for sheet in (seen.page, *seen.whole) for array in sheet),
    )
