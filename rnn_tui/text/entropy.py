"""What one could know about a text by counting: the guide lines beside a loss curve.

Source: C. E. Shannon, "Prediction and Entropy of Printed English", 1951: F_1 and F_2, in nats.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.text.vocab import CHUNK, IntArray

Counts = npt.NDArray[np.int64]

# Largest V whose V x V table of pairs is counted directly (8 MB); beyond, only pairs that occur.
_DENSE_AT_MOST = 1 << 10


def unigram_entropy(ids: IntArray, vocab_size: int) -> float:
    """Loss of a guesser that knows how frequent each symbol is, in nats per character.

    H = - Σ_a p(a) ln p(a)
    """
    counts = _counts(ids, vocab_size)
    return max(0.0, float(np.log(len(ids)) - _weight(counts) / len(ids))) if len(ids) else 0.0


def bigram_entropy(ids: IntArray, vocab_size: int) -> float:
    """Loss of a guesser that also knows the symbol before, in nats per character.

    H = - Σ_ab p(a, b) ln p(b | a); memory goes with the number of different pairs.
    """
    if len(ids) < 2:
        return 0.0
    first = _counts(ids[:-1], vocab_size)
    pairs = _dense_pairs if vocab_size <= _DENSE_AT_MOST else _sparse_pairs
    return max(0.0, float(_weight(first) - _weight(pairs(ids, vocab_size))) / (len(ids) - 1))


def _weight(counts: Counts) -> float:
    # Σ c ln c, from which every entropy here is a difference; 0 ln 0 = 0
    return float(np.sum(counts * np.log(np.maximum(counts, 1))))


def _counts(ids: IntArray, vocab_size: int) -> Counts:
    counts = np.zeros(vocab_size, np.int64)
    for start in range(0, len(ids), CHUNK):
        counts += np.bincount(ids[start : start + CHUNK], minlength=vocab_size)
    return counts


def _codes(ids: IntArray, vocab_size: int, start: int) -> Counts:
    # One number for a symbol and the one after it
    stretch = ids[start : start + CHUNK + 1].astype(np.int64)
    return stretch[:-1] * vocab_size + stretch[1:]


def _dense_pairs(ids: IntArray, vocab_size: int) -> Counts:
    counts = np.zeros(vocab_size**2, np.int64)
    for start in range(0, len(ids) - 1, CHUNK):
        counts += np.bincount(_codes(ids, vocab_size, start), minlength=vocab_size**2)
    return counts


def _sparse_pairs(ids: IntArray, vocab_size: int) -> Counts:
    seen = counts = np.empty(0, np.int64)
    for start in range(0, len(ids) - 1, CHUNK):
        codes, number = np.unique(_codes(ids, vocab_size, start), return_counts=True)
        seen, where = np.unique(np.concatenate([seen, codes]), return_inverse=True)
        both = np.concatenate([counts, number])
        counts = np.zeros(len(seen), np.int64)
        np.add.at(counts, where, both)
    return counts
