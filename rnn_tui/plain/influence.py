"""`rnn-tui inspect --influence`: what the characters before a place did for its prediction."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
from rich.cells import cell_len

from rnn_tui.errors import InputError
from rnn_tui.inspection.memory.influence import (
    MOVED,
    Floats,
    Influence,
    influence,
    worth_telling,
)
from rnn_tui.inspection.memory.nearly import NEARLY, within
from rnn_tui.plain.output import emit
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.kinds import others_of_its_kind
from rnn_tui.text.vocab import IntArray, Vocab
from rnn_tui.training.checkpoint.file import Checkpoint

_BAR, _NAME = 24, 9
_MOST_BACK = 200
"""Seconds for an LSTM of 128 units; the time grows with the square."""


def print_influence(
    checkpoint: Checkpoint, corpus: Corpus, place: int, back: int, *, as_json: bool
) -> int:
    """Print it, the nearest character first.

    Raises:
        InputError: There is no such place in the text, or nothing before it.
    """
    vocab, count = checkpoint.vocab, len(corpus.ids)
    if not 1 <= back <= _MOST_BACK:
        raise InputError(f"--back is from 1 to {_MOST_BACK:,}, not {back:,}")
    if not 1 <= (at := place + count * (place < 0)) < count:
        raise InputError(
            f"--influence is from 1 to {count - 1:,} here (or from -1 down to {1 - count:,}), "
            f"not {place:,}: before the first {vocab.unit} there is nothing to go by"
        )
    ids = vocab.translate(corpus.ids[: at + 1], corpus.vocab)
    found = influence(checkpoint.model(), ids, at, others_of_its_kind(vocab), back)
    if as_json:
        emit(record(vocab, ids, found))
    else:
        for line in lines(vocab, ids, found):
            print(line)
    return 0


def record(vocab: Vocab, ids: IntArray, found: Influence) -> dict[str, object]:
    """Return all of it, for JSON; what was not exchanged is null."""
    places = range(len(ids) - 2, found.first - 1, -1)
    exchange, slope = found.exchange[::-1].tolist(), found.slope[::-1].tolist()
    return {
        "position": len(ids) - 1,
        "symbol": vocab.symbols[ids[-1]],
        "probability": math.exp(found.log_p),
        "before": [
            {
                "position": at,
                "symbol": vocab.symbols[ids[at]],
                "exchange": None if math.isnan(moved) else moved,
                "gradient_input": steep,
            }
            for at, moved, steep in zip(places, exchange, slope, strict=True)
        ],
    }


def lines(vocab: Vocab, ids: IntArray, found: Influence) -> Iterator[str]:
    """Yield what it is about, a line with a bar for each character, and their sum."""
    name = vocab.name(int(ids[-1]))
    yield f"{name} at {len(ids) - 1:,} had p = {100 * math.exp(found.log_p):.1f} %"
    yield f"back  {vocab.unit:<{_NAME}}  nats when exchanged  gradient × input"
    longest = np.nanmax(np.abs(found.exchange), initial=0) or 1
    before = ids[found.first : -1].tolist()
    rows = zip(before[::-1], found.exchange[::-1], found.slope[::-1], strict=True)
    for steps, (id, moved, steep) in enumerate(rows, 1):
        symbol = vocab.name(id)
        told = "–" if math.isnan(moved) else f"{moved:+.3f}"
        bar = "" if math.isnan(moved) else "█" * round(_BAR * abs(moved) / longest)
        symbol += " " * (_NAME - cell_len(symbol))
        yield f"{steps:4}  {symbol}  {told:>19}  {steep:+16.3f}  {bar}".rstrip()
    yield summary(found.exchange[::-1], [vocab.name(id) for id in before[::-1]], vocab.unit)


def summary(exchange: Floats, names: Sequence[str], unit: str) -> str:
    """Say what they come to together, which moved most, and how near nearly all of it is.

    Args:
        exchange: What each did, the nearest first.
        names: What they are called.
        unit: What a symbol is called.
    """
    sizes = np.abs(worth_telling(exchange))
    if (near := within(sizes)) is None:
        return f"None of these {unit}s moved it by {MOVED:g} nats."
    most = int(sizes.argmax())
    return (
        f"Together {np.nansum(exchange):+.3f} nats; "
        f"{names[most]}, {most + 1:,} back, moved it most; "
        f"{100 * NEARLY:.0f} % of what moved it, up or down, lies within the last {near:,}."
    )
