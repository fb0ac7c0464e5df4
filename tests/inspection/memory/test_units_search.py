"""What is claimed of units: what was planted in them, and hardly ever what is chance."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.units.measures import COLUMNS
from rnn_tui.inspection.memory.units.search import SHIFTS, Followed, search
from rnn_tui.inspection.memory.units.strongest import APART, strongest
from rnn_tui.text.features.label import Label

N, UNITS = 1_200, 21


def found(values: Any, labels: list[Label]) -> tuple[Followed, int]:
    steps, slices = search(values, labels), 0
    while True:
        try:
            next(steps)
            slices += 1
        except StopIteration as end:
            return end.value, slices


def hanging_together(rng: np.random.Generator, length: int, *shape: int) -> Any:
    """Noise of which each number is much like the one before."""
    noise = rng.normal(size=(length, *shape))
    for t in range(1, length):
        noise[t] += 0.9 * noise[t - 1]
    return noise


def labels(rng: np.random.Generator, length: int = N) -> list[Label]:
    """A number and three that are so or not so, one of them rare."""
    drawn = hanging_together(rng, length, 4)
    so = drawn > np.diag(np.quantile(drawn, [0.5, 0.7, 0.5, 0.95], axis=0))
    binary = [Label(f"so {k}", so[:, k].astype(np.float64)) for k in (0, 1, 3)]
    return [Label("a number", drawn[:, 2], number=True), *binary]


def test_what_was_planted_is_found_with_its_sign() -> None:
    rng = np.random.default_rng(2)
    of, values = labels(rng), hanging_together(rng, N, UNITS) / 2
    values[:, 4] -= 3 * of[0].values
    values[:, 9] += 4 * of[2].values
    values[:, 17] -= 6 * of[3].values
    told, slices = found(np.tanh(values), of)
    assert slices == 2 * -(-UNITS // COLUMNS) + SHIFTS
    planted = {4: 0, 9: 2, 17: 3}
    assert {*told.order[:3].tolist()} == {*np.flatnonzero(told.claimed).tolist()} == {*planted}
    for unit, label in planted.items():
        assert told.label[unit] == label
        assert told.unit[label] == unit
        assert told.by_unit[label] == told.strength[unit]
        assert told.by_unit_claimed[label]
    assert told.strength[4] < -0.8
    assert told.strength[9] > 0.8
    assert told.strength[17] < -0.8
    assert not told.by_unit_claimed[1]
    assert (np.abs(told.by_unit)[told.by_unit_claimed] > told.chance[told.by_unit_claimed]).all()


def test_what_holds_in_the_first_half_alone_is_not_claimed() -> None:
    rng = np.random.default_rng(3)
    of, values = labels(rng), hanging_together(rng, N, UNITS)
    values[: N // 2, 5] += 30 * of[1].values[: N // 2]
    values[:, 7] += 30 * of[1].values * np.where(np.arange(N) < N // 2, 1, -1)
    told, _ = found(values, of)
    assert told.label[5] == told.label[7] == 1
    assert told.strength[7] < -0.9  # the other way round than in the half where it was chosen
    assert not told.claimed[[5, 7]].any()


@pytest.mark.parametrize("kind", ["each by itself", "hanging together"])
def test_random_labels_are_claimed_in_at_most_one_of_twenty_runs(kind: str) -> None:
    claims = 0
    for seed in range(60):
        rng = np.random.default_rng(1000 + seed)
        values = np.tanh(hanging_together(rng, N, UNITS))
        of = labels(rng)
        if kind == "each by itself":
            of = [Label(one.words, rng.permutation(one.values), one.number) for one in of]
        told, _ = found(values, of)
        claims += bool(told.claimed.any() or told.by_unit_claimed.any())
    assert claims <= 3


def test_units_that_never_change_follow_nothing() -> None:
    told, _ = found(np.full((N, 3), 0.5), labels(np.random.default_rng(6)))
    assert not told.claimed.any()
    assert not told.strength.any()


def test_strongest_places_are_apart_from_each_other() -> None:
    values = np.zeros(60)
    values[[10, 12, 30, 45]] = 5, 4, 3, -9
    assert strongest(values, 2).tolist() == [10, 30]
    assert strongest(values, 1, low=True).tolist() == [45]
    everywhere = strongest(np.arange(40.0), 99)
    assert everywhere[:3].tolist() == [39, 39 - APART - 1, 39 - 2 * APART - 2]
    assert len(everywhere) == -(-40 // (APART + 1))
