"""A text whose every symbol has a color of its own, and a place marked in it."""

from collections.abc import Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.lines import PLAIN, fill, line

Row = range
"""The places of the symbols that stand in one line."""


def rows(glyphs: Sequence[str], width: int) -> list[Row]:
    """Break a text after each newline, and where a line is full."""
    found, start, used = [], 0, 0
    for place, glyph in enumerate(glyphs):
        if place > start and used + wide(glyph) > width:
            found.append(range(start, place))
            start, used = place, 0
        used += wide(glyph)
        if glyph == "↵":
            found.append(range(start, place + 1))
            start, used = place + 1, 0
    if start < len(glyphs):
        found.append(range(start, len(glyphs)))
    return found


def wide(glyph: str) -> int:
    """Return how many cells a glyph takes."""
    return max(cell_len(steady(glyph)), 1)


def row_of(lines: Sequence[Row], place: int) -> int:
    """Return in which line a place is; the last one for a place beyond."""
    return next((y for y, row in enumerate(lines) if place < row.stop), max(len(lines) - 1, 0))


def moved(lines: Sequence[Row], place: int, by: int) -> int:
    """Return the place so many lines further down, as far from the line's beginning."""
    here = row_of(lines, place)
    there = min(max(here + by, 0), len(lines) - 1)
    return min(lines[there].start + place - lines[here].start, lines[there].stop - 1)


def draw(
    glyphs: Sequence[str],
    styles: Sequence[Style],
    width: int,
    height: int,
    *,
    signs: Sequence[str] = (),
    place: int | None = None,
) -> list[Strip]:
    """Draw the lines around a place, a blank as it is.

    Args:
        glyphs: The text's symbols, as the screen shows them.
        styles: One for each.
        width: Cells.
        height: Lines.
        signs: One for each, to stand below it in a line of its own; none: no such lines.
        place: Which is seen in any case; None: the beginning.
    """
    lines, each = rows(glyphs, width), 2 if signs else 1
    room = max(height // each, 1)
    # Two thirds of what is seen lie before the place: it is what was read.
    top = 0 if place is None else row_of(lines, place) - 2 * room // 3
    top = min(max(top, 0), max(len(lines) - room, 0))
    strips = []
    for row in lines[top : top + room]:
        strips.append(line([(shown(glyphs[at]), styles[at]) for at in row], width))
        if signs:
            below = "".join(signs[at].ljust(wide(glyphs[at])) for at in row)
            strips.append(line([(below, PLAIN)], width))
    return fill(strips, width, height)


def shown(glyph: str) -> str:
    """Return a glyph as it stands in a text."""
    return " " if glyph == "␣" else steady(glyph) or " "
