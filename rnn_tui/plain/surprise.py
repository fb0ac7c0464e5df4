"""A text colored by how surprised the network was; without colors, digits below its lines."""

import math
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from rnn_tui.charsets.spelling import spell
from rnn_tui.plain.output import for_terminal
from rnn_tui.text.characters import characters
from rnn_tui.text.glyphs import SEAT
from rnn_tui.text.steady import steady
from rnn_tui.text.vocab import Vocab
from rnn_tui.training.surprise import Surprise

Said = TypeVar("Said")
Piece = tuple[str, float | None]
"""A character and its surprise in bits; None for the text's first, which nothing announced."""

LEVELS = ((1.0, "green"), (3.0, "yellow"), (6.0, "dark_orange"), (math.inf, "bold red"))
"""Colors up to so many bits: no worse than a coin's toss, than one of 8, than one of 64."""
UNKNOWN = "dim"


def print_surprise(vocab: Vocab, reading: Surprise) -> None:
    """Print the text line by line, in color where the output has any."""
    console = Console(highlight=False, soft_wrap=True)
    colored = bool(console.is_terminal and console.color_system and not console.no_color)
    if sys.stderr.isatty():
        print(legend(colored), file=sys.stderr)
    for line in lines(pieces(vocab, reading)):
        if colored:
            console.print(painted(line))
        else:
            print("".join(in_a_column(text) for text, _ in line))
            print(digits(line))


def legend(colored: bool) -> str:
    """Return what the colors or the digits mean."""
    if not colored:
        return "under each character its surprise in bits, 9 for 9 and more:"
    names = [style.removeprefix("bold ").removeprefix("dark_") for _, style in LEVELS]
    limits = [f"up to {most:g}" for most, _ in LEVELS[:-1]] + ["above"]
    pairs = zip(names, limits, strict=True)
    return f"surprise in bits: {', '.join(f'{name} {limit}' for name, limit in pairs)}"


def pieces(vocab: Vocab, reading: Surprise) -> Iterator[Piece]:
    """Yield the text's characters; one of several symbols has the surprise of all of them."""
    bits = iter([math.nan, *(reading.nats / math.log(2)).tolist()])
    for text, count in characters(vocab, [vocab.symbols[id] for id in reading.ids.tolist()]):
        total = sum(next(bits) for _ in range(count))
        yield text, None if math.isnan(total) else total


def lines(characters: Iterable[tuple[str, Said]]) -> Iterator[list[tuple[str, Said]]]:
    """Line after line; a newline is shown, for something is said of it, too."""
    line: list[tuple[str, Said]] = []
    for text, said in characters:
        line.append((text.replace("\n", "↵"), said))
        if text == "\n":
            yield line
            line = []
    if line:
        yield line


def painted(line: list[Piece]) -> Text:
    """Return the line in the colors of `LEVELS`."""
    text = Text(end="\n")
    for character, bits in line:
        text.append(for_terminal(character), UNKNOWN if bits is None else color(bits))
    return text


def color(bits: float) -> str:
    """Return the color of a surprise."""
    return next(style for most, style in LEVELS if bits <= most)


def digits(line: list[Piece]) -> str:
    """Return a digit below each character: its surprise in whole bits, `·` where there is none."""
    marks = ("·" if bits is None else str(min(9, round(bits))) for _, bits in line)
    pairs = zip(line, marks, strict=True)
    return "".join(mark.ljust(cell_len(in_a_column(text))) for (text, _), mark in pairs)


def in_a_column(text: str) -> str:
    """Return a character as it is for a pipe; for a terminal one that every terminal finds as wide.

    Where the output has not all characters, one that it has, in the same columns.
    """
    if not (text.isspace() or for_terminal("\t") == "\t"):
        text = steady(text) if cell_len(steady(text)) else SEAT + steady(text)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return spell(text, "ascii")
    return text
