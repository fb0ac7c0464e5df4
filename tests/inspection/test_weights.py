import math
from typing import Any

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.inspection.precision import loss_of
from rnn_tui.inspection.trace import Trace
from rnn_tui.inspection.verdict import counts
from rnn_tui.inspection.weights import Checker, check_network, worst
from rnn_tui.nn.loss import cross_entropy_columns
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import every_cell, every_size, trainer

UNIT = 2


@every_cell
@every_size
def test_the_gradients_are_right(name: str, layers: int, batch: int) -> None:
    made = trainer(name, layers, batch, updates=3, dtype="float32")
    before = made.model.flat.copy()
    rows = check_network(made)
    assert [row.name for row in rows] == list(made.model.parameters)
    assert [row.checked for row in rows] == [p.size for p in made.model.parameters.values()]
    assert worst(rows) < 1e-6
    assert not any(row.wrong or row.at_kink for row in rows)
    assert np.array_equal(made.model.flat, before)


@every_cell
def test_of_a_network_with_dropout_too(name: str) -> None:
    made = trainer(name, layers=3, batch=2, updates=3, dropout=0.4)
    trace, checker = Trace(made), Checker(made)
    total, late = trace.total(len(trace.steps)), Checker(made, start=4)
    done = trace.steps.index(MicroStep("backward", 4, 0)) + 1
    for parameter, array in made.model.parameters.items():
        at = tuple(size // 2 for size in array.shape)
        for check, sums in ((checker, total), (late, trace.total(done))):
            found = check.weight(parameter, at)
            assert found.verdict == "right"
            assert found.analytic == pytest.approx(sums[parameter][at], abs=1e-15)
    rows = Checker(made).network(budget=1e5)
    assert not any(row.wrong for row in rows)
    assert worst(rows) < 1e-6


def spoiled(made: Trainer, name: str, index: tuple[int, ...], factor: float, by: float) -> Checker:
    """A checker whose network has one slope wrong."""
    checker = Checker(made)
    right = checker._differentiate

    def wrong() -> None:
        right()
        gradient = checker.model.gradients[name]
        gradient[index] = gradient[index] * factor + by

    checker._differentiate = wrong  # type: ignore[method-assign]
    return checker


@every_cell
@every_size
def test_one_slope_off_by_a_ten_thousandth_is_found(name: str, layers: int, batch: int) -> None:
    made = trainer(name, layers, batch, updates=3)
    for parameter, array in made.model.parameters.items():
        # Neither the largest nor a tiny one: the middle of those that are there at all.
        gradient = np.abs(made.model.gradients[parameter])
        order = np.argsort(gradient, axis=None)[np.count_nonzero(gradient == 0) :]
        at = tuple(int(i) for i in np.unravel_index(order[len(order) // 2], array.shape))
        check = spoiled(made, parameter, at, 1 + 1e-4, 0).weight(parameter, at)
        assert check.verdict == "wrong"
        assert check.relative_error == pytest.approx(5e-5, rel=0.1)
    if layers == 1:
        rows = spoiled(made, "rnn.bias_l0", (1,), 1 + 1e-4, 0).network()
        assert {row.name: row.wrong for row in rows if row.wrong} == {"rnn.bias_l0": 1}


@every_cell
def test_a_slope_where_there_is_none_is_found(name: str) -> None:
    """The symbol e is not in the first three time steps: its column has no gradient."""
    checker = spoiled(trainer(name), "rnn.weight_ih_l0", (0, 4), 1, 1e-10)
    checker.x, checker.y = checker.x[:3], checker.y[:3]
    assert checker.weight("rnn.weight_ih_l0", (0, 4)).verdict == "wrong"


@every_cell
def test_one_wrong_slope_of_a_learned_text_is_found(name: str) -> None:
    """However small the gradients have become: what can be called right can be called wrong."""
    made = trainer(name, updates=900, learning_rate=0.02)
    rows = Checker(made).network()
    assert not any(row.wrong for row in rows)
    checker = Checker(made)
    checker._differentiate()
    place = tuple(int(i) for i in np.argwhere(checker.model.gradients["linear.weight"])[3])
    assert Checker(made).weight("linear.weight", place).verdict == "right"
    spoilt = spoiled(made, "linear.weight", place, 1 - 1e-4, 0)
    assert sum(row.wrong for row in spoilt.network()) == 1


def test_one_weight() -> None:
    made = trainer("gru", layers=2, batch=3, updates=1)
    row = Checker(made).weight("rnn.weight_hh_l1", (5, 2))
    assert row.value == made.model.parameters["rnn.weight_hh_l1"][5, 2]
    made.model.loss_and_grads(*made.streams.window(1), made.state)
    assert row.analytic == pytest.approx(made.model.gradients["rnn.weight_hh_l1"][5, 2], rel=1e-12)
    assert row.relative_error < 1e-6


def test_a_weight_without_influence() -> None:
    checker = Checker(trainer("rnn-relu"))
    checker.x, checker.y = checker.x[:3], checker.y[:3]
    assert 4 not in checker.x
    row = checker.weight("rnn.weight_ih_l0", (0, 4))
    assert (row.analytic, row.slope.value, row.relative_error) == (0, 0, 0)
    assert row.verdict == "right"


def at_zero(bias: float) -> Checker:
    """A ReLU that hears of nothing but its bias."""
    checker = Checker(trainer("rnn-relu"))
    parameters = checker.model.parameters
    parameters["rnn.weight_ih_l0"][UNIT] = parameters["rnn.weight_hh_l0"][UNIT] = 0
    parameters["rnn.bias_l0"][UNIT] = bias
    return checker


@pytest.mark.parametrize("bias", [0.0, 1e-8, -1e-8])
def test_a_kink_is_called_a_kink(bias: float) -> None:
    checker = at_zero(bias)
    assert checker.weight("rnn.bias_l0", (UNIT,)).verdict == "at a kink"
    rows = {row.name: row for row in checker.network()}
    read = len(set(checker.x.ravel().tolist()))
    assert (rows["rnn.bias_l0"].at_kink, rows["rnn.weight_ih_l0"].at_kink) == (1, read)
    assert not any(row.wrong for row in rows.values())
    assert "1 at a kink of ReLU" in counts([rows["rnn.bias_l0"]])


@pytest.mark.parametrize("bias", [5e-4, -1e-5])
def test_a_kink_near_by_is_no_excuse(bias: float) -> None:
    checker = at_zero(bias)
    assert checker.weight("rnn.bias_l0", (UNIT,)).verdict == "right"
    assert not any(row.at_kink or row.wrong for row in checker.network())


def test_a_loss_that_is_no_number_is_not_compared() -> None:
    made = trainer("gru")
    made.model.flat[3] = np.nan
    with pytest.raises(InputError, match="there is no gradient to compare"):
        Checker(made).network()


def test_of_a_large_network_only_some_weights() -> None:
    made = trainer("lstm", layers=2, batch=3)
    checker = Checker(made)
    rows = checker.network(budget=2e7)
    assert 6 <= sum(row.checked for row in rows) < made.model.flat.size / 2
    assert all(row.checked for row in rows)
    assert checker.x.shape == (6, 1)
    assert worst(rows) < 1e-6


@every_cell
@pytest.mark.parametrize("start", [2, 5])
def test_what_the_last_time_steps_add(name: str, start: int) -> None:
    """Moving a weight in these steps only gives what these steps add to its gradient."""
    made = trainer(name, layers=2, batch=3, updates=2)
    checker = Checker(made, start=start)
    checker._differentiate()
    x, y = made.streams.window(2)
    _, state = made.model.forward(x[:start], made.state)
    made.model.loss_and_grads(x[start:], y[start:], state)
    expected = made.model.grads_flat * (6 - start) / 6
    assert checker.model.grads_flat == pytest.approx(expected, rel=1e-12)
    assert not any(row.wrong for row in checker.network())


@pytest.mark.parametrize("size", [0.0, 3.0, 900.0])
def test_the_fine_loss_is_the_loss(size: float) -> None:
    rng = np.random.default_rng(4)
    logits, targets = size * rng.normal(size=(5, 7)), rng.integers(0, 5, 7)
    expected = cross_entropy_columns(logits.copy(), targets)
    assert loss_of(logits, targets) == pytest.approx(expected, rel=1e-12)


def test_a_small_loss_is_exact() -> None:
    logits: Any = np.array([[0.0], [-60.0]])
    assert loss_of(logits, np.array([0])) == pytest.approx(math.exp(-60), rel=1e-14)
