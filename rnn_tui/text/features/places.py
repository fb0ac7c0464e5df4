"""Where in its line, in brackets and in a word each symbol stands."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from rnn_tui.text.features.label import Values

_OPENING, _CLOSING = frozenset("([{（［｛【〔⟨"), frozenset(")]}）］｝】〕⟩")

Bools = npt.NDArray[np.bool_]


def line_position(newlines: Bools) -> Values:
    """Return how many symbols of its line have been read with each; 0 at a newline."""
    places = np.arange(len(newlines))
    last = np.maximum.accumulate(np.where(newlines, places, -1))
    return (places - last).astype(np.float64)


def bracket_steps(symbols: Sequence[str]) -> Values:
    """Return for each symbol 1 where it opens a bracket, -1 where it closes one, else 0."""
    return np.array([(s in _OPENING) - 1.0 * (s in _CLOSING) for s in symbols])


def bracket_depth(steps: Values) -> Values:
    """Return how many brackets are open once each symbol is read.

    Closing ones that nothing opened count for nothing.

    Args:
        steps: Of each symbol, 1 where it opens one and -1 where it closes one.
    """
    level = steps.cumsum()
    # That is the sum, with as much added as ever brought it below 0.
    deepest: Values = level - np.minimum(np.minimum.accumulate(level), 0)
    return deepest


def word_starts(in_words: Bools, apostrophes: Bools) -> Values:
    """Return 1 for each symbol that begins a word; one goes on after an apostrophe inside it.

    Args:
        in_words: Which symbols words are made of.
        apostrophes: Which are apostrophes.
    """
    before = np.concatenate([[False], in_words[:-1]])
    joined = np.concatenate([[False], (apostrophes & before)[:-1]])
    starts: Bools = in_words & ~before & ~joined
    return starts.astype(np.float64)
