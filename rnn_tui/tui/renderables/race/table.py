"""The table of a race: a line for each network, in columns whose widths do not change."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from textual.strip import Strip

from rnn_tui.models.registry import spec_of
from rnn_tui.protocol.race import EntrantView, RaceView
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.glyphs import join_symbols
from rnn_tui.tui.renderables.lines import Part, cut, fill, fitting, line
from rnn_tui.tui.renderables.numbers import compact, loss, thousands
from rnn_tui.tui.renderables.race.forms import SWATCH, swatch
from rnn_tui.tui.renderables.race.names import shared, told_apart
from rnn_tui.tui.renderables.samples import wrapped
from rnn_tui.tui.theme.palette import Palette

_GAP = 2
BIGRAM = "−bigram"
"""The head of what a loss is less than the bigram's."""
_SAMPLE = 16
"""Cells that a sample is to have before a column less needed has any."""
_SHORTEST = 8
"""Cells of a sample that still says something."""

Cell = Callable[[EntrantView, RunInfo], str]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers."""

    head: str
    width: int
    importance: int
    """1: the last to go where room is scarce; 0: always there."""
    cell: Cell


def draw(
    race: RaceView, info: RunInfo, gone: Sequence[str], width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw a head and the networks into `height` lines of `width` cells.

    Args:
        race: All networks.
        info: Of the text.
        gone: What can be done where a worker is gone, in fewer and fewer words.
        width: Cells.
        height: Lines.
        palette: Colors.
    """
    names, named = _names(race, width)
    columns = columns_shown(race, width)
    room = width - 3 - SWATCH - named - _GAP - sum(column.width + _GAP for column in columns)
    heads = "".join(" " * _GAP + column.head.rjust(column.width) for column in columns)
    head = " " * (3 + SWATCH) + set_cell_size("network", named) + heads
    newest = "  newest sample" if room >= len("newest sample") else ""
    rows = [line([(head + newest, palette.dim)], width)]
    for place, (entrant, name) in enumerate(zip(race.entrants, names, strict=True)):
        chosen, number = place == race.chosen, entrant.number
        cells = [column.cell(entrant, info).rjust(column.width) for column in columns]
        numbers = "".join(" " * _GAP + cell for cell in cells)
        parts: list[Part] = [
            ("▸ " if chosen else "  ", palette.strong),
            (swatch(number, SWATCH) + " ", palette.curve(number)),
            (set_cell_size(cut(name, named), named), palette.strong if chosen else palette.text),
            (numbers, palette.dim if entrant.state == "stopped" else palette.text),
            (" " * _GAP, palette.dim),
            *_newest(entrant, info, gone, room, palette),
        ]
        rows.append(line(parts, width))
    return fill(rows, width, height)


def columns_shown(race: RaceView, width: int) -> list[Column]:
    """Return the columns of numbers that there is room for in `width` cells."""
    _, named = _names(race, width)
    return _fitting(_columns(race), width - 3 - SWATCH - named)


def shared_words(race: RaceView, width: int) -> str:
    """Return what the names of the table leave out, for its title; empty where they are whole."""
    names = [steady(entrant.name) for entrant in race.entrants]
    return f" · {shared(names)} …" if _names(race, width)[0] != names else ""


