"""A check is of the very weights and of the very gradient that the screen shows."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.nn.rnn import RNN
from rnn_tui.protocol.commands import CheckNetwork, CheckWeight, Resume
from rnn_tui.protocol.replies import Done, Refused
from rnn_tui.protocol.update import BackpropView, Opened
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import every_cell, every_size, trainer
from tests.live.desk import HELLO, at_desk, hello, prose
from tests.live.test_dispatch import inspector

NAME = "rnn.weight_ih_l0"
FIGURES = re.compile(r"backprop (\S+), moving it (\S+): (right|too small|WRONG)")


def figures(said: str) -> tuple[float, float]:
    found = FIGURES.search(said)
    assert found, said
    return tuple(float(found[i].replace("−", "-")) for i in (1, 2))  # type: ignore[return-value]


def shown(seen: Any, marked: tuple[int, int, int]) -> Opened:
    part = seen.look(BackpropView(rows=64, columns=64, marked=marked))
    assert isinstance(part, Opened)
    return part


def test_the_whole_walk_through_hello() -> None:
    """At the end the frame says -0.0719; at the beginning 0."""
    made = Trainer(HELLO, hello())
    seen = inspector(made)
    walk = seen._current()
    said = []
    for done in range(walk.last + 1):
        walk.move(done)
        weight = shown(seen, (0, 0, 0)).weight
        assert weight is not None
        said.append((weight.gradient, seen.check_weight(NAME, (0, 0))))
    whole = said[-1][1]
    assert whole.startswith("W_xh[1,1]: backprop −0.0719003, moving it −0.0719003: right")
    for gradient, words in said:
        if ": 0 so far; in all" in words:
            assert gradient == 0
            assert words.partition("backprop")[2] == whole.partition("backprop")[2]
        else:
            assert figures(words) == pytest.approx((gradient, gradient), rel=2e-5, abs=1e-12)
    assert said[0][1].startswith("W_xh[1,1]: 0 so far; in all backprop −0.0719003, moving it")
    assert any("W_xh[1,1] of steps 3–4:" in words for _, words in said)
    assert any("W_xh[1,1] of step 4:" in words for _, words in said)


@every_cell
@every_size
def test_the_gradient_checked_is_the_one_shown(name: str, layers: int, batch: int) -> None:
    made = trainer(name, layers, batch, updates=2)
    seen = inspector(made)
    walk = seen._current()
    names = list(made.model.parameters)
    for done in (walk.last, walk.last - 4, walk.last - 2 - 3 * (layers + 1), walk.last):
        walk.move(done)
        for number, parameter in enumerate(names):
            weight = shown(seen, (number, 1, 0)).weight
            assert weight is not None
            words = seen.check_weight(parameter, weight.index)
            if "so far" not in words:
                told = pytest.approx(weight.gradient, rel=1e-5, abs=1e-11)
                assert figures(words) == (told, told)
                assert "WRONG" not in words


@every_cell
def test_all_weights_are_checked_before_the_update_even_after_it(name: str) -> None:
    made = trainer(name, updates=5, dtype="float32")
    seen = inspector(made)
    before = seen.check_network()
    seen._current().move(seen._current().last)
    flat = made.model.flat.copy()
    assert seen.check_network() == before
    assert np.array_equal(made.model.flat, flat)
    assert re.search(r"^All \d+ weights checked: all right; worst relative error", before)


def test_a_wrong_derivative_is_called_wrong_by_both_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    right = RNN.backward

    def wrong(self: RNN, *args: Any) -> Any:
        dx, dstate, grads = right(self, *args)
        grads["weight_hh"][1, 2] *= 1 + 1e-4
        return dx, dstate, grads

    made = trainer("rnn-tanh", updates=3)
    seen = inspector(made)
    seen._current().move(99)
    monkeypatch.setattr(RNN, "backward", wrong)
    assert ": WRONG; error 5e−05." in seen.check_weight("rnn.weight_hh_l0", (1, 2))
    assert ": 1 WRONG, 64 right;" in seen.check_network()


def test_what_cannot_be_told_is_said() -> None:
    made = trainer("rnn-relu")
    made.model.parameters[NAME][2] = made.model.parameters["rnn.weight_hh_l0"][2] = 0
    made.model.parameters["rnn.bias_l0"][2] = 0
    seen = inspector(made)
    seen._current().move(99)
    assert seen.check_weight("rnn.bias_l0", (2,)).endswith(
        "at a kink: moved by 2e−07, a ReLU changes sides."
    )
    assert re.search(r"\d+ right, .*\d+ at a kink of ReLU; worst", seen.check_network())
    learned = Trainer(replace(HELLO, hidden_size=16, activation="relu"), hello())
    for _ in range(600):
        learned.step()
    assert re.search(r": \d+ right, \d+ too small to tell; ", inspector(learned).check_network())


def test_a_check_waits_for_a_pause_and_not_for_a_validation() -> None:
    script, _ = at_desk([Resume(), CheckWeight(NAME, (0, 0)), CheckNetwork()], paused=True)
    assert all("pauses it" in refused.reason for refused in script.replies(Refused))
    config, corpus = prose()
    made = Trainer(config, corpus)
    while not made.validating:
        made.step()
    said = inspector(made).check_weight(NAME, (0, 1))
    assert made.validating
    assert said.startswith("W_xh[1,2]: backprop ")


def test_a_loss_that_is_no_number_is_refused() -> None:
    script, loop = at_desk([CheckNetwork()], paused=True)
    assert script.replies(Done)
    loop.engine.run.trainer.model.flat[:] = np.nan
    script, _ = at_desk([CheckWeight("rnn.weight_hh_l0", (9, 9))], paused=True)
    assert script.replies(Refused)[0].reason == "There is no weight rnn.weight_hh_l0[9, 9]."
