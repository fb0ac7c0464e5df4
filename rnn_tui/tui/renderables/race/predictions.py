"""What several networks expect after one prefix, side by side."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.strip import Strip

from rnn_tui.protocol.race import EntrantView, RaceView
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.glyphs import named
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.bars import bar
from rnn_tui.tui.renderables.glyphs import SLOT
from rnn_tui.tui.renderables.lines import Part, cut, fill, line
from rnn_tui.tui.renderables.numbers import percent
from rnn_tui.tui.renderables.race.forms import SWATCH, swatch
from rnn_tui.tui.renderables.race.names import told_apart
from rnn_tui.tui.theme.palette import Palette

_NARROWEST = 14
"""Cells of a column with a bar that says something."""
_BROADEST, _GAP, _PERCENT = 30, 2, 3
_OTHER = _GAP + SLOT + _PERCENT
"""Cells for a symbol without its bar in a line of several."""
_BAR, _MOST_OTHERS = 14, 3

Likely = tuple[str, float]
"""A symbol and its probability."""


def fits_columns(count: int, width: int) -> bool:
    """Tell whether so many networks have a column each in `width` cells, not a line each."""
    return width // max(count, 1) >= _NARROWEST


def draw(race: RaceView, info: RunInfo, width: int, height: int, palette: Palette) -> list[Strip]:
    """Draw a column for each network or, where that is too narrow, a line for each."""
    entrants = race.entrants
    if not fits_columns(len(entrants), width):
        likely = [_likely(entrant, info, 1 + _others(width)) for entrant in entrants]
        pairs = zip(entrants, likely, strict=True)
        rows = [_row(entrant.number, found, width, palette) for entrant, found in pairs]
        return fill(rows, width, height)
    column = min(width // len(entrants), _BROADEST)
    likely = [_likely(entrant, info, max(height - 1, 1)) for entrant in entrants]
    names = told_apart([steady(e.name) for e in entrants], column - SWATCH - 1 - _GAP)
    room = max([SLOT, *(cell_len(symbol) for found in likely for symbol, _ in found)])
    room = min(room, column - _PERCENT - _GAP - 4)
    rows = [line(_heads(race, names, column, palette), width)]
    for place in range(max(map(len, likely), default=0)):
        parts: list[Part] = []
        for found in likely:
            parts += _cell(found, place, room, column, palette)
        rows.append(line(parts, width))
    return fill(rows, width, height)


def _likely(entrant: EntrantView, info: RunInfo, most: int) -> list[Likely]:
    """Return the likeliest symbols, best first; all of them, where they fit, in their own order.

    So that a symbol of a small alphabet stands on the same line for all networks.
    """
    found = list(zip(entrant.next_ids.tolist(), entrant.next_probs.tolist(), strict=True))
    if len(found) == len(info.symbols) <= most:
        found.sort()
    return [(steady(named(info.symbols[i], info.letters[i])), p) for i, p in found[:most]]


def _heads(race: RaceView, names: Sequence[str], column: int, palette: Palette) -> list[Part]:
    parts: list[Part] = []
    room = column - SWATCH - 1 - _GAP
    for place, (entrant, name) in enumerate(zip(race.entrants, names, strict=True)):
        chosen, number = place == race.chosen, entrant.number
        parts += [
            (f"{swatch(number, SWATCH)} ", palette.curve(number)),
            (set_cell_size(cut(name, room), room), palette.strong if chosen else palette.text),
            (" " * _GAP, palette.dim),
        ]
    return parts


def _cell(found: list[Likely], place: int, room: int, column: int, palette: Palette) -> list[Part]:
    """Return one symbol of one network with its bar, as wide as the column."""
    if place >= len(found):
        return [("–".ljust(column) if not found and not place else " " * column, palette.dim)]
    symbol, probability = found[place]
    style = palette.strong if probability == max(p for _, p in found) else palette.bar
    length = column - room - 2 - _PERCENT - _GAP
    drawn = f"{bar(probability, length)} {percent(probability)}"
    return [
        (set_cell_size(symbol, room) + " ", style),
        (drawn, style),
        (" " * _GAP, palette.dim),
    ]


def _row(number: int, found: list[Likely], width: int, palette: Palette) -> Strip:
    """Return one network's likeliest symbol with its bar, and the next ones without."""
    parts: list[Part] = [(f"{swatch(number, SWATCH)} ", palette.curve(number))]
    if not found:
        return line([*parts, ("–", palette.dim)], width)
    others = _others(width)
    length = width - SWATCH - 1 - SLOT - 1 - _PERCENT - others * _OTHER
    (symbol, probability), *rest = sorted(found, key=lambda pair: -pair[1])
    drawn = f"{set_cell_size(symbol, SLOT)}{bar(probability, length)} {percent(probability)}"
    parts.append((drawn, palette.strong))
    for symbol, probability in rest[:others]:
        beside = f"{set_cell_size(symbol, SLOT)}{percent(probability)}"
        parts += [(" " * _GAP, palette.dim), (beside, palette.bar)]
    return line(parts, width)


def _others(width: int) -> int:
    """Return how many symbols stand beside the likeliest in a line."""
    return min(max((width - SWATCH - 1 - _BAR) // _OTHER, 0), _MOST_OTHERS)
