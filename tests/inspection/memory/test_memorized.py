"""Stretches that stand in the training text, against a search through all of them."""

from itertools import pairwise

import numpy as np
import pytest

from rnn_tui.inspection.memory.memorized import (
    LONG,
    Stretch,
    cover,
    maximal,
    memorized,
    unusual_from,
)
from rnn_tui.text import suffixes
from rnn_tui.text.suffixes import sorted_suffixes


def searched(train: bytes, text: bytes) -> list[tuple[int, int]]:
    """Start and end of every part of a text that stands in the other and that no other contains."""
    parts = [
        (a, b) for a in range(len(text)) for b in range(a + 1, len(text) + 1) if text[a:b] in train
    ]
    return [
        (a, b)
        for a, b in parts
        if not any(c <= a and b <= d and (c, d) != (a, b) for c, d in parts)
    ]


@pytest.mark.parametrize("few", [2, suffixes.FEW])
def test_against_a_search_through_all(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suffixes, "FEW", few)  # so short a text is one pile else
    for seed in range(200):
        check(seed)


def check(seed: int) -> None:
    """Compare the stretches of one text in another."""
    rng = np.random.default_rng(seed)
    train = rng.integers(0, 3, 40).astype(np.uint8)
    text = rng.integers(0, 4, 25).astype(np.uint8)
    found = maximal(sorted_suffixes(train), text)
    expected = searched(train.tobytes(), text.tobytes())
    assert [(one.start, one.end) for one in found] == expected
    for one in found:
        there = train[one.place : one.place + one.length]
        assert np.array_equal(there, text[one.start : one.end])
    longest = [
        max((b - a for a, b in expected if a <= at < b), default=0) for at in range(len(text))
    ]
    assert cover(found, len(text)).tolist() == longest
    kept = memorized(found, 4)
    assert all(one.length >= 4 for one in kept)
    assert [one.length for one in kept] == sorted((one.length for one in kept), reverse=True)
    ends = sorted((one.start, one.end) for one in kept)
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))


def test_of_two_that_overlap_the_longer_counts() -> None:
    short, long, apart = Stretch(0, 6, 9), Stretch(4, 8, 30), Stretch(12, 5, 2)
    assert memorized([short, long, apart], 5) == [long, apart]
    assert memorized([short, long, apart], 8) == [long]
    assert memorized([short, long, apart], 9) == []


def test_usual_is_what_nearly_all_of_the_validation_text_has() -> None:
    assert unusual_from(np.zeros(0, np.int64)) == LONG
    assert unusual_from(np.array([3] * 95 + [40] * 5)) == 41
    assert unusual_from(np.array([3] * 96 + [40] * 4)) == 4
    assert unusual_from(np.array([7])) == 8
