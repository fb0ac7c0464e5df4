import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.text import entropy as entropy_module
from rnn_tui.text.entropy import bigram_entropy, unigram_entropy
from rnn_tui.text.indexing import index_text

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
        patch.setattr(entropy_module, "CHUNK", 5)
        patch.setattr(entropy_module, "_DENSE_AT_MOST", dense_at_most)
        array = np.array(ids, np.uint8)
        assert unigram_entropy(array, 13) == pytest.approx(plain_unigram(ids), abs=1e-12)
        assert bigram_entropy(array, 13) == pytest.approx(plain_bigram(ids), abs=1e-12)


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
