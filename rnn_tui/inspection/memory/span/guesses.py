"""What one would say of a symbol some steps back without the state, and where the state tells more.

Much of the past follows from what is near it: in an alphabet b stands before c, and whoever keeps
in mind that a line began 3 symbols ago knows where. That is no memory of the symbol. So places are
put together where the same symbol is present and the same two symbols follow the one that is
sought; within such a group nothing of that kind is left to tell. What guessing gets right there is
the most frequent symbol, found with hindsight, which favors the guess.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import IntArray

FOLLOWING = 2
"""Symbols after the sought one that have to be the same. With one, an untrained LSTM is said to
reach back 20 on distance.txt, since whether a digit begins or ends a line tells what is near it."""
LEAST_MISSED, LEAST_SHARE = 20, 0.2
"""Where guessing misses fewer, or a smaller share, there is too little to be told."""


@dataclass(frozen=True, slots=True)
class Where:
    """A group of places, and what is read there."""

    present: int
    """The symbol at the place."""
    following: tuple[int, ...]
    """The symbols after the sought one, as far as they are not beyond the place."""
    places: int
    read: float
    """Share that the read-out gets right, from 0 to 1."""
    guess: float
    """Share that the most frequent symbol is."""

    @property
    def told(self) -> float:
        """Of what the guess misses, the share that the read-out gets right on balance."""
        return (self.read - self.guess) / (1 - self.guess)


class Frequent(NamedTuple):
    """The most frequent symbol of each group."""

    group: IntArray
    """(G,), rising."""
    symbol: IntArray
    """(G,)"""
    places: IntArray
    """How many of the group it has (G,)."""


def most_frequent(group: IntArray, symbols: IntArray, vocab_size: int) -> Frequent:
    """Return which symbol is most frequent in each group; of several the first.

    Args:
        group: Of each place (N,), from 0.
        symbols: What stands there (N,).
        vocab_size: How many symbols there are.
    """
    pairs, counts = np.unique(group * vocab_size + symbols, return_counts=True)
    of, symbol = np.divmod(pairs, vocab_size)
    order = np.lexsort((-symbol, counts, of))
    last = order[np.append(np.flatnonzero(np.diff(of[order])), len(order) - 1)]
    return Frequent(of[last], symbol[last], counts[last])


def by_present(present: IntArray, symbols: IntArray, vocab_size: int) -> npt.NDArray[np.intp]:
    """Return the symbol to guess for whoever knows the present one alone (V,)."""
    found = np.full(vocab_size, np.bincount(symbols, minlength=vocab_size).argmax())
    there = most_frequent(present, symbols, vocab_size)
    found[there.group] = there.symbol
    return found


def best_group(
    present: IntArray,
    following: list[IntArray],
    symbols: IntArray,
    right: npt.NDArray[np.bool_],
    vocab_size: int,
) -> Where | None:
    """Return the group where most is read of what guessing misses.

    Args:
        present: The symbol at each place (N,).
        following: The symbols after the sought one, the first first.
        symbols: What was sought.
        right: Whether the read-out has it.
        vocab_size: How many symbols there are.

    Returns:
        None where there is no group in which guessing misses enough.
    """
    keys = present
    for others in following:
        keys = keys * vocab_size + others
    names, group, places = np.unique(keys, return_inverse=True, return_counts=True)
    guessed = most_frequent(group, symbols, vocab_size).places
    read = np.bincount(group, weights=right)
    missed = places - guessed
    enough = (missed >= LEAST_MISSED) & (missed >= LEAST_SHARE * places)
    if not enough.any():
        return None
    told = np.where(enough, (read - guessed) / np.maximum(missed, 1), -np.inf)
    best = int(told.argmax())
    spelled, rest = [], int(names[best])
    for _ in following:
        rest, symbol = divmod(rest, vocab_size)
        spelled.append(symbol)
    count = int(places[best])
    return Where(
        rest, tuple(spelled[::-1]), count, float(read[best]) / count, int(guessed[best]) / count
    )
