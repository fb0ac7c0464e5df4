"""A text in the colors of its bits, the kinds of place that have them, the dearest characters."""

import math
from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.memory.surprise import Dear, Share, said_of_change, together
from rnn_tui.language import padded, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.surprise import SurpriseSeen
from rnn_tui.tui.renderables import chance, colored_text
from rnn_tui.tui.renderables.bars import bar
from rnn_tui.tui.renderables.glyphs import slot
from rnn_tui.tui.renderables.lines import Part, cells, fill, line, wrap
from rnn_tui.tui.renderables.numbers import percent
from rnn_tui.tui.theme.diverging_scale import Diverging
from rnn_tui.tui.theme.palette import Palette

FULL = 8
"""Bits from which on a character has the strongest color: no more likely than one of 256."""
_KIND, _NUMBER, _LONGEST_BAR = 12, 6, 40


def heat(bits: float, scale: Diverging) -> Style:
    """Return the color of a surprise: one scale, from the background to a hue."""
    return scale.style(-bits / FULL)


def digit(bits: float) -> str:
    """Return a surprise in one cell; `?` where the network's numbers are none."""
    return "?" if math.isnan(bits) else str(round(min(bits, 9)))


def draw_text(
    part: SurpriseSeen,
    place: int | None,
    symbols: Sequence[str],
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw the text around a place; without colors, with whole bits below the characters."""
    glyphs = [symbols[id] for id in part.ids.tolist()]
    styles, digits = [palette.dim] * len(glyphs), ["·"] * len(glyphs)
    for at, bits in enumerate(part.bits.tolist(), 1):
        styles[at], digits[at] = heat(bits, scale), digit(bits)
    if place is not None and place < len(glyphs):
        styles[place] = palette.here
    below = () if scale.colored else digits
    return colored_text.draw(glyphs, styles, width, height, signs=below, place=place)


def draw_kinds(
    shares: Sequence[Share], unit: str, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw a line for each kind of place, what they come to, and where most was saved."""
    total = together(shares)
    is_compared = total.before is not None and width >= 34
    room = width - _KIND - 6 - _NUMBER - (_NUMBER + 1) * is_compared - 2
    room = min(max(room, 0), _LONGEST_BAR)
    lines = []
    for share in [*shares, total]:
        part = share.bits / total.bits if total.bits else 0.0
        style = palette.strong if share is total else palette.text
        parts: list[Part] = [
            (padded(tr(share.kind), _KIND), style),
            (f" {percent(part)} % ", style),
            ("" if share is total else bar(part, room), palette.bar),
        ]
        parts.append((" " * (_KIND + 7 + room - cells(parts)), style))
        parts.append((f"{share.mean:{_NUMBER}.2f}", style))
        if is_compared:
            parts.append((f" {change(share):>{_NUMBER}}", style))
        lines.append(line(parts, width))
    if total.before is not None:
        said = wrap(tr(said_of_change(shares, unit)), width)
        lines += [line([(row, palette.dim)], width) for row in ("", *said)]
    return fill(lines, width, height)


def change(share: Share) -> str:
    """Write by how many bits a character it changed."""
    by = round(share.mean - (share.mean_before or 0.0), 2)
    return f"{by:+.2f}".replace("-", "−") if by else "0"


def draw_dearest(
    part: SurpriseSeen,
    place: int | None,
    info: RunInfo,
    width: int,
    height: int,
    palette: Palette,
    scale: Diverging,
) -> list[Strip]:
    """Draw a line for each: its bits, what was read before it, itself, and what was expected."""
    rows = [one.place for one in part.dearest]
    marked = rows.index(place) if place in rows else 0
    top = min(max(marked - height // 2, 0), max(len(rows) - height, 0))
    room = max(width - 19, 0)
    lines = []
    for one in part.dearest[top : top + height]:
        before = read(part, one, info.symbols, room)
        sign = chance.sign(part.least, one.place - 1) or " "
        parts: list[Part] = [
            ("▸" if one.place == place else " ", palette.right),
            (f"{one.bits:5.1f}{sign}{' ' * (room - cell_len(before))}", palette.text),
            (before, palette.dim),
            (slot(info.symbols[one.id]), heat(one.bits, scale)),
            (f"  {slot(info.symbols[one.expected])} {percent(one.probability)} %", palette.text),
        ]
        lines.append(line(parts, width))
    return fill(lines, width, height)


def read(part: SurpriseSeen, one: Dear, symbols: Sequence[str], room: int) -> str:
    """Return as much of the text before a character as has room."""
    text = ""
    for id in part.ids[max(0, one.place - room) : one.place][::-1].tolist():
        longer = colored_text.shown(symbols[id]) + text
        if cell_len(longer) > room:
            break
        text = longer
    return text
