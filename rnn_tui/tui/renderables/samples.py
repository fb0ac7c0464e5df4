"""Texts the network wrote, each character in the shade of its probability."""

from collections.abc import Iterator, Sequence
from itertools import repeat

import numpy as np
from rich.style import Style
from textual.strip import Strip

from rnn_tui.protocol.memorized import Memorized, OldParts
from rnn_tui.protocol.snapshot import RunInfo, Sample
from rnn_tui.tui.renderables.glyphs import Character, join_symbols
from rnn_tui.tui.renderables.lines import Part, fill, line
from rnn_tui.tui.renderables.numbers import thousands, trimmed
from rnn_tui.tui.theme.palette import Palette

UNDERLINED = Style(underline=True)


def draw(
    samples: Sequence[Sample],
    info: RunInfo,
    width: int,
    height: int,
    palette: Palette,
    memorized: Memorized | None = None,
) -> list[Strip]:
    """Draw the newest sample in up to half the lines, each older one in a single line.

    What of them stands word for word in the training text is underlined.
    """
    found = memorized.samples if memorized else ()
    numbers = max([7, *(len(thousands(sample.update)) for sample in samples)])
    rows: list[Strip] = []
    for sample, old in zip(samples, (*found, *repeat(None, len(samples))), strict=False):
        if len(rows) >= height:
            break
        most = 1 if rows else max(height // 2, 1)
        rows += _lines(sample, old, info, numbers, most, width, palette)
    return fill(rows, width, height)


def _lines(
    sample: Sample,
    old: OldParts | None,
    info: RunInfo,
    numbers: int,
    most: int,
    width: int,
    palette: Palette,
) -> list[Strip]:
    """Return one sample in at most `most` lines."""
    head = f"{thousands(sample.update):>{numbers}}  {trimmed(sample.temperature, 2):<4} "
    room = max(width - len(head), 2)
    # Two symbols to a cell is the most that text makes (accented letters as bytes, syllables of
    # three or four symbols in two cells): read no more.
    seen = slice(2 * most * room + 8)
    ids, probs = sample.ids[seen].tolist(), sample.probs[seen].tolist()
    rows = wrapped(join_symbols(ids, info.symbols, info.letters, probs), room)[:most]
    is_old = _is_old(sample, old, info, seen)
    heads = [head, *[" " * len(head)] * (len(rows) - 1)]
    return [
        line([(left, palette.dim), *shaded(row, palette, is_old)], width)
        for left, row in zip(heads, rows or [[]], strict=False)
    ]


def _is_old(sample: Sample, old: OldParts | None, info: RunInfo, seen: slice) -> Iterator[bool]:
    """Yield for each character whether something of it stands word for word in the text."""
    if old is None or not old.parts:
        return repeat(False)
    outside = np.ones(len(sample.ids))
    for start, end in old.parts:
        outside[start:end] = 0
    # What belongs together has the product, or the least: 0 where a part of it has.
    ids = sample.ids[seen].tolist()
    characters = join_symbols(ids, info.symbols, info.letters, outside[seen].tolist())
    return (character.probability == 0 for character in characters)


def wrapped(characters: Sequence[Character], width: int) -> list[list[Character]]:
    """Break a text into rows of at most `width` cells; a wide character is never cut in two."""
    rows: list[list[Character]] = []
    room = 0
    for character in characters:
        if character.width > room:
            rows.append([])
            room = width
        rows[-1].append(character)
        room -= character.width
    return rows


def shaded(characters: Sequence[Character], palette: Palette, is_old: Iterator[bool]) -> list[Part]:
    """Paint every character in the shade of its probability; neighbors of one shade together.

    From `is_old` as many are taken as there are characters.
    """
    parts: list[Part] = []
    for (text, _, probability), old in zip(characters, is_old, strict=False):
        style = palette.shade(probability)
        if old:
            style += UNDERLINED
        if parts and parts[-1][1] is style:
            parts[-1] = (parts[-1][0] + text, style)
        else:
            parts.append((text, style))
    return parts
