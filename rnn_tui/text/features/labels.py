"""Which labels a text has: each known once its symbol is read, and varied enough to be followed."""

from collections.abc import Iterator

import numpy as np

from rnn_tui.language import phrase
from rnn_tui.text.features.label import Label
from rnn_tui.text.features.places import (
    bracket_depth,
    bracket_steps,
    line_position,
    word_starts,
)
from rnn_tui.text.features.quotes import inside_quotes
from rnn_tui.text.features.symbols import by_symbol, known_symbols, word_symbols
from rnn_tui.text.vocab import IntArray, Vocab

MOST_SYMBOLS = 32
"""So many of the more frequent symbols have a label each."""


def labels_of(vocab: Vocab, ids: IntArray) -> list[Label]:
    """Return the labels of a text (N,) that vary enough in each of its halves; no two are alike.

    Those of places come first, those of single symbols last.
    """
    ids = np.asarray(ids, np.intp)
    seen: set[bytes] = set()
    found = []
    for label in (*_of_places(vocab, ids), *_of_kinds(vocab, ids), *_of_symbols(vocab, ids)):
        key = label.values.tobytes()
        if key not in seen and label.varies(len(ids)):
            seen.add(key)
            found.append(label)
    return found


def _of_places(vocab: Vocab, ids: IntArray) -> Iterator[Label]:
    known = known_symbols(vocab)
    newlines = np.array([symbol == "\n" for symbol in known])[ids]
    if newlines.any():
        yield Label(phrase("along the line"), line_position(newlines), number=True)
    deep = bracket_depth(bracket_steps(known)[ids])
    yield Label(phrase("with the depth of brackets"), deep, number=True)
    yield Label(phrase("inside brackets"), (deep > 0).astype(np.float64))
    yield Label(phrase("inside quotes"), inside_quotes([known[id] for id in ids.tolist()]))
    apostrophes = np.array([symbol in ("'", "’") for symbol in known])
    starts = word_starts(word_symbols(vocab)[ids], apostrophes[ids])
    yield Label(phrase("at the start of a word"), starts)


def _of_kinds(vocab: Vocab, ids: IntArray) -> Iterator[Label]:
    for words, true in by_symbol(vocab):
        yield Label(words, true[ids].astype(np.float64))


def _of_symbols(vocab: Vocab, ids: IntArray) -> Iterator[Label]:
    counts = np.bincount(ids, minlength=len(vocab))
    for id in np.argsort(-counts, kind="stable")[:MOST_SYMBOLS].tolist():
        yield Label(phrase("at {symbol}", symbol=vocab.name(id)), (ids == id).astype(np.float64))
