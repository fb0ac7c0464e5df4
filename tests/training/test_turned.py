"""Weights turned by hand are a part of a run's course, and come back bit for bit."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, Turn, ZeroUnit
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.branches import Moment
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.timeline import MOST_BRANCHES, Timeline
from rnn_tui.training.trainer import Trainer, TrainerState
from tests.training.test_timeline import SMALL, same

HELLO = PRESETS["hello"]
W_HH = "rnn.weight_hh_l0"


def train(timeline: Timeline, states: dict[Moment, TrainerState], updates: int) -> None:
    for _ in range(updates):
        timeline.trainer.step()
        timeline.update_made()
        states[timeline.here] = timeline.trainer.capture()


def turn(timeline: Timeline, states: dict[Moment, TrainerState], asked: Turn, label: str) -> None:
    timeline.turn(asked, label)
    states[timeline.here] = timeline.trainer.capture()


def began(corpus: Corpus, budget: int = 64 << 20, config: Any = HELLO) -> tuple[Any, Any]:
    timeline = Timeline(Trainer(config, corpus), budget)
    return timeline, {timeline.here: timeline.trainer.capture()}


@pytest.mark.parametrize("optimizer", ["adam", "momentum", "sgd"])
def test_updates_after_it_are_those_of_a_network_with_these_weights(
    prose: Corpus, optimizer: Any
) -> None:
    config = replace(SMALL, optimizer=optimizer)
    trainer, other = Trainer(config, prose), Trainer(config, prose)
    for _ in range(23):
        trainer.step()
    before = trainer.capture()
    trainer.turn(SetWeight(W_HH, (11, 3), 0.75))
    trainer.turn(ScaleRecurrent(0, 1.3))
    weights = before.flat.copy()
    start = 20 * len(prose.vocab)  # W_xh (4·5, V) comes before it
    block = weights[start : start + 100].reshape(20, 5)
    block[11, 3] = 0.75
    block *= np.float32(1.3)
    other.restore(replace(before, flat=weights))
    for _ in range(40):
        assert trainer.step().loss == other.step().loss
    assert same(replace(trainer.capture(), turns=0), other.capture())


def test_what_the_optimizer_remembers_and_the_state_stay(prose: Corpus) -> None:
    trainer = Trainer(SMALL, prose)
    for _ in range(9):
        trainer.step()
    before = trainer.capture()
    trainer.turn(ZeroUnit(0, 2))
    after = trainer.capture()
    assert not np.array_equal(before.flat, after.flat)
    assert same(before, replace(after, flat=before.flat))


@pytest.mark.parametrize("budget", [0, 20_000, 64 << 20])
def test_any_moment_comes_back_bit_for_bit(prose: Corpus, budget: int) -> None:
    timeline, states = began(prose, budget, SMALL)
    trainer = timeline.trainer
    train(timeline, states, 83)
    turn(timeline, states, SetWeight(W_HH, (4, 1), -1.5), "W_hh[5,2] 0.1→-1.5")
    turn(timeline, states, ZeroUnit(0, 3), "h[4]→0")
    train(timeline, states, 130)
    trainer.set_learning_rate(0.004)
    timeline.knob_turned()
    turn(timeline, states, ScaleRecurrent(0, 0.9), "W_hh ×0.9")
    turn(timeline, states, ScaleRecurrent(0, 0.9), "W_hh ×0.81")
    trainer.set_learning_rate(0.002)
    timeline.knob_turned()
    states[timeline.here] = trainer.capture()
    train(timeline, states, 71)
    turn(timeline, states, SetForgetBias(0, 2.0), "b_f 0.1→2")
    validations = list(trainer.history.validations)
    assert len(validations) > 5
    whole = trainer.history.scalars()
    moments = list(states)
    assert len(moments) == 83 + 130 + 71 + 5 + 1
    for at in np.random.default_rng(7).permutation(len(moments))[:60]:
        timeline.go_to(moments[at])
        assert timeline.here == moments[at]
        assert same(trainer.capture(), states[moments[at]])
        update = moments[at].update
        assert trainer.history.validations == [pair for pair in validations if pair[0] <= update]
    timeline.go_to(timeline.head)
    assert trainer.history.scalars() == whole
    assert [mark.label for mark in trainer.history.marks] == [
        "W_hh[5,2] 0.1→-1.5", "h[4]→0", "lr 0.027→0.004", "W_hh ×0.81", "lr 0.004→0.002",
        "b_f 0.1→2",
    ]  # fmt: skip


def test_the_curve_of_a_moment_has_the_marks_there_were(hello: Corpus) -> None:
    timeline, states = began(hello)
    train(timeline, states, 20)
    loss = timeline.trainer.history.loss
    timeline.trainer.set_learning_rate(0.2)
    timeline.knob_turned()
    turn(timeline, states, SetWeight(W_HH, (0, 1), 1.0), "W_hh[1,2] 0.3→1")
    turn(timeline, states, SetWeight(W_HH, (0, 1), 2.0), "W_hh[1,2] 1→2")
    train(timeline, states, 5)
    marks = ["lr 0.03→0.2"], ["lr 0.03→0.2", "W_hh[1,2] 0.3→1"], ["lr 0.03→0.2", "W_hh[1,2] 0.3→2"]
    for turns in (1, 0, 2):
        timeline.go_to(Moment(20, turns))
        assert [mark.label for mark in timeline.trainer.history.marks] == marks[turns]
        assert timeline.trainer.history.loss == loss
    timeline.go_to(19)
    assert timeline.trainer.history.marks == []


def test_the_network_as_it_was_stays_on_its_branch(hello: Corpus) -> None:
    timeline, states = began(hello)
    train(timeline, states, 90)
    curve = timeline.trainer.history.scalars()
    turn(timeline, states, SetWeight(W_HH, (2, 1), 0.5), "W_hh[3,2] 0.3→0.5")
    assert [branch.number for branch in timeline.branches] == [1, 2]
    assert timeline.branch.change == "W_hh[3,2] 0.3→0.5"
    assert not timeline.in_past
    train(timeline, states, 30)
    timeline.set_out(500, timeline.branches[0])
    assert timeline.here == Moment(90, 0)
    assert same(timeline.trainer.capture(), states[Moment(90, 0)])
    assert timeline.trainer.history.scalars() == curve
    alone = Trainer(HELLO, hello)
    for _ in range(120):
        alone.step()
    train(timeline, {}, 30)  # as if nothing had ever been turned
    assert same(timeline.trainer.capture(), alone.capture())
    assert timeline.trainer.history.scalars() == alone.history.scalars()


def test_turned_more_than_once_before_an_update_it_is_one_branch(hello: Corpus) -> None:
    timeline, states = began(hello)
    for at in range(5):
        turn(
            timeline, states, SetWeight(W_HH, (2, at % 3), 0.1 * at), f"W_hh[3,{at % 3 + 1}] 0→{at}"
        )
    turn(timeline, states, ZeroUnit(0, 2), "h[3]→0")
    assert [branch.number for branch in timeline.branches] == [1, 2]
    assert timeline.branch.change == "W_hh[3,1] 0→0, W_hh[3,2] 0→1, W_hh[3,3] 0→2 and 3 more"
    train(timeline, states, 3)
    turn(timeline, states, ZeroUnit(0, 1), "h[2]→0")
    assert [(b.number, b.forked, b.change) for b in timeline.branches[2:]] == [
        (3, Moment(3, 6), "h[2]→0")
    ]


def test_taken_back_and_gone_on_from_it_never_was(hello: Corpus) -> None:
    timeline, states = began(hello)
    train(timeline, states, 40)
    turn(timeline, states, ScaleRecurrent(0, 3.0), "W_hh ×3")
    timeline.go_to(Moment(40, 0))
    assert timeline.in_past
    timeline.branch_off()
    assert not timeline.in_past
    assert timeline.branch.parent is timeline.branches[0]
    train(timeline, {}, 60)
    alone = Trainer(HELLO, hello)
    for _ in range(100):
        alone.step()
    assert same(timeline.trainer.capture(), alone.capture())
    assert timeline.trainer.history.scalars() == alone.history.scalars()
    timeline.set_out(0, timeline.branches[1])
    timeline.go_to(40)  # what was taken back is not lost
    assert same(timeline.trainer.capture(), states[Moment(40, 1)])


def test_one_of_two_taken_back_and_another_turned(hello: Corpus) -> None:
    timeline, states = began(hello)
    train(timeline, states, 40)
    turn(timeline, states, SetWeight(W_HH, (0, 0), 1.0), "W_hh[1,1] 0→1")
    one = states[timeline.here]
    turn(timeline, states, SetWeight(W_HH, (0, 0), 2.0), "W_hh[1,1] 1→2")
    two = states[timeline.here]
    timeline.go_to(Moment(40, 1))
    assert same(timeline.trainer.capture(), one)
    turn(timeline, states, SetWeight(W_HH, (1, 1), 3.0), "W_hh[2,2] 0→3")
    assert timeline.branch.number == 3
    assert [turned.label for turned in timeline.branch.turned] == ["W_hh[1,1] 0→1", "W_hh[2,2] 0→3"]
    train(timeline, states, 20)
    timeline.go_to(Moment(40, 1))
    assert same(timeline.trainer.capture(), one)
    timeline.set_out(40, timeline.branches[1])
    assert same(timeline.trainer.capture(), two)


def test_in_the_past_it_is_a_branch_from_there(prose: Corpus) -> None:
    timeline, states = began(prose, 0, SMALL)
    train(timeline, states, 200)
    timeline.go_to(75)
    turn(timeline, states, ZeroUnit(0, 1), "h[2]→0")
    second = {moment: states[moment] for moment in [timeline.here]}
    train(timeline, second, 90)
    for update in (75, 110, 165, 76):
        timeline.go_to(update)
        assert same(timeline.trainer.capture(), second[Moment(update, 1)])
    timeline.go_to(Moment(75, 0))
    assert same(timeline.trainer.capture(), states[Moment(75, 0)])
    timeline.set_out(0, timeline.branches[0])
    timeline.go_to(110)
    assert same(timeline.trainer.capture(), states[Moment(110, 0)])


def test_what_was_trained_is_not_forgotten_for_what_was_only_tried(hello: Corpus) -> None:
    timeline, states = began(hello)
    train(timeline, states, 50)
    timeline.go_to(30)
    timeline.branch_off()
    timeline.trainer.set_learning_rate(0.5)
    timeline.knob_turned()
    trained: dict[Moment, TrainerState] = {}
    train(timeline, trained, 50)
    for at in range(20):
        turn(timeline, states, SetWeight(W_HH, (0, 0), float(at)), f"W_hh[1,1] 0→{at}")
        timeline.go_to(Moment(80, 0))
    numbers = [branch.number for branch in timeline.branches]
    assert numbers[:2] == [1, 2]
    assert len(numbers) == MOST_BRANCHES
    timeline.set_out(80, timeline.branches[1])
    assert same(timeline.trainer.capture(), trained[Moment(80, 0)])
    timeline.set_out(50, timeline.branches[0])
    assert same(timeline.trainer.capture(), states[Moment(50, 0)])


def test_refused_nothing_has_happened(hello: Corpus) -> None:
    timeline, states = began(hello)
    train(timeline, states, 7)
    with pytest.raises(InputError, match="finite"):
        timeline.turn(SetWeight(W_HH, (0, 0), float("nan")), "no")
    assert len(timeline.branches) == 1
    assert timeline.here == Moment(7, 0)
    assert same(timeline.trainer.capture(), states[Moment(7, 0)])
    assert timeline.trainer.history.marks == []


def test_a_checkpoint_goes_on_from_the_turned_weights(prose: Corpus, tmp_path: Path) -> None:
    timeline, states = began(prose, config=SMALL)
    train(timeline, states, 31)
    turn(timeline, states, SetForgetBias(0, 1.5), "b_f 0.1→1.5")
    save(tmp_path / "a.safetensors", timeline.trainer)
    again = load(tmp_path / "a.safetensors").trainer(prose)
    assert [mark.label for mark in again.history.marks] == ["b_f 0.1→1.5"]
    other = Timeline(again)
    for _ in range(40):
        assert timeline.trainer.step().loss == again.step().loss
        other.update_made()
    assert same(replace(timeline.trainer.capture(), turns=0), again.capture())
    other.go_to(31)
    assert np.array_equal(again.model.flat, states[Moment(31, 1)].flat)


def test_after_a_fault_the_turned_weights_are_the_last_whole_state(hello: Corpus) -> None:
    timeline, states = began(hello)
    train(timeline, states, 20)
    turn(timeline, states, ZeroUnit(0, 0), "h[1]→0")
    timeline.trainer.model.flat[:] = np.nan
    timeline.fall_back()
    assert same(timeline.trainer.capture(), states[Moment(20, 1)])
    assert [mark.label for mark in timeline.trainer.history.marks] == ["h[1]→0"]


def test_without_the_state_after_it_a_fault_goes_back_before_it(hello: Corpus) -> None:
    timeline, states = began(hello)
    train(timeline, states, 20)
    turn(timeline, states, ZeroUnit(0, 0), "h[1]→0")
    timeline.branch.kept.clear()
    timeline.fall_back()
    assert timeline.here == timeline.branch.end == Moment(20, 0)
    assert timeline.trainer.history.marks == []


def test_a_validation_under_way_is_of_the_weights_of_before(prose: Corpus) -> None:
    trainer, other = Trainer(SMALL, prose), Trainer(SMALL, prose)
    timeline = Timeline(trainer)
    while not trainer.validating:
        trainer.step()
        other.step()
    timeline.update_made()
    timeline.turn(ScaleRecurrent(0, 0.0), "W_hh ×0")
    other.finish_validation()
    assert trainer.history.validations == other.history.validations
    assert not trainer.validating


def test_random_courses_come_back(hello: Corpus) -> None:
    rng = np.random.default_rng(11)
    for budget in (0, 6_000, 64 << 20):
        timeline, states = began(hello, budget)
        for step in range(50):
            match int(rng.integers(5)):
                case 0 | 1:
                    kept = {m: s for m, s in states.items() if m <= timeline.here}
                    if timeline.in_past:
                        states = kept
                        timeline.branch_off()
                    train(timeline, states, int(rng.integers(1, 90)))
                case 2:
                    if timeline.in_past:
                        states = {m: s for m, s in states.items() if m <= timeline.here}
                    asked = SetWeight(W_HH, (int(rng.integers(3)), 0), float(rng.normal()))
                    turn(timeline, states, asked, f"W_hh[1,1] 0→{step}")
                case _:
                    moment = list(states)[int(rng.integers(len(states)))]
                    timeline.go_to(moment)
                    assert timeline.here == moment
                    assert same(timeline.trainer.capture(), states[moment])
