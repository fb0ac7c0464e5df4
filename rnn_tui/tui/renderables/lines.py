"""Styled lines: the parts of a line put together, cut and filled to a width in cells."""

from collections.abc import Iterable, Sequence

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

Part = tuple[str, Style]
"""A piece of text and how it looks."""

PLAIN = Style()


def line(parts: Iterable[Part], width: int) -> Strip:
    """Join `parts` to a line of exactly `width` cells."""
    strip = Strip([Segment(text, style) for text, style in parts if text])
    return strip.adjust_cell_length(width)


def spread(left: Sequence[Part], right: Sequence[Part], width: int) -> Strip:
    """Put `right` at the right edge of a line, or leave it out where both do not fit."""
    space = width - cells(left) - cells(right)
    if right and space >= 1:
        return line([*left, (" " * space, PLAIN), *right], width)
    return line(left, width)


def cells(parts: Iterable[Part]) -> int:
    """Return how many cells `parts` take."""
    return sum(cell_len(text) for text, _ in parts)


def right(text: str, width: int) -> str:
    """Return `text` with blanks before it up to `width` cells."""
    return " " * (width - cell_len(text)) + text


def cut(text: str, width: int) -> str:
    """Shorten `text` to `width` cells, an ellipsis for what is left out."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 0 else ""


def fitting(width: int, *texts: str) -> str:
    """Return the first of `texts` that has room in `width` cells, else the last."""
    return next((text for text in texts if cell_len(text) <= width), texts[-1])


def fill(lines: Sequence[Strip], width: int, height: int) -> list[Strip]:
    """Cut or fill `lines` to `height`."""
    blank = Strip.blank(width)
    return [*lines[:height], *[blank] * (height - len(lines))]


def sentence(text: str, width: int, height: int, style: Style) -> list[Strip]:
    """Write a sentence in the middle of an empty panel."""
    rows = wrap(text, max(width - 4, 1))
    above = max((height - len(rows)) // 2, 0)
    centered = [line([(" " * ((width - cell_len(row)) // 2) + row, style)], width) for row in rows]
    return fill([*[Strip.blank(width)] * above, *centered], width, height)


def prose(sentences: Iterable[Part], width: int, height: int) -> list[Strip]:
    """Write sentences one below the other, those that have room: none ends in its middle."""
    lines: list[Strip] = []
    for text, style in sentences:
        rows = wrap(text, width - 2)
        if lines and len(lines) + len(rows) > height:
            break
        if len(rows) > height > 0:
            rows = [*rows[: height - 1], cut(f"{rows[height - 1]} …", width - 2)]
        lines += [line([(f" {row}", style)], width) for row in rows]
    return fill(lines, width, height)


def wrap(text: str, width: int) -> list[str]:
    """Break `text` between words into rows of at most `width` cells; longer words are cut."""
    rows = [""]
    for glued in text.replace(" %", "\0%").split():
        word = glued.replace("\0", " ")  # no percent sign begins a row
        longer = f"{rows[-1]} {word}" if rows[-1] else word
        if cell_len(longer) <= width:
            rows[-1] = longer
        else:
            rows.append(cut(word, width))
    return [row for row in rows if row]
