"""How well units follow labels, against NumPy's and scikit-learn's numbers."""

from pathlib import Path

import numpy as np
import pytest

from rnn_tui.inspection.memory.units.measures import Scores, auc, centered_ranks
from rnn_tui.text.features.label import Label

with np.load(Path(__file__).parents[2] / "data" / "auc.npz") as file:
    VALUES, SO, AUC = file["values"], file["labels"], file["auc"]
NUMBERS = np.random.default_rng(4).normal(size=(3, len(VALUES)))
LABELS = [
    Label("so", SO[0].astype(np.float64)),
    Label("a number", NUMBERS[0], number=True),
    *(Label("so", row.astype(np.float64)) for row in SO[1:]),
    Label("another", NUMBERS[1], number=True),
]


def scores(start: int, stop: int) -> Scores:
    part = slice(start, stop)
    made = Scores(VALUES[part], LABELS, part)
    assert len([*made.prepare()]) == 1
    return made


def test_areas_are_those_of_scikit_learn() -> None:
    found = scores(0, len(VALUES)).strengths()[[0, 2, 3, 4]]
    assert (found + 1) / 2 == pytest.approx(AUC, rel=1e-12)
    assert (found[:, 4] == 0).all()
    assert auc(-0.5) == auc(0.5) == 0.75


def test_correlations_are_those_of_numpy() -> None:
    found = scores(0, len(VALUES)).strengths()[[1, 5]]
    others = [0, 1, 2, 3, 5, 6]
    expected = [[np.corrcoef(n, VALUES[:, u])[0, 1] for u in others] for n in NUMBERS[:2]]
    assert found[:, others] == pytest.approx(np.array(expected), rel=1e-10, abs=1e-14)
    assert (found[:, 4] == 0).all()


def test_labels_move_on_and_round() -> None:
    start, stop, moved = 31, 188, 45
    found = scores(start, stop).strengths(moved)
    values = VALUES[start:stop]
    so = np.roll(SO[1, start:stop], moved)
    pairs = values[so][:, None] - values[~so][None]
    won = (pairs > 0).mean(axis=(0, 1)) + (pairs == 0).mean(axis=(0, 1)) / 2
    assert found[2] == pytest.approx(2 * won - 1, rel=1e-10, abs=1e-12)
    number = np.roll(NUMBERS[1, start:stop], moved)
    assert found[5, 6] == pytest.approx(np.corrcoef(number, values[:, 6])[0, 1], rel=1e-10)


def test_equal_values_share_their_ranks() -> None:
    assert centered_ranks(np.array([3.0, 1, 3, 2])).tolist() == [1, -1.5, 1, -0.5]
    assert centered_ranks(np.array([7.0, 7, 7])).tolist() == [0, 0, 0]
