"""What turned weights make of a network: numbers before and now, side by side."""

import math
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from textual.strip import Strip

from rnn_tui.language import mark, padded, tr
from rnn_tui.models.config import NetworkConfig
from rnn_tui.nn.cells import CELLS
from rnn_tui.protocol.curves import Ints
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.turned import Numbers, TurnedSeen
from rnn_tui.tui.renderables.bars import bar
from rnn_tui.tui.renderables.glyphs import join_glyphs, slot
from rnn_tui.tui.renderables.lines import Part, cells, cut, fill, line, prose, right
from rnn_tui.tui.renderables.numbers import beside, percent, significant
from rnn_tui.tui.theme.palette import Palette

NAME, COLUMN = 17, 9
"""Cells of what a number is, and of a number."""
GOES_ON = 9
"""Cells before what it would write."""
FIGURES = 4
"""Lines of figures, with what the columns are."""
NO_STATE = mark(
    "Nothing is handed on from step to step here, so there is no W_hh: such a network knows what "
    "its layers still see, and nothing else."
)


def draw_answers(
    seen: TurnedSeen, info: RunInfo, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw the numbers: before in one column where weights were turned, and now."""
    goes_on = list(_goes_on(seen, info, width, palette))
    rows = max(height - FIGURES - 1 - len(goes_on), 2)
    room = _room(seen, width)
    head = tr("before") if seen.before else ""
    parts = [_row(("", palette.text), head, tr("now"), room, palette)]
    for name, now, before in _figures(seen, info.config):
        told = _number(before, now) if seen.before else ""
        what = (cut(name, room.name), palette.text)
        parts.append(_row(what, told, _number(now, before), room, palette))
    parts += list(_symbols(seen, info, width, palette))[: rows + 1]
    return fill([line(each, width) for each in [*parts, *goes_on]], width, height)


class Room(NamedTuple):
    """Cells of names, and of the numbers of before."""

    name: int
    before: int


def _room(seen: TurnedSeen, width: int) -> Room:
    """Return the cells there are beside the numbers of now; those of before can need none."""
    before = COLUMN if seen.before or width >= NAME + 2 * COLUMN else 0
    return Room(max(min(NAME, width - COLUMN - before), 0), before)


def _row(name: Part, before: str, now: str, room: Room, palette: Palette) -> list[Part]:
    text, style = name
    blank = (" " * (room.name - cells([name])), palette.dim)
    then = (right(before, room.before), palette.dim)
    return [(text, style), blank, then, (right(now, COLUMN), palette.strong)]


def _figures(seen: TurnedSeen, config: NetworkConfig) -> Iterator[tuple[str, float, float]]:
    """Yield names, numbers now and before."""
    now, before = seen.now, seen.before or seen.now
    unknown = math.nan if seen.before is None else 0.0
    yield tr("loss, nats"), now.loss, before.loss + unknown
    if config.network != "recurrent":
        return
    yield tr("error a step ×"), now.factor, before.factor + unknown
    keeps = CELLS[config.cell].keeps
    if keeps:
        yield tr("{gate} keeps ×", gate=keeps), now.passed, before.passed + unknown
    else:
        yield tr("radius of W_hh"), _radius(now), _radius(before) + unknown


def _radius(numbers: Numbers) -> float:
    return numbers.radii[0] if numbers.radii else math.nan


def _number(value: float, other: float) -> str:
    if math.isnan(value):
        return "·"
    return significant(value) if math.isnan(other) else beside(value, other)


def _symbols(seen: TurnedSeen, info: RunInfo, width: int, palette: Palette) -> Iterator[list[Part]]:
    """Yield a line for each of the likeliest symbols, below what was read."""
    if not len(seen.top):
        return
    room = _room(seen, width)
    context = _text(seen.context, info)
    around = cells([(tr("after {context}", context=""), palette.dim)])
    while context and cells([(context, palette.dim)]) > room.name - around - 1:
        context = context[1:]
    yield _row((tr("after {context}", context=context), palette.dim), "", "", room, palette)
    before = seen.before.probs.tolist() if seen.before else []
    bars = max(width - NAME - 2 * COLUMN - 1, 0)
    for id, p, q in zip_longest(seen.top.tolist(), seen.now.probs.tolist(), before):
        right = id == seen.target
        name = f"{'▸' if right else ' '} {slot(info.symbols[id])}"
        style = palette.right if right else palette.text
        told = "" if q is None else f"{percent(q)} %"
        row = _row((name, style), told, f"{percent(p)} %", room, palette)
        yield [*row, (f" {bar(p, bars)}", style)]


def _goes_on(seen: TurnedSeen, info: RunInfo, width: int, palette: Palette) -> Iterator[list[Part]]:
    """Yield what it would write."""
    both = [(tr("goes on"), seen.now, palette.text)]
    if seen.before:
        both.append((tr("before"), seen.before, palette.dim))
    for name, numbers, style in both:
        shown = cut(_text(numbers.goes_on, info), width - GOES_ON)
        yield [(padded(name, GOES_ON), palette.dim), (shown, style)]


def draw_words(
    seen: TurnedSeen, info: RunInfo, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Write what W_hh does to memory and gradients; nothing where no text was read."""
    words = (NO_STATE,) if info.config.network != "recurrent" else seen.words
    return prose(((tr(said), palette.text) for said in words), width, height)


def _text(ids: Ints, info: RunInfo) -> str:
    glyphs = [info.symbols[id] for id in ids.tolist()]
    return "".join(character.text for character in join_glyphs(glyphs, [0.0] * len(glyphs)))
