"""Paint characters of every script and every emoji in frames; ask terminals where the frames end.

    python -m shake.graphemes [--cases 20000] [--seed 0] [--terminal tmux]

A case is a framed row of graphemes: as a sample is painted, each in a slot of its own, and as a
name. Prints one row of the table in docs/reliability.md for all terminals that are installed;
leaves with 1 where a right border is not in its column. With the package `emoji` installed, its
list (that of Unicode's emoji-test) is among them.
"""

import importlib.util
import random
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.color import Color

from rnn_tui.text.glyphs import glyph
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.glyphs import join_glyphs, slot
from rnn_tui.tui.renderables.lines import cells, line
from rnn_tui.tui.terminal.cluster_filter import ClusterFilter
from shake.cursor_reports import WINDOWS, columns, is_here
from shake.rows import parser, row

PER_ROW = 12
WIDTH = 100
_OUTER, _INNER = Style(dim=True), Style(bold=True)


def graphemes() -> list[str]:
    """Return every character there is, and what characters make together."""
    single = [chr(c) for c in range(0x20, 0x32000) if unicodedata.category(chr(c))[0] != "C"]
    return [*single, *_emoji(), *_marked(single)]


def _emoji() -> Iterator[str]:
    pictures = [chr(c) for c in range(0x2300, 0x1FAFF) if unicodedata.category(chr(c)) == "So"]
    tones = [chr(c) for c in range(0x1F3FB, 0x1F400)]
    flags = [chr(c) for c in range(0x1F1E6, 0x1F200)]
    yield from (picture + "\ufe0f" for picture in pictures)
    yield from (picture + tone for picture in pictures for tone in tones[:: len(tones) - 1])
    yield from (one + other for one in flags for other in flags)
    yield from (digit + "\ufe0f\u20e3" for digit in "0123456789#*")
    yield from ("\u200d".join(pair) for pair in pairwise(pictures))
    if importlib.util.find_spec("emoji"):
        yield from importlib.import_module("emoji").EMOJI_DATA


def _marked(single: Sequence[str]) -> Iterator[str]:
    """Each mark between the letters before it in the order of Unicode: those of its script."""
    last = "a"
    for character in single:
        if unicodedata.category(character) == "Lo":
            last = character
        elif unicodedata.category(character)[0] == "M":
            yield last + character + last
    yield from (unicodedata.normalize("NFD", chr(c)) for c in range(0xAC00, 0xD7A4, 97))


def framed(some: Sequence[str], way: int) -> tuple[str, int]:
    """Return a row as it is painted, and the column after its right border."""
    symbols = [glyph(character) for character in "".join(some)]
    if way == 0:
        inner = [
            (character.text, _INNER) for character in join_glyphs(symbols, [0.5] * len(symbols))
        ]
    elif way == 1:
        inner = [(slot(symbol), _INNER) for symbol in symbols]
    else:
        inner = [(steady(" ".join(some)), _INNER)]
    strip = line(inner, max(WIDTH, cells(inner)))
    frame = Segment("│", _OUTER)
    painted = ClusterFilter().apply([frame, *strip, frame], Color(0, 0, 0))
    return "".join(text for text, _, _ in painted), strip.cell_length + 2


def shake(terminals: Sequence[str], cases: int, seed: int) -> tuple[int, list[str]]:
    """Paint so many rows in each terminal; return how many, and those whose border is elsewhere."""
    everything = graphemes()
    random.Random(seed).shuffle(everything)
    parts = [everything[i : i + PER_ROW] for i in range(0, len(everything), PER_ROW)][:cases]
    rows = [framed(part, number % 3) for number, part in enumerate(parts)]
    wrong = []
    for terminal in terminals:
        found = columns(terminal, [text for text, _ in rows])
        wrong += [
            f"{terminal}: the frame ends at {there}, not {width}: {text!r}"
            for (text, width), there in zip(rows, found, strict=True)
            if there != width
        ]
    return len(rows), wrong


def main() -> None:
    """Paint, ask and tell."""
    asked = parser(__doc__, 20_000)
    asked.add_argument("--terminal", choices=WINDOWS, action="append", help="only this one")
    options = asked.parse_args()
    terminals = options.terminal or [name for name in WINDOWS if is_here(name)]
    start = time.monotonic()
    tried, wrong = shake(terminals, options.cases, options.seed)
    print("\n".join(wrong), end="\n" if wrong else "", file=sys.stderr)
    print(
        row(
            f"framed rows of {PER_ROW} graphemes, all scripts and emoji, in real terminals",
            f"{tried:,} in {', '.join(terminals)}",
            f"{len(wrong)} right borders in another column than the screen has them",
            time.monotonic() - start,
            f"python -m shake.graphemes --cases {options.cases} --seed {options.seed}",
        )
    )
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
