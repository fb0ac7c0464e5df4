"""The memory span: a bar for each step back, the numbers in a table, and sentences."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.style import Style
from textual.strip import Strip

from rnn_tui.inspection.memory.span.looking_back import Back, Span
from rnn_tui.inspection.memory.span.sentences import moved_in_words, sees_only, span_in_words
from rnn_tui.language import mark, padded, tr
from rnn_tui.protocol.memory_span import MemorySpanSeen
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.text.glyphs import named
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.glyphs import slot
from rnn_tui.tui.renderables.lines import PLAIN, Part, fill, line, prose, right
from rnn_tui.tui.renderables.numbers import percent
from rnn_tui.tui.theme.palette import Palette

EIGHTHS = " ▁▂▃▄▅▆▇"
LABELS = 6
"""Cells left of the bars."""
BELOW = 2
"""Lines below them."""
WIDEST = 6
FULL = 44
"""Cells of a line of the table, with all its columns."""


class Level(NamedTuple):
    """What a bar shows, from 0 to 1."""

    read: float
    guess: float


def level(back: Back) -> Level | None:
    """Return the bar of so many steps back; None: guessing misses too little to tell."""
    if not back.steps:
        return Level(back.read, back.guess)
    return Level(back.best.read, back.best.guess) if back.best else None


def draw_bars(
    part: MemorySpanSeen, most: int, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw a bar for each step back, a line across it where guessing is.

    Args:
        part: What is known.
        most: How far back it will go.
        width: In cells.
        height: In lines.
        palette: The roles of color.
    """
    backs = part.span.backs if part.span else ()
    cells = min(max((width - LABELS) // (most + 1), 1), WIDEST)
    count, tall = min(most + 1, (width - LABELS) // cells), max(height - BELOW, 1)
    levels = [level(back) for back in backs[:count]]
    lines = []
    for row in range(tall):
        parts: list[Part] = [(_label(row, tall), palette.dim)]
        for one in levels:
            parts += _cell(one, tall - 1 - row, tall, cells, palette)
        lines.append(line(parts, width))
    marks = [("●" if back.reached else "·").ljust(cells) for back in backs[:count]]
    unknown = "·".ljust(cells) * (count - len(marks))
    read, steps = padded(tr("read"), LABELS), padded(tr("back "), LABELS)
    read_out: list[Part] = [(read, palette.dim), ("".join(marks), palette.forward)]
    lines.append(line([*read_out, (unknown, palette.dim)], width))
    lines.append(line([(steps, palette.dim), (_steps(count, cells), PLAIN)], width))
    return fill(lines, width, height)


def _label(row: int, tall: int) -> str:
    """Return the percent at a line, at top, middle and bottom."""
    named_rows = {0: "100", tall - 1: "0"} | ({tall // 2: "50"} if tall > 4 and tall % 2 else {})
    return f"{named_rows[row]:>3} % " if row in named_rows else " " * LABELS


def _cell(one: Level | None, row: int, tall: int, cells: int, palette: Palette) -> list[Part]:
    """Return what a bar has in a line, counted from below."""
    if one is None:
        return [("·".ljust(cells) if not row else " " * cells, palette.dim)]
    bar, guess = round(8 * tall * one.read), min(int(tall * one.guess), tall - 1)
    thick = max(cells - 1, 1)
    if row == guess:
        return [("─" * cells, palette.text)]
    filled = min(max(bar - 8 * row, 0), 8)
    glyph = "█" if filled == 8 else EIGHTHS[filled]
    style = palette.forward if row > guess else palette.dim
    return [((glyph * thick).ljust(cells), style)]


def _steps(count: int, cells: int) -> str:
    """Return the number of every step, or of every fifth where there is no room."""
    every = 1 if cells > 2 else 5
    text = ""
    for step in range(0, count, every):
        text = text.ljust(step * cells) + str(step)
    return text


def draw_table(
    part: MemorySpanSeen, info: RunInfo, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Draw a line for each step back; where not all have room, those around the span."""
    backs = part.span.backs if part.span else ()
    effect = part.moved.effect.tolist() if part.moved and part.moved.places else []
    wide = width >= FULL
    rows, count = max(height - 1, 0), max(len(backs), len(effect))
    reached = part.span.steps or 0 if part.span else 0
    first = min(max(reached - rows + 2, 0), max(count - rows, 0))
    lines = [line([(_head(wide=wide), palette.dim)], width)]
    for step in range(first, min(first + rows, count)):
        back = backs[step] if step < len(backs) else None
        moved = f"{effect[step]:.2f}" if step < len(effect) else "·"
        parts: list[Part] = [(f"{step:>4} ", palette.text)]
        if wide:
            overall = f"{percent(back.read):>4} {percent(back.guess):>5} " if back else " " * 11
            parts.append((overall, palette.text))
        parts += _there(back, info.symbols, palette)
        lines.append(line([*parts, (f" {moved:>5}", palette.text)], width))
    return fill(lines, width, height)


def _head(*, wide: bool) -> str:
    """Name the columns of the table."""
    guess = right(tr("guess"), 6)
    overall = right(tr("all"), 4) + guess + " " if wide else ""
    there = right(tr("best"), 5) + guess + "  " + padded(tr("at before"), 9)
    return right(tr("back "), 5) + overall + there + right(tr("moved"), 6)


def _there(back: Back | None, symbols: Sequence[str], palette: Palette) -> list[Part]:
    """Return what is read where most is told, and where that is."""
    if not back or not back.best or not back.steps:
        return [(" " * 22, PLAIN)]
    best = back.best
    style = palette.forward if back.reached else palette.dim
    after = " ".join(slot(symbols[id]) for id in best.following)
    if best.read > best.guess:
        told = f"{percent(best.read):>5} {percent(best.guess):>5}  "
    else:
        told = padded(right(tr("no better"), 11), 13)
    return [
        (told, style),
        (f"{slot(symbols[best.present])} {after}", palette.text),
        (" " * (6 - max(3 * len(best.following) - 1, 0)), PLAIN),
    ]


def draw_words(
    part: MemorySpanSeen, info: RunInfo, width: int, height: int, palette: Palette
) -> list[Strip]:
    """Write how far back, and what was looked at."""
    return prose(sentences(part, info, palette), width, height)


def sentences(part: MemorySpanSeen, info: RunInfo, palette: Palette) -> Iterator[tuple[str, Style]]:
    """Yield how far back what is read, what moves predictions, and what was looked at."""
    if part.sees is not None:
        yield tr(sees_only(part.sees, info.unit)), palette.strong
    elif part.span and part.span.backs:
        whole = part.done or part.moved is not None
        said = span_in_words(part.span, info.unit, lambda id: _name(info, id), done=whole)
        if said:
            yield tr(said), palette.strong
    if part.moved and part.moved.places:
        yield tr(moved_in_words(part.moved, info.unit)), palette.text
    if part.span:
        yield _looked_at(part.update, part.span), palette.dim
    if not part.done:
        yield tr("It is being looked at …"), palette.dim


def _looked_at(update: int, span: Span) -> str:
    whole = mark("After update {update}: a state of {numbers} numbers, at {places} places.")
    a_part = mark(
        "After update {update}: a state of {numbers} numbers, {used} of them read, at {places} "
        "places."
    )
    return tr(
        whole if span.used == span.numbers else a_part,
        update=f"{update:,}",
        numbers=f"{span.numbers:,}",
        used=f"{span.used:,}",
        places=f"{span.places:,}",
    )


def _name(info: RunInfo, id: int) -> str:
    return steady(named(info.symbols[id], info.letters[id]))
