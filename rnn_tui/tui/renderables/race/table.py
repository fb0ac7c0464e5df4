"""The table of a race: a line for each network."""

from collections.abc import Callable

from rich.cells import cell_len, set_cell_size
from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.protocol.race import EntrantView, RaceView
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.glyphs import join_symbols
from rnn_tui.tui.renderables.lines import Part, cut, fill, fitting, line
from rnn_tui.tui.renderables.race.columns import GAP, Column, columns_of, fitting_columns
from rnn_tui.tui.renderables.race.forms import SWATCH, swatch
from rnn_tui.tui.renderables.race.hints import in_the_table
from rnn_tui.tui.renderables.race.names import shared, told_apart
from rnn_tui.tui.renderables.samples import wrapped
from rnn_tui.tui.theme.palette import Palette

_SHORTEST = 8
"""Cells of a sample that still says something."""


def draw(
    race: RaceView,
    info: RunInfo,
    with_keys: Callable[[str], str],
    width: int,
    height: int,
    palette: Palette,
) -> list[Strip]:
    """Draw a head and the networks into `height` lines of `width` cells.

    Args:
        race: All networks.
        info: Of the text.
        with_keys: Puts keys in the place of their names.
        width: Cells.
        height: Lines.
        palette: Colors.
    """
    names, named = _names(race, width)
    columns = columns_shown(race, width)
    room = width - 3 - SWATCH - named - GAP - sum(column.width + GAP for column in columns)
    heads = "".join(column.title for column in columns)
    head = " " * (3 + SWATCH) + set_cell_size(tr("network"), named) + heads
    newest = tr("newest sample")
    newest = " " * GAP + newest if room >= cell_len(newest) else ""
    rows = [line([(head + newest, palette.dim)], width)]
    for place, (entrant, name) in enumerate(zip(race.entrants, names, strict=True)):
        chosen, number = place == race.chosen, entrant.number
        numbers = "".join(column.written(entrant, info) for column in columns)
        parts: list[Part] = [
            ("▸ " if chosen else "  ", palette.strong),
            (swatch(number, SWATCH) + " ", palette.curve(number)),
            (set_cell_size(cut(name, named), named), palette.strong if chosen else palette.text),
            (numbers, palette.dim if entrant.state == "stopped" else palette.text),
            (" " * GAP, palette.dim),
            *_newest(entrant, info, with_keys, room, palette),
        ]
        rows.append(line(parts, width))
    return fill(rows, width, height)


def columns_shown(race: RaceView, width: int) -> list[Column]:
    """Return the columns of numbers that there is room for in `width` cells."""
    _, named = _names(race, width)
    return fitting_columns(columns_of(race), width - 3 - SWATCH - named)


def shared_words(race: RaceView, width: int) -> str:
    """Return what the names of the table leave out; empty where they are whole."""
    names = [steady(entrant.name) for entrant in race.entrants]
    return shared(names) if _names(race, width)[0] != names else ""


def _names(race: RaceView, width: int) -> tuple[list[str], int]:
    """Return the names, and how many cells they get."""
    most = max(width // 4, 12)
    names = told_apart([steady(entrant.name) for entrant in race.entrants], most)
    return names, min(max([cell_len(tr("network")), *map(cell_len, names)]), most)


def _newest(
    entrant: EntrantView,
    info: RunInfo,
    with_keys: Callable[[str], str],
    room: int,
    palette: Palette,
) -> list[Part]:
    """Return the first line of the newest sample or, where no other will come, why."""
    if room < _SHORTEST:
        return []
    if hints := in_the_table(entrant):
        said = fitting(room, *(steady(with_keys(hint)) for hint in hints))
        return [(cut(said, room), palette.wrong if entrant.state == "stopped" else palette.dim)]
    # Two symbols to a cell is the most that text makes.
    ids = entrant.sample[: 2 * room + 8].tolist()
    characters = join_symbols(ids, info.symbols, info.letters, [1.0] * len(ids))
    rows = wrapped(characters, room)
    return [("".join(c.text for c in rows[0]), palette.text)] if rows else []


def as_text(race: RaceView, info: RunInfo) -> str:
    """Return every column of names and numbers, a line for each network."""
    head = tr("network")
    named = max(cell_len(name) for name in (head, *(entrant.name for entrant in race.entrants)))
    columns = columns_of(race)
    rows = [set_cell_size(head, named) + "".join(column.title for column in columns)]
    for entrant in race.entrants:
        numbers = "".join(column.written(entrant, info) for column in columns)
        rows.append(set_cell_size(entrant.name, named) + numbers)
    return "\n".join(rows) + "\n"
