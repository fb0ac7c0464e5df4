"""One unit over a text, what all units follow, and where one is strongest."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from rich.cells import cell_len
from textual.strip import Strip

from rnn_tui.inspection.memory.units.measures import auc
from rnn_tui.inspection.memory.units.sentences import follows, name, nothing_claimed, place
from rnn_tui.language import mark, tr
from rnn_tui.models.registry import spec_of
from rnn_tui.models.spec import last_symbols
from rnn_tui.protocol.curves import Floats
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.units import BEFORE, UnitsSeen, UnitText
from rnn_tui.text.features.label import Label
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables import colored_text
from rnn_tui.tui.renderables.lines import PLAIN, Part, cut, fill, line, spread, wrap
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

LEAST = 0.05
"""How far from the mean has the strongest color, at least: less is next to nothing."""
WEAK = 1 / 3
"""Below this share of the strongest, a sign would say nothing."""
UNKNOWN = "·"
MEASURE, VALUE = 6, 6
"""Cells of an AUC or a correlation, and of what a unit has."""


def shares(values: Floats) -> Floats:
    """Return how far each value is from their mean, as a share of the farthest; 0: not known."""
    known = values[~np.isnan(values)]
    if not len(known):
        return np.zeros(len(values))
    away = np.nan_to_num(values - known.mean())
    found: Floats = away / max(float(np.abs(away).max()), LEAST)
    return found


def draw_text(
    part: UnitText,
    symbols: Sequence[str],
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw the text, each symbol in the color of what the unit has once it is read."""
    glyphs = [symbols[id] for id in part.ids.tolist()]
    styles, signs = [], []
    for share in shares(part.values).tolist():
        signs.append(" " if abs(share) < WEAK else "+" if share > 0 else "−")
        styles.append(scale.style(share))
    below = () if scale.colored else signs
    return colored_text.draw(glyphs, styles, width, height, signs=below)


def draw_list(
    part: UnitsSeen, chosen: int, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw a row for each label, then one for each of the other units, the chosen one marked."""
    heads = [short(unit, part.widths) for unit in part.units.tolist()]
    room = max(map(cell_len, [*heads, short(sum(part.widths) - 1, part.widths)]))
    top = min(max(chosen - (height - 1) // 2, 0), max(len(heads) - height, 0))
    lines = []
    for row in range(top, min(top + height, len(heads))):
        style = palette.here if row == chosen else PLAIN
        ink = palette.text if part.claimed[row] else palette.dim
        left = [(f"{'▸' if row == chosen else ' '}{heads[row]:>{room}} ", style)]
        number = measure(part, row)
        words = cut(does(part, row), width - room - 4 - len(number))
        lines.append(spread([*left, (f" {words}", ink)], [(number, ink)], width))
    return fill(lines, width, height)


def short(unit: int, widths: tuple[int, ...]) -> str:
    """Return a unit's number, behind that of its layer where there are several: "2·41"."""
    if unit < 0:
        return UNKNOWN
    layer, number = place(unit, widths)
    return f"{layer + 1}·{number + 1}" if len(widths) > 1 else f"{number + 1}"


def does(part: UnitsSeen, row: int) -> str:
    """Return what a row's unit does, in few words: "on inside brackets"."""
    if not part.labels:
        return ""
    label = int(part.label[row])
    words = part.labels[label]
    if not part.claimed[row]:
        return steady(tr(words))
    up = part.strength[row] > 0
    if part.numbers[label]:
        does = mark("grows {along}") if up else mark("falls {along}")
    else:
        does = mark("on {where}") if up else mark("off {where}")
    return steady(tr(does, along=tr(words), where=tr(words)))


def measure(part: UnitsSeen, row: int) -> str:
    """Return how well it does, in so many cells; a dash where nothing is claimed."""
    if not part.labels:
        return " " * MEASURE
    if not part.done:
        return UNKNOWN.rjust(MEASURE)
    if not part.claimed[row]:
        return f"{'–':>{MEASURE}}"
    strength = float(part.strength[row])
    if part.numbers[part.label[row]]:
        return f"r {abs(strength):.2f}".rjust(MEASURE)
    return f"{auc(strength):.2f}".rjust(MEASURE)


def said(part: UnitsSeen, row: int, kind: str) -> str:
    """Return what is told of a row's unit, in a sentence."""
    label, strength = part.label[row], float(part.strength[row])
    meant = Label(part.labels[label], np.empty(0), number=part.numbers[label])
    who = name(int(part.units[row]), part.widths, kind)
    told = (
        follows(who, meant, strength)
        if part.claimed[row]
        else nothing_claimed(who, meant, strength, float(part.chance[label]))
    )
    return steady(f"{titled(tr(told))}.")


def titled(who: str) -> str:
    """Return a unit's name as a sentence begins; c and gates stay the letters they are."""
    return f"U{who[1:]}" if who.startswith("unit") else who


def draw_places(
    part: UnitsSeen, row: int, kind: str, info: RunInfo, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Write what the row's unit follows, and where it is strongest, what was read before first."""
    ink = palette.strong if part.claimed[row] else palette.text
    lines = [line([(f" {text}", ink)], width) for text in wrap(said(part, row, kind), width - 2)]
    low = part.strength[row] < 0
    where = tr("Where it is lowest:") if low else tr("Where it is highest:")
    lines.append(line([(f" {where}", palette.dim)], width))
    for at, value, around in zip(
        part.places[row].tolist(), part.values[row].tolist(), part.around[row].tolist(), strict=True
    ):
        if at >= 0:
            lines.append(line(_place(value, around, info, width, palette), width))
    if (sees := spec_of(info.config).reach(info.config)) is not None:
        instead = tr(
            "This network has no hidden state: what a unit has follows from {last} alone.",
            last=last_symbols(sees, info.unit),
        )
        lines += [line([(f" {text}", palette.dim)], width) for text in wrap(instead, width - 2)]
    return fill(lines, width, height)


def _place(
    value: float, around: list[int], info: RunInfo, width: int, palette: Palette
) -> Iterator[Part]:
    """Yield what it has there and the surroundings, the place itself always in the same column."""
    yield f" {number(value)} ", palette.dim
    glyphs = [colored_text.shown(info.symbols[id]) if id >= 0 else " " for id in around]
    room = max((width - VALUE - 2) * 2 // 3, 1)
    before = ""
    for glyph in reversed(glyphs[:BEFORE]):
        if cell_len(glyph + before) > room:
            break
        before = glyph + before
    yield " " * (min(room, BEFORE) - cell_len(before)) + before, palette.text
    yield glyphs[BEFORE], palette.here
    yield "".join(glyphs[BEFORE + 1 :]), palette.text


def number(value: float) -> str:
    """Write a value with its sign in so many cells."""
    if math.isnan(value):
        return f"{'–':>{VALUE}}"
    digits = 2 if abs(value) < 100 else 0
    return f"{value:+.{digits}f}".replace("-", "−").rjust(VALUE)
