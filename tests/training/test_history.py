import math

import numpy as np
import pytest

from rnn_tui.training import history as module
from rnn_tui.training.history import History


def filled(losses: list[float], smoothing: float = 0.9) -> History:
    history = History(smoothing)
    for update, loss in enumerate(losses, start=1):
        history.add(update, loss)
    return history


def test_smoothed_is_the_weighted_mean_of_what_came() -> None:
    losses = [3.0, 1.0, 4.0, 1.5, 9.0]
    weights = [0.9**age for age in reversed(range(5))]
    expected = np.average(losses, weights=weights)
    assert filled(losses).smoothed == pytest.approx(expected, rel=1e-14)


def test_nothing_yet_is_not_a_number() -> None:
    history = History()
    assert math.isnan(history.loss)
    assert math.isnan(history.smoothed)
    assert history.validation is None
    assert len(history.curves(10).update) == 0


def test_curve_is_exact_while_there_is_room() -> None:
    losses = [2.0, 1.0, 3.0]
    curves = filled(losses).curves(100)
    assert curves.update.tolist() == [1, 2, 3]
    assert curves.low.tolist() == curves.high.tolist() == losses


@pytest.mark.parametrize("bins", [1, 7, 400])
@pytest.mark.parametrize("updates", [9, 5_000, 33_333])
def test_thinned_curve_keeps_every_extreme(bins: int, updates: int) -> None:
    rng = np.random.default_rng(3)
    losses = rng.random(updates).tolist()
    history = filled(losses)
    curves = history.curves(bins)
    closed = int(curves.update[-1])
    assert len(curves.update) <= bins
    assert updates - closed < history.stride
    assert curves.low.min() == min(losses[:closed])
    assert curves.high.max() == max(losses[:closed])
    assert (np.diff(curves.update) > 0).all()


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CAPACITY", 16)
    history = filled([1.0] * 1_000)
    for update in range(200):
        history.add_validation(update, 1.0)
        history.mark(update, f"lr {update}")
    assert len(history.bins.update) <= 16
    assert len(history.validations) <= 17
    assert len(history.marks) <= 16


def test_not_a_number_survives_merging(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CAPACITY", 4)
    curves = filled([1.0, math.nan, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]).curves(10)
    assert math.isnan(curves.low[0])
    assert math.isnan(curves.high[0])
    assert np.isfinite(curves.low[1:]).all()


def test_turning_one_knob_on_leaves_one_mark() -> None:
    history = History()
    for label in ("lr 1→2", "lr 1→4", "temperature 1→2"):
        history.mark(5, label)
    history.mark(6, "lr 4→5")
    assert [mark.label for mark in history.marks] == ["lr 1→4", "temperature 1→2", "lr 4→5"]


def test_parts_give_the_same_history_back() -> None:
    history = filled(np.random.default_rng(1).random(5_001).tolist())
    history.add_validation(17, 2.5)
    history.mark(3, "lr 1→2")
    again = History.from_parts(history.columns(), history.scalars())
    for one in (history, again):
        one.add(5_002, 0.25)
    assert again.scalars() == history.scalars()
    for name, column in history.columns().items():
        assert np.array_equal(column, again.columns()[name])


def test_a_knob_turned_twice_at_one_update_tells_the_whole_way() -> None:
    history = History()
    history.mark(7, "lr 0.03→0.05")
    history.mark(7, "lr 0.05→0.1")
    history.mark(7, "clip none→1")
    history.mark(7, "diverged")
    history.mark(7, "diverged")
    assert [mark.label for mark in history.marks] == ["lr 0.03→0.1", "clip none→1", "diverged"]
