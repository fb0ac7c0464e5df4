"""How often each pair of neighboring symbols occurs."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnn_tui.text.vocab import CHUNK, IntArray

Counts = npt.NDArray[np.int64]

# Largest V whose V x V table of pairs is counted directly (8 MB); beyond, only pairs that occur.
_DENSE_AT_MOST = 1 << 10


@dataclass(frozen=True, eq=False, slots=True)
class Pairs:
    """The pairs a text has; memory goes with the number of different ones."""

    vocab_size: int
    """V."""
    codes: Counts
    """The pairs that occur, each as first · V + second, ascending (K,)."""
    counts: Counts
    """How often each occurs (K,)."""

    def of(self, codes: Counts) -> Counts:
        """Return how often each of these pairs occurs, 0 where it does not."""
        if not len(self.codes):
            return np.zeros(len(codes), np.int64)
        places = np.minimum(np.searchsorted(self.codes, codes), len(self.codes) - 1)
        return np.where(self.codes[places] == codes, self.counts[places], 0)

    def followers(self) -> Counts:
        """Return how many different symbols come after each symbol (V,)."""
        return np.bincount(self.codes // self.vocab_size, minlength=self.vocab_size)


def count_symbols(ids: IntArray, vocab_size: int) -> Counts:
    """Return how often each symbol occurs (V,)."""
    counts = np.zeros(vocab_size, np.int64)
    for start in range(0, len(ids), CHUNK):
        counts += np.bincount(ids[start : start + CHUNK], minlength=vocab_size)
    return counts


def count_pairs(ids: IntArray, vocab_size: int) -> Pairs:
    """Return the pairs of a text (N,)."""
    count = _dense if vocab_size <= _DENSE_AT_MOST else _sparse
    return Pairs(vocab_size, *count(ids, vocab_size))


def codes_from(ids: IntArray, vocab_size: int, start: int) -> Counts:
    """Return the codes of the pairs that begin at `start` or up to `CHUNK` symbols later."""
    stretch = ids[start : start + CHUNK + 1].astype(np.int64)
    return stretch[:-1] * vocab_size + stretch[1:]


def _dense(ids: IntArray, vocab_size: int) -> tuple[Counts, Counts]:
    counts = np.zeros(vocab_size**2, np.int64)
    for start in range(0, len(ids) - 1, CHUNK):
        counts += np.bincount(codes_from(ids, vocab_size, start), minlength=vocab_size**2)
    codes = np.flatnonzero(counts)
    return codes, counts[codes]


def _sparse(ids: IntArray, vocab_size: int) -> tuple[Counts, Counts]:
    seen = counts = np.empty(0, np.int64)
    for start in range(0, len(ids) - 1, CHUNK):
        codes, number = np.unique(codes_from(ids, vocab_size, start), return_counts=True)
        seen, where = np.unique(np.concatenate([seen, codes]), return_inverse=True)
        both = np.concatenate([counts, number])
        counts = np.zeros(len(seen), np.int64)
        np.add.at(counts, where, both)
    return seen, counts
