from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.text.corpus import Corpus
from rnn_tui.training.config import Config
from rnn_tui.training.presets import PRESETS
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import Trainer, TrainerState

SMALL = Config(
    preset="auto", cell="lstm", hidden_size=5, seq_length=13, batch_size=4, lr_decay=0.9,
    val_fraction=0.05,
)  # fmt: skip


def same(one: TrainerState, two: TrainerState) -> bool:
    hidden = zip(one.hidden, two.hidden, strict=True)
    return (
        (one.update, one.base_rate, one.count) == (two.update, two.base_rate, two.count)
        and np.array_equal(one.flat, two.flat)
        and all(np.array_equal(one.slots[name], two.slots[name]) for name in one.slots)
        and all(np.array_equal(a, b) for pair in hidden for a, b in zip(*pair, strict=True))
    )


def passed(trainer: Trainer, timeline: Timeline, updates: int) -> dict[int, TrainerState]:
    """Train on; all states on the way, captured aside."""
    states = {trainer.update: trainer.capture()}
    for _ in range(updates):
        trainer.step()
        timeline.passed()
        states[trainer.update] = trainer.capture()
    return states


@pytest.mark.parametrize("budget", [0, 20_000, 64 << 20])
def test_any_moment_comes_back_bit_for_bit(hello: Corpus, budget: int) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    timeline = Timeline(trainer, budget)
    states = passed(trainer, timeline, 1_500)
    losses = trainer.history.scalars()
    for update in np.random.default_rng(5).permutation(1_501)[:40].tolist():
        timeline.go_to(update)
        assert same(trainer.capture(), states[update])
    assert trainer.history.scalars() == losses


def test_through_turned_knobs_epochs_and_validations(prose: Corpus) -> None:
    trainer = Trainer(SMALL, prose)
    timeline = Timeline(trainer, budget=0)
    states = passed(trainer, timeline, 60)
    for rate in (0.02, 0.001):
        trainer.set_learning_rate(rate)
        timeline.turned()
        states |= passed(trainer, timeline, 70)
    validations = list(trainer.history.validations)
    for update in (0, 59, 60, 61, 130, 131, 155, 200, 3):
        timeline.go_to(update)
        assert same(trainer.capture(), states[update])
    assert trainer.history.validations == validations


def test_going_on_from_the_past_is_the_same_future(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    timeline = Timeline(trainer)
    states = passed(trainer, timeline, 300)
    timeline.go_to(100)
    timeline.forget_after(100)
    assert timeline.head == 100
    again = passed(trainer, timeline, 200)
    assert same(again[300], states[300])


def test_the_budget_holds_and_the_recent_past_is_denser(hello: Corpus) -> None:
    trainer = Trainer(replace(PRESETS["hello"], optimizer="sgd"), hello)
    budget = 40 * (trainer.model.flat.nbytes + 24)
    timeline = Timeline(trainer, budget)
    for _ in range(12_000):
        trainer.step()
        timeline.passed()
    updates = [kept.update for kept in timeline.kept]
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
