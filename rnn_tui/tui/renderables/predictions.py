"""What the network expects after the text in the prefix box."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size
from textual.strip import Strip

from rnn_tui.language import phrase, tr
from rnn_tui.protocol.snapshot import PrefixView, RunInfo
from rnn_tui.text.glyphs import glyph, named
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.bars import bar
from rnn_tui.tui.renderables.glyphs import SLOT, join_symbols
from rnn_tui.tui.renderables.lines import Part, cells, cut, fill, line, sentence, spread
from rnn_tui.tui.renderables.numbers import percent, significant
from rnn_tui.tui.theme.palette import Palette

TAKE = "⇥"
"""Stands before the symbol that Tab takes."""

_NAMED = 8
"""Unknown symbols named, at most."""


def draw(view: PrefixView, info: RunInfo, width: int, height: int, palette: Palette) -> list[Strip]:
    """Draw the next symbols, best first, and below them what the network would go on with."""
    symbols = info.symbols
    if view.unknown:
        return sentence(unknown(view.unknown, symbols, width), width, height, palette.wrong)
    if not view.top_ids.size:
        return sentence(tr("Nothing to predict from yet."), width, height, palette.dim)
    foot = _foot(view, info, width, palette) if height > 1 else []
    bars = _bars(view, info, width, palette)[: max(height - len(foot), 1)]
    between = [Strip.blank(width)] * (len(bars) + len(foot) < height)
    return fill([*bars, *between, *foot], width, height)


def unknown(symbols: Sequence[str], known: Sequence[str], width: int) -> str:
    """Say which symbols the network has never seen, and what it knows."""
    said = ", ".join(f"'{named(glyph(symbol), symbol)}'" for symbol in symbols[:_NAMED])
    known_ones = cut(steady(" ".join(known)), 2 * width)
    if len(symbols) == 1:
        return tr(
            "{symbols} never occurs in this text; known: {known}", symbols=said, known=known_ones
        )
    if (more := len(symbols) - _NAMED) > 0:
        said = phrase("{symbols} and {count} more", symbols=said, count=more)
    return tr("{symbols} never occur in this text; known: {known}", symbols=said, known=known_ones)


def _bars(view: PrefixView, info: RunInfo, width: int, palette: Palette) -> list[Strip]:
    names = [named(info.symbols[id], info.letters[id]) for id in view.top_ids.tolist()]
    room = max(SLOT, *map(cell_len, names))
    length = max(width - 10 - room, 1)
    rows = zip(names, view.top_probs.tolist(), strict=True)
    lines = []
    for place, (name, probability) in enumerate(rows):
        style = palette.bar if place else palette.strong
        lines.append(
            line(
                [
                    (f" {' ' if place else TAKE} ", palette.dim),
                    (set_cell_size(steady(name), room), style),
                    (f"{bar(probability, length)} {percent(probability)} %", style),
                ],
                width,
            )
        )
    return lines


def _foot(view: PrefixView, info: RunInfo, width: int, palette: Palette) -> list[Strip]:
    """Return the continuation, and how unsure the network is, in one line or in two."""
    bits = significant(view.entropy_bits, 2)
    unsure: list[Part] = [(tr("unsure by {bits} bits", bits=bits) + " ", palette.dim)]
    ids = [*view.unfinished.tolist(), *view.continuation.tolist()]
    text = "".join(c.text for c in join_symbols(ids, info.symbols, info.letters, [1.0] * len(ids)))
    label: Part = (tr(" goes on: "), palette.dim)
    room = width - cells([label, *unsure]) - 1
    if room < 12:
        shown = cut(text, width - cells([label]) - 1)
        below = line([(" ", palette.dim), *unsure], width)
        return [line([label, (shown, palette.text)], width), below]
    return [spread([label, (cut(text, room), palette.text)], unsure, width)]
