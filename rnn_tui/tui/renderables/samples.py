"""Texts the network wrote, each character in the shade of its probability."""

from collections.abc import Sequence

from textual.strip import Strip

from rnn_tui.protocol.snapshot import RunInfo, Sample
from rnn_tui.tui.renderables.glyphs import Character, join_symbols
from rnn_tui.tui.renderables.lines import Part, fill, line
from rnn_tui.tui.renderables.numbers import thousands, trimmed
from rnn_tui.tui.theme.palette import Palette


def draw(
    samples: Sequence[Sample], info: RunInfo, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw the newest sample in up to half the lines, each older one in a single line."""
    numbers = max([7, *(len(thousands(sample.update)) for sample in samples)])
    rows: list[Strip] = []
    for sample in samples:
        if len(rows) >= height:
            break
        most = 1 if rows else max(height // 2, 1)
        rows += _lines(sample, info, numbers, most, width, palette)
    return fill(rows, width, height)


def _lines(
    sample: Sample,
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
    heads = [head, *[" " * len(head)] * (len(rows) - 1)]
    return [
        line([(left, palette.dim), *shaded(row, palette)], width)
        for left, row in zip(heads, rows or [[]], strict=False)
    ]


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


def shaded(characters: Sequence[Character], palette: Palette) -> list[Part]:
    """Paint every character in the shade of its probability; neighbors of one shade together."""
    parts: list[Part] = []
    for text, _, probability in characters:
        style = palette.shade(probability)
        if parts and parts[-1][1] is style:
            parts[-1] = (parts[-1][0] + text, style)
        else:
            parts.append((text, style))
    return parts
