"""Guesses without the state, counted by plain loops."""

from collections import Counter

import numpy as np
import pytest

from rnn_tui.inspection.memory.span.guesses import Where, best_group, by_present, most_frequent

V = 6
RNG = np.random.default_rng(2)
GROUP, SYMBOLS = RNG.integers(0, 4, 300), RNG.integers(0, V, 300)


def test_the_most_frequent_symbol_of_each_group_is_counted() -> None:
    found = most_frequent(GROUP, SYMBOLS, V)
    assert found.group.tolist() == sorted(set(GROUP.tolist()))
    for group, symbol, places in zip(*found, strict=True):
        counts = Counter(SYMBOLS[group == GROUP].tolist())
        most = max(counts.values())
        assert (symbol, places) == (min(s for s, n in counts.items() if n == most), most)


def test_who_knows_the_present_symbol_guesses_what_went_with_it_most() -> None:
    present = np.array([0, 0, 0, 2, 2, 2, 2, 5])
    symbols = np.array([1, 4, 4, 3, 3, 1, 4, 4])
    # 1, 3 and 4 are never present: then the most frequent of all
    assert by_present(present, symbols, V).tolist() == [4, 4, 3, 4, 4, 4]


@pytest.mark.parametrize("following", [0, 1, 2])
def test_the_best_group_is_found_as_by_loops(following: int) -> None:
    rng = np.random.default_rng(following)
    count = 5_000
    present, symbols = rng.integers(0, 3, count), rng.integers(0, V, count)
    after = [rng.integers(0, 3, count) for _ in range(following)]
    right = rng.random(count) < np.where(present == 1, 0.8, 0.3)
    groups: dict[tuple[int, ...], list[int]] = {}
    for at in range(count):
        groups.setdefault((present[at], *(ids[at] for ids in after)), []).append(at)
    found = []
    for (here, *rest), places in groups.items():
        guess = Counter(symbols[places].tolist()).most_common(1)[0][1] / len(places)
        found.append(Where(here, tuple(rest), len(places), right[places].mean(), guess))
    best = max(found, key=lambda one: one.told)
    assert best_group(present, after, symbols, right, V) == best
    assert best.told == pytest.approx((best.read - best.guess) / (1 - best.guess))


@pytest.mark.parametrize(("missed", "is_group"), [(19, False), (20, True)])
def test_groups_in_which_guessing_misses_few_are_none(missed: int, is_group: bool) -> None:
    symbols = np.array([1] * 60 + [3] * missed)
    none, all_right = np.zeros_like(symbols), np.ones(len(symbols), bool)
    assert (best_group(none, [], symbols, all_right, V) is not None) == is_group
    # a small share of many is left out, too
    many = np.array([1] * 900 + [3] * 200)
    found = best_group(np.zeros_like(many), [], many, np.ones(len(many), bool), V)
    assert found is None
