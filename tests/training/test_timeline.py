import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.timeline import MOST_BRANCHES, Timeline
from rnn_tui.training.trainer import Trainer, TrainerState

SMALL = Config(
    preset="auto", cell="lstm", hidden_size=5, seq_length=13, batch_size=4, lr_decay=0.9,
    val_fraction=0.05,
)  # fmt: skip


def same(one: TrainerState, two: TrainerState) -> bool:
    hidden = zip(one.hidden, two.hidden, strict=True)
    return (
        (one.update, one.knobs, one.count) == (two.update, two.knobs, two.count)
        and np.array_equal(one.flat, two.flat)
        and all(np.array_equal(one.slots[name], two.slots[name]) for name in one.slots)
        and all(np.array_equal(a, b) for pair in hidden for a, b in zip(*pair, strict=True))
    )


def passed(trainer: Trainer, timeline: Timeline, updates: int) -> dict[int, TrainerState]:
    """Train on; all states on the way, captured aside."""
    states = {trainer.update: trainer.capture()}
    for _ in range(updates):
        trainer.step()
        timeline.update_made()
        states[trainer.update] = trainer.capture()
    return states


DENSE, CNN = {"network": "dense"}, {"network": "cnn", "num_layers": 2}


@pytest.mark.parametrize(
    ("network", "budget"),
    [({}, 0), ({}, 20_000), ({}, 64 << 20), (DENSE, 20_000), (CNN, 20_000)],
    ids=str,
)
def test_any_moment_comes_back_bit_for_bit(
    hello: Corpus, network: dict[str, Any], budget: int
) -> None:
    config = replace(PRESETS["hello"], **network)
    trainer = Trainer(config, hello)
    timeline = Timeline(trainer, budget)
    states = passed(trainer, timeline, 1_500)
    losses = trainer.history.scalars()
    means = {0: math.nan}
    again = Trainer(config, hello)
    for _ in range(1_500):
        report = again.step()
        means[report.update] = report.smoothed
    for update in np.random.default_rng(5).permutation(1_501)[:12].tolist():
        timeline.go_to(update)
        assert same(trainer.capture(), states[update])
        np.testing.assert_equal(trainer.history.smoothed, means[update])
        assert max(trainer.history.bins.update, default=0) <= update
    timeline.go_to(1_500)
    assert trainer.history.scalars() == losses


def test_through_turned_knobs_epochs_and_validations(prose: Corpus) -> None:
    trainer = Trainer(SMALL, prose)
    timeline = Timeline(trainer, budget=0)
    states = passed(trainer, timeline, 60)
    for rate in (0.02, 0.001):
        trainer.set_learning_rate(rate)
        timeline.knob_turned()
        states |= passed(trainer, timeline, 70)
    validations = list(trainer.history.validations)
    assert len(validations) > 5
    for update in (0, 59, 60, 61, 130, 131, 155, 200, 3):
        timeline.go_to(update)
        assert same(trainer.capture(), states[update])
        assert trainer.history.validations == [pair for pair in validations if pair[0] <= update]
    timeline.go_to(200)
    assert trainer.history.validations == validations


def test_branches_share_the_past_and_keep_their_futures(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    timeline = Timeline(trainer, budget=12_000)
    first = passed(trainer, timeline, 300)
    timeline.go_to(120)
    timeline.branch_off()
    trainer.set_learning_rate(0.5)
    timeline.knob_turned()
    second = passed(trainer, timeline, 170)
    assert not same(second[200], first[200])
    assert timeline.branch.change == "lr 0.03→0.5"
    timeline.set_out(300, timeline.other_branch())
    assert timeline.branch.number == 1
    timeline.go_to(250)
    assert same(trainer.capture(), first[250])
    timeline.set_out(10_000, timeline.other_branch())
    for update in (290, 121, 200, 60):
        timeline.go_to(update)
        assert same(trainer.capture(), (second if update > 120 else first)[update])
    assert timeline.size <= 12_000


def test_branches_are_bounded_and_the_present_one_stays_whole(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    timeline = Timeline(trainer)
    states = passed(trainer, timeline, 50)
    for fork in range(20):
        timeline.go_to(trainer.update - 3 if fork % 3 else 20)
        timeline.branch_off()
        trainer.set_learning_rate(0.01 + 0.01 * fork)
        timeline.knob_turned()
        states |= passed(trainer, timeline, 40)
        assert len(timeline.branches) <= MOST_BRANCHES
        timeline.keep()
    for update in (timeline.head, timeline.head - 50, timeline.head - 30, 10):
        timeline.go_to(update)
        assert same(trainer.capture(), states[update])


def test_a_branch_that_was_begun_and_left_is_forgotten(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    timeline = Timeline(trainer)
    passed(trainer, timeline, 50)
    timeline.go_to(20)
    timeline.branch_off()
    timeline.set_out(50, timeline.other_branch())
    assert [branch.number for branch in timeline.branches] == [1]


def test_going_on_from_the_past_is_the_same_future(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    timeline = Timeline(trainer)
    states = passed(trainer, timeline, 300)
    timeline.go_to(100)
    timeline.branch_off()
    assert timeline.head == 100
    again = passed(trainer, timeline, 200)
    assert same(again[300], states[300])


def test_the_budget_holds_and_the_recent_past_is_denser(hello: Corpus) -> None:
    trainer = Trainer(replace(PRESETS["hello"], optimizer="sgd"), hello)
    budget = 40 * (trainer.model.flat.nbytes + 24)
    timeline = Timeline(trainer, budget)
    for _ in range(12_000):
        trainer.step()
        timeline.update_made()
    updates = [kept.update for kept in timeline.branch.kept]
    gaps = np.diff(updates)
    assert timeline.size <= budget
    assert updates[0] == 0
    assert len(updates) > 20
    assert gaps[-5:].max() < gaps[:5].max()


def test_outside_the_past_the_nearest_moment_is_taken(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    timeline = Timeline(trainer)
    passed(trainer, timeline, 50)
    timeline.go_to(-7)
    assert trainer.update == 0
    timeline.go_to(7_000)
    assert trainer.update == 50
