from typing import Any

import pytest

from rnn_tui.inspection.walk import Walk
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer
from tests.inspection.cases import every_cell, every_size, trainer
from tests.inspection.test_trace import same


def figures(walk: Walk) -> list[Any]:
    """All that a screen could show at this place, as bytes."""
    trace, trainer = walk.trace, walk.trainer
    step = walk.step
    numbers = [walk.done, trainer.update, trainer.model.flat.tobytes(), trainer.history.loss]
    numbers += [grad.tobytes() for grad in trace.total(walk.done).values()]
    if step and step.t >= 0:
        numbers += [
            trace.forward(step.t).logits.tobytes(),
            trace.backward(step.t).dlogits.tobytes(),
        ]
    return [repr(number) for number in numbers]


@every_cell
@every_size
def test_on_to_the_end_and_back_to_the_start(name: str, layers: int, batch: int) -> None:
    made, other = (trainer(name, layers, batch, updates=5) for _ in range(2))
    start, walk = made.capture(), Walk(made)
    seen = [figures(walk)]
    while walk.done < walk.last:
        walk.on()
        seen.append(figures(walk))
        assert walk.current
    other.step()
    assert same(made.capture(), other.capture())
    assert made.history.columns()["update"].tolist() == [1, 2, 3, 4, 5, 6]
    for expected in reversed(seen[:-1]):
        walk.back()
        assert figures(walk) == expected
    assert same(made.capture(), start)
    walk.move(walk.last)
    for _ in range(7):
        assert made.step() == other.step()
    assert same(made.capture(), other.capture())
    assert made.history.scalars() == other.history.scalars()


def test_going_on_from_the_middle_is_as_if_nobody_had_looked(hello: Corpus) -> None:
    looked, other = (Trainer(PRESETS["hello"], hello) for _ in range(2))
    for _ in range(6):
        walk = Walk(looked)
        for _ in range(13):
            walk.on()
        assert (looked.step(), walk.current) == (other.step(), False)
    assert same(looked.capture(), other.capture())


def test_ends_hold() -> None:
    made = trainer("gru")
    walk = Walk(made)
    walk.back()
    assert (walk.done, walk.step) == (0, None)
    walk.move(1000)
    walk.on()
    assert (walk.done, walk.last, made.update) == (27, 27, 1)


def test_time_steps_at_a_stride() -> None:
    walk = Walk(trainer("rnn-tanh", layers=2))
    walk.on(time_step=True)
    assert walk.done == 3
    walk.on()
    walk.on(time_step=True)
    assert walk.done == 6
    walk.back(time_step=True)
    assert walk.done == 3


@pytest.mark.parametrize("change", ["step", "rate", "restart"])
def test_a_walk_knows_when_the_trainer_has_gone_elsewhere(change: str) -> None:
    made = trainer("lstm", updates=3)
    walk = Walk(made)
    walk.on()
    if change == "step":
        made.step()
    elif change == "rate":
        made.set_learning_rate(0.5)
    else:
        made.restore(trainer("lstm", updates=3, seed=4).capture())
    assert not walk.current


def test_the_owner_may_make_the_update() -> None:
    made, calls = trainer("rnn-relu"), []

    def make() -> None:
        calls.append(made.step())

    walk = Walk(made, make=make)
    walk.move(walk.last)
    walk.back()
    walk.on()
    assert [report.update for report in calls] == [1, 1]
