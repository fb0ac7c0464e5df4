"""What one could know about a text by counting: the guide lines beside a loss curve.

Source: C. E. Shannon, "Prediction and Entropy of Printed English", 1951: F_1 and F_2, in nats.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.text.pairs import Counts, Pairs, codes_from, count_pairs, count_symbols
from rnn_tui.text.vocab import CHUNK, IntArray


def unigram_entropy(ids: IntArray, vocab_size: int) -> float:
    """Loss of a guesser that knows how frequent each symbol is, in nats per character.

    H = - Σ_a p(a) ln p(a)
    """
    counts = count_symbols(ids, vocab_size)
    return max(0.0, float(np.log(len(ids)) - _weight(counts) / len(ids))) if len(ids) else 0.0


def bigram_entropy(ids: IntArray, vocab_size: int, pairs: Pairs | None = None) -> float:
    """Loss of a guesser that also knows the symbol before, in nats per character.

    H = - Σ_ab p(a, b) ln p(b | a), counted on the text it guesses: no other guesser that knows
    one symbol before does better there.

    Args:
        ids: The text (N,).
        vocab_size: V.
        pairs: Its pairs, where they are counted already.
    """
    if len(ids) < 2:
        return 0.0
    pairs = pairs or count_pairs(ids, vocab_size)
    first = count_symbols(ids[:-1], vocab_size)
    return max(0.0, float(_weight(first) - _weight(pairs.counts)) / (len(ids) - 1))


def held_out_bigram(
    learned: IntArray, tested: IntArray, vocab_size: int, pairs: Pairs | None = None
) -> float | None:
    """Loss of a guesser that knows the symbol before, on a text it has not counted.

    Pairs it has not seen take part of the probability, by how many different ones there are:

        p(b)     = (c(b) + D / V) / (N + D)                 D different symbols among N
        p(b | a) = (c(a, b) + D(a) p(b)) / (c(a) + D(a))    D(a) different symbols after a

    Source: I. H. Witten & T. C. Bell, "The Zero-Frequency Problem", 1991, method C, interpolated
    as in S. F. Chen & J. Goodman, "An Empirical Study of Smoothing Techniques", 1998.

    Args:
        learned: Ids that are counted (N,).
        tested: Ids that are guessed, each but the first from the one before.
        vocab_size: V.
        pairs: Those of `learned`, where they are counted already.

    Returns:
        Nats per character; None where there is nothing to guess.
    """
    if len(tested) < 2:
        return None
    pairs = pairs or count_pairs(learned, vocab_size)
    single = _single(learned, vocab_size)
    before, followers = count_symbols(learned[:-1], vocab_size), pairs.followers()
    # A symbol that nothing was seen after: p(b | a) = p(b).
    followers[before == 0] = 1
    total = 0.0
    for start in range(0, len(tested) - 1, CHUNK):
        codes = codes_from(tested, vocab_size, start)
        a, b = np.divmod(codes, vocab_size)
        seen = pairs.of(codes) + followers[a] * single[b]
        total -= float(np.log(seen / (before[a] + followers[a])).sum())
    return total / (len(tested) - 1)


def _single(ids: IntArray, vocab_size: int) -> npt.NDArray[np.float64]:
    counts = count_symbols(ids, vocab_size)
    different = max(int(np.count_nonzero(counts)), 1)
    return (counts + different / vocab_size) / (len(ids) + different)


def _weight(counts: Counts) -> float:
    # Σ c ln c, from which every entropy here is a difference; 0 ln 0 = 0
    return float(np.sum(counts * np.log(np.maximum(counts, 1))))