def _names(race: RaceView, width: int) -> tuple[list[str], int]:
    """Return the names, and how many cells they get."""
    most = max(width // 4, 12)
    names = told_apart([steady(entrant.name) for entrant in race.entrants], most)
    return names, min(max([7, *map(cell_len, names)]), most)


def _columns(race: RaceView) -> list[Column]:
    sizes = [_size(entrant) for entrant in race.entrants]
    return [
        Column("size", max([4, *map(cell_len, sizes)]), 7, lambda e, _: _size(e)),
        Column("params", 6, 1, lambda e, _: compact(e.parameter_count) if _built(e) else "–"),
        Column("reach", 6, 4, lambda e, _: _reach(e)),
        Column("update", 9, 5, lambda e, _: thousands(e.update)),
        Column("loss", 6, 0, lambda e, _: _told(e.smoothed)),
        Column("val.", 6, 0, lambda e, _: _told(e.validation)),
        Column("bits", 6, 6, lambda e, _: _told(_bits(e.smoothed))),
        Column(BIGRAM, 7, 3, lambda e, info: _signed(_bits(e.smoothed - info.bigram))),
        Column("updates/s", 11, 0, lambda e, _: speed(e)),
    ]


def _fitting(columns: Sequence[Column], room: int) -> list[Column]:
    """Return those that there is room for, in their order, beside a sample."""
    kept = [column for column in columns if not column.importance]
    for column in sorted((c for c in columns if c.importance), key=lambda c: c.importance):
        if sum(c.width + _GAP for c in [*kept, column]) + _GAP + _SAMPLE <= room:
            kept.append(column)
    return [column for column in columns if column in kept]


def speed(entrant: EntrantView) -> str:
    """Return updates a second or, where it makes none, why."""
    if entrant.state == "stopped":
        return "worker gone"
    if not _built(entrant):
        return "starting"
    if entrant.state != "running":
        return entrant.state
    if entrant.reason:
        return "waits"
    return compact(entrant.updates_per_second)


def _built(entrant: EntrantView) -> bool:
    return entrant.parameter_count > 0


def _size(entrant: EntrantView) -> str:
    return spec_of(entrant.config).size(entrant.config)


def _reach(entrant: EntrantView) -> str:
    """Return how many symbols back it sees, the present one included."""
    reach = spec_of(entrant.config).reach(entrant.config)
    return "all" if reach is None else thousands(reach) if reach < 100_000 else compact(reach)


def _told(nats: float | None) -> str:
    """Return a loss in at most six cells."""
    if nats is None or math.isnan(nats):
        return "–"
    written = loss(nats)
    return written if len(written) <= 6 else compact(nats) if nats < 1e9 else "huge"


def _bits(nats: float) -> float:
    return nats / math.log(2)


def _signed(bits: float) -> str:
    """Return a difference in at most seven cells."""
    if math.isnan(bits):
        return "–"
    sign = "+" if bits > 0 else "−" if bits < 0 else " "
    return sign + (f"{abs(bits):.2f}" if abs(bits) < 100 else _told(abs(bits)))


def _newest(
    entrant: EntrantView, info: RunInfo, gone: Sequence[str], room: int, palette: Palette
) -> list[Part]:
    """Return the first line of the newest sample or, where no other will come, why."""
    if room < _SHORTEST:
        return []
    if entrant.state == "stopped":
        return [(cut(fitting(room, *gone), room), palette.wrong)]
    if entrant.state == "diverged" and entrant.reason:
        return [(cut(steady(entrant.reason), room), palette.dim)]
    # Two symbols to a cell is the most that text makes.
    ids = entrant.sample[: 2 * room + 8].tolist()
    characters = join_symbols(ids, info.symbols, info.letters, [1.0] * len(ids))
    rows = wrapped(characters, room)
    return [("".join(c.text for c in rows[0]), palette.text)] if rows else []


def as_text(race: RaceView, info: RunInfo) -> str:
    """Return every column of names and numbers, a line for each network."""
    columns, named = _columns(race), max([7, *(cell_len(e.name) for e in race.entrants)])
    rows = [["network", *(column.head for column in columns)]]
    rows += [[e.name, *(column.cell(e, info) for column in columns)] for e in race.entrants]
    texts = []
    for name, *cells in rows:
        widths = zip(cells, columns, strict=True)
        numbers = (" " * _GAP + cell.rjust(column.width) for cell, column in widths)
        texts.append(set_cell_size(name, named) + "".join(numbers))
    return "\n".join(texts) + "\n"
