"""`rnn-tui inspect --memorized`: what of a sample stands word for word in the training text."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from rnn_tui.errors import InputError
from rnn_tui.inspection.memory.known_text import looked_through
from rnn_tui.inspection.memory.memorized import Stretch
from rnn_tui.plain.output import emit
from rnn_tui.plain.surprise import in_a_column, lines
from rnn_tui.plain.writing import SampleOptions, written
from rnn_tui.text.characters import characters
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.streams import split
from rnn_tui.text.suffixes import MOST
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import IntArray, Vocab
from rnn_tui.training.checkpoint.file import Checkpoint

Piece = tuple[str, bool]
"""A character, and whether it is in a stretch that counts."""

_LISTED, _QUOTED = 5, 60


@dataclass(frozen=True, eq=False, slots=True)
class Memorized:
    """A sample, and what of it is memorized."""

    ids: IntArray
    stretches: list[Stretch]
    """The longest first; none overlap."""
    inside: npt.NDArray[np.bool_]
    """Whether each symbol is in a stretch at least so long (N,)."""
    least: int
    """Symbols from which on a stretch counts."""
    usual: float | None
    """How much of the validation text is in such stretches; None: there is none."""

    @property
    def share(self) -> float:
        """How much of the sample is in such stretches, from 0 to 1."""
        return float(self.inside.mean())


def print_memorized(
    checkpoint: Checkpoint, corpus: Corpus, options: SampleOptions, *, as_json: bool
) -> int:
    """Write a sample and say what of it is older.

    Raises:
        InputError: The text is not the one that was learned, or too long to be looked through.
    """
    options.check()
    found = find(checkpoint, checkpoint.own_text(corpus), options)
    if as_json:
        emit(record(checkpoint.vocab, found))
    else:
        show(checkpoint.vocab, found)
    return 0


def find(checkpoint: Checkpoint, corpus: Corpus, options: SampleOptions) -> Memorized:
    """Write a sample and look for its stretches in the training text."""
    train, validation = split(corpus.ids, checkpoint.config.val_fraction)
    if len(train) > MOST:
        raise InputError(
            f"the training text is too long to be looked through: {len(train):,} "
            f"{corpus.vocab.unit}s, at most {MOST:,}"
        )
    known = looked_through(train, validation)
    if len(train) < known.least:
        raise InputError(
            f"the training text has {len(train):,} {corpus.vocab.unit}s: too few to tell what is "
            f"memorized, no stretch of {known.least:,} can stand in it"
        )
    read = checkpoint.vocab.encode(options.prefix)
    ids = np.array([id for id, _ in written(checkpoint.model(), read, options.seed, options)])
    stretches, inside = known.memorized(ids)
    return Memorized(ids, stretches, inside, known.least, known.usual)


def record(vocab: Vocab, found: Memorized) -> dict[str, object]:
    """Return all of it, for JSON."""
    return {
        "text": vocab.decode(found.ids),
        "from_length": found.least,
        "memorized": found.share,
        "validation": found.usual,
        "stretches": [
            {"start": one.start, "length": one.length, "place": one.place}
            for one in found.stretches
        ],
    }


def show(vocab: Vocab, found: Memorized) -> None:
    """Print the sample with its stretches underlined, the longest of them, and what it comes to."""
    console = Console(highlight=False, soft_wrap=True)
    for line in lines(marked(vocab, found.ids, found.inside)):
        if console.is_terminal:
            console.print(underlined(line))
        else:
            print("".join(in_a_column(text) for text, _ in line))
            if any(is_old for _, is_old in line):
                print(below(line))
    for one in found.stretches[:_LISTED]:
        quoted = visible(vocab.decode(found.ids[one.start : one.end]))
        more = "…" if len(quoted) > _QUOTED else ""
        print(f"{one.length:5,} {vocab.unit}s, at {one.place:,}: {quoted[:_QUOTED]}{more}")
    print(summary(found, vocab.unit))


def marked(vocab: Vocab, ids: IntArray, inside: npt.NDArray[np.bool_]) -> Iterator[Piece]:
    """Yield the characters, and whether anything of one is in a stretch."""
    start = 0
    for text, count in characters(vocab, [vocab.symbols[id] for id in ids.tolist()]):
        yield text, bool(inside[start : start + count].any())
        start += count


def underlined(line: list[Piece]) -> Text:
    """Return a line for a terminal."""
    text = Text(end="\n")
    for character, is_old in line:
        text.append(in_a_column(character), "underline" if is_old else "")
    return text


def below(line: list[Piece]) -> str:
    """Return what stands below a line where nothing can be underlined."""
    cells = (("~" if is_old else " ") * cell_len(in_a_column(text)) for text, is_old in line)
    return "".join(cells).rstrip()


def summary(found: Memorized, unit: str) -> str:
    """Say how much is memorized, and how much of unseen text is found as well."""
    told = (
        f"{100 * found.share:.0f} % of the sample stands word for word in the training text, "
        f"in stretches of {found.least:,} {unit}s and more"
    )
    if found.usual is None:
        return f"{told}; there is no validation text to compare it with."
    return f"{told}; of the validation text, which was not learned, {100 * found.usual:.0f} % does."
