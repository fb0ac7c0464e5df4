import math
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.text import entropy as entropy_module
from rnn_tui.text import pairs as pairs_module
from rnn_tui.text.corpus import read_corpus
from rnn_tui.text.entropy import bigram_entropy, held_out_bigram, unigram_entropy
from rnn_tui.text.indexing import index_text
from rnn_tui.text.pairs import count_pairs
from rnn_tui.text.streams import split

CORPORA = Path(__file__).parents[2] / "corpora"
IDS = st.lists(st.integers(0, 11), min_size=2)


def plain_unigram(ids: list[int]) -> float:
    return -sum(n / len(ids) * math.log(n / len(ids)) for n in Counter(ids).values())


def plain_bigram(ids: list[int]) -> float:
    pairs, first = Counter(pairwise(ids)), Counter(ids[:-1])
    return -sum(n * math.log(n / first[a]) for (a, _), n in pairs.items()) / (len(ids) - 1)


@pytest.mark.parametrize("dense_at_most", [0, 1 << 10])
@given(ids=IDS)
def test_entropies_equal_the_definitions_however_they_are_counted(
    dense_at_most: int, ids: list[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pairs_module, "CHUNK", 5)
        patch.setattr(pairs_module, "_DENSE_AT_MOST", dense_at_most)
        array = np.array(ids, np.uint8)
        assert unigram_entropy(array, 13) == pytest.approx(plain_unigram(ids), abs=1e-12)
        assert bigram_entropy(array, 13) == pytest.approx(plain_bigram(ids), abs=1e-12)


def plain_held_out(learned: list[int], tested: list[int], vocab_size: int) -> float:
    """Witten-Bell, one character after the other."""
    counts, pairs, first = Counter(learned), Counter(pairwise(learned)), Counter(learned[:-1])
    total = 0.0
    for a, b in pairwise(tested):
        p = 1 / vocab_size
        if counts:
            p = (counts[b] + len(counts) * p) / (len(learned) + len(counts))
        if first[a]:
            after = len({y for x, y in pairs if x == a})
            p = (pairs[a, b] + after * p) / (first[a] + after)
        total -= math.log(p)
    return total / (len(tested) - 1)


@pytest.mark.parametrize("dense_at_most", [0, 1 << 10])
@given(learned=st.lists(st.integers(0, 7)), tested=IDS)
def test_a_held_out_bigram_equals_its_definition_however_it_is_counted(
    dense_at_most: int, learned: list[int], tested: list[int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in (pairs_module, entropy_module):
            patch.setattr(module, "CHUNK", 5)
        patch.setattr(pairs_module, "_DENSE_AT_MOST", dense_at_most)
        ids, other = np.array(learned, np.uint8), np.array(tested, np.uint8)
        expected = pytest.approx(plain_held_out(learned, tested, 13), abs=1e-12)
        assert held_out_bigram(ids, other, 13) == expected
        assert held_out_bigram(ids, other, 13, count_pairs(ids, 13)) == expected


@pytest.mark.parametrize(
    ("name", "held_out", "own"),
    [("korean", 3.653, 2.375), ("tidebook", 2.327, 2.292), ("numbers", 2.149, 2.085)],
)
def test_held_out_bigrams_of_known_texts(name: str, held_out: float, own: float) -> None:
    corpus = read_corpus(CORPORA / f"{name}.txt")
    learned, tested = split(corpus.ids, 0.1)
    size = len(corpus.vocab)
    found = held_out_bigram(learned, tested, size)
    assert found == pytest.approx(held_out, abs=5e-4)
    assert found == pytest.approx(plain_held_out(learned.tolist(), tested.tolist(), size))
    assert bigram_entropy(learned, size) == pytest.approx(own, abs=5e-4)


def test_probabilities_of_a_held_out_bigram_add_up_to_one() -> None:
    """After a seen symbol, an unseen one, and one that only ends the text."""
    learned = np.array([0, 1, 0, 2, 0, 1, 3], np.uint8)
    for a in (0, 3, 4):
        losses = [held_out_bigram(learned, np.array([a, b], np.uint8), 5) for b in range(5)]
        assert sum(math.exp(-loss) for loss in losses if loss is not None) == pytest.approx(1.0)


def test_nothing_to_guess_is_none() -> None:
    assert held_out_bigram(np.zeros(9, np.uint8), np.zeros(1, np.uint8), 2) is None
    assert held_out_bigram(np.zeros(9, np.uint8), np.zeros(0, np.uint8), 2) is None


def test_hello_by_hand() -> None:
    """h e l l o: a fifth each but l; after l comes l or o, everything else is certain."""
    ids, symbols = index_text("hello")
    assert unigram_entropy(ids, len(symbols)) == pytest.approx(
        0.6 * math.log(5) + 0.4 * math.log(2.5)
    )
    assert bigram_entropy(ids, len(symbols)) == pytest.approx(math.log(2) / 2)


def test_nothing_to_learn_is_zero() -> None:
    assert unigram_entropy(np.zeros(9, np.uint8), 1) == 0.0
    assert bigram_entropy(np.array([0, 1] * 9, np.uint8), 2) == 0.0
    assert bigram_entropy(np.zeros(1, np.uint8), 1) == 0.0
    assert unigram_entropy(np.zeros(0, np.uint8), 1) == 0.0
