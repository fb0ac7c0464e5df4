"""The text of a lesson's panel: what is asked, or what came of the answer."""

from collections.abc import Callable
from functools import partial

from rich.style import Style
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.lesson_page import Page
from rnn_tui.tui.renderables.lines import Part, cells, cut, fill, line, wrap
from rnn_tui.tui.theme.palette import Palette

APART = 12
"""Lines from which on there are blank ones between the parts."""
WAITING = mark("The network is led to the moment of the question …")
WORKING = mark("It is trained on, and the answer is worked out …")
Named = Callable[[str], str]


def draw(page: Page, width: int, height: int, palette: Palette, named: Named) -> list[Strip]:
    """Draw a page.

    Args:
        page: What is to be said.
        width: Cells.
        height: Lines.
        palette: Roles of color.
        named: Puts keys in the place of their names.
    """
    write = partial(_written, width=width, named=named)
    if page.phase == "leading":
        blocks = [write(tr(WAITING), palette.dim)]
    elif page.phase == "astray":
        blocks = [write(page.note, palette.text)]
    elif page.phase == "done":
        blocks = [write(page.say, palette.text), write(page.ask, palette.text)]
    elif page.phase == "answered":
        mark = palette.right if page.right else palette.wrong
        told = [write(page.verdict, mark), write(page.wrong, palette.text)]
        blocks = [*told, write(page.why, palette.text)]
        if sum(map(len, blocks)) + len(write(page.ask, palette.dim)) <= height - 1:
            blocks.insert(0, write(page.ask, palette.dim))
    else:
        note = tr(WORKING) if page.phase == "working" else page.note
        rest = [write(page.ask, palette.strong), _choices(page, width, height, palette)]
        rest.append(write(note, palette.dim if page.phase == "working" else palette.wrong))
        room = max(height - sum(map(len, rest)), 0)
        blocks = [_started(page.say, width, room, palette, named), *rest]
    blocks = [block for block in blocks if block]
    apart = [Strip.blank(width)] if sum(map(len, blocks)) + len(blocks) <= height else []
    lines = [strip for block in blocks for strip in (*apart, *block)]
    return fill(lines[len(apart) :] if apart and height < APART else lines, width, height)


def _written(text: str, style: Style, *, width: int, named: Named) -> list[Strip]:
    return [line([(row, style)], width) for row in wrap(steady(named(text)), width)]


def _started(text: str, width: int, room: int, palette: Palette, named: Named) -> list[Strip]:
    """Return as many lines of a text as have room; … where there are more."""
    rows = wrap(steady(named(text)), width)
    if room and len(rows) > room:
        rows = [*rows[: room - 1], cut(rows[room - 1], width - 2) + " …"]
    return [line([(row, palette.text)], width) for row in rows[:room]]


def _choices(page: Page, width: int, height: int, palette: Palette) -> list[Strip]:
    """Return the answers to choose from, in a column or, where it is low, side by side."""
    entries: list[list[Part]] = [
        [(f"{letter} ", palette.train), (steady(text), palette.text)]
        for letter, text in zip("abcdef", page.choices, strict=False)
    ]
    if height >= APART:
        return [strip for entry in entries for strip in _entry(entry, width, palette)]
    rows: list[list[Part]] = [[]]
    for entry in entries:
        if rows[-1] and cells(rows[-1]) + 3 + cells(entry) > width:
            rows.append([])
        rows[-1] += [("   ", palette.text)] * bool(rows[-1]) + entry
    return [line(row, width) for row in rows if row]


def _entry(entry: list[Part], width: int, palette: Palette) -> list[Strip]:
    letter, (text, style) = entry
    first, *others = wrap(text, width - 2) or [""]
    return [
        line([letter, (first, style)], width),
        *(line([("  " + row, style)], width) for row in others),
    ]
