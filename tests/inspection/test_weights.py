import numpy as np
import pytest

from rnn_tui.inspection.weights import Checker, check_network, worst
from tests.inspection.cases import every_cell, every_size, trainer


@every_cell
@every_size
def test_the_gradients_are_right(name: str, layers: int, batch: int) -> None:
    made = trainer(name, layers, batch, updates=3, dtype="float32")
    before = made.model.flat.copy()
    rows = check_network(made)
    assert [row.name for row in rows] == list(made.model.parameters)
    assert [row.checked for row in rows] == [p.size for p in made.model.parameters.values()]
    assert worst(rows) < 1e-6
    assert np.array_equal(made.model.flat, before)


def test_a_wrong_gradient_is_found() -> None:
    checker = Checker(trainer("lstm"))
    right = checker._differentiate

    def wrong() -> None:
        right()
        checker.model.gradients["rnn.weight_hh_l0"][2, 1] *= 1.01

    checker._differentiate = wrong  # type: ignore[method-assign]
    by_name = {row.name: row.relative_error for row in checker.network()}
    assert by_name.pop("rnn.weight_hh_l0") > 1e-4
    assert max(by_name.values()) < 1e-6
    assert checker.weight("rnn.weight_hh_l0", (2, 1)).relative_error == pytest.approx(
        0.005, rel=0.02
    )


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
    assert (row.analytic, row.numerical, row.relative_error) == (0, 0, 0)


def test_of_a_large_network_only_some_weights() -> None:
    made = trainer("lstm", layers=2, batch=3)
    checker = Checker(made)
    rows = checker.network(budget=2e7)
    assert 6 <= sum(row.checked for row in rows) < made.model.flat.size / 2
    assert all(row.checked for row in rows)
    assert checker.x.shape == (6, 1)
    assert worst(rows) < 1e-6
