from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.models.prediction import predict
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer

SMALL = Config(preset="auto", cell="lstm", hidden_size=7, num_layers=2, seq_length=11, batch_size=3)


def run(trainer: Trainer, updates: int) -> list[float]:
    return [trainer.step().loss for _ in range(updates)]


def test_step_is_one_update(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    before = trainer.model.flat.copy()
    report = trainer.step()
    assert (report.update, trainer.update) == (1, 1)
    assert not np.array_equal(before, trainer.model.flat)


def test_first_loss_is_about_that_of_guessing(prose: Corpus) -> None:
    loss = Trainer(SMALL, prose).step().loss
    assert loss == pytest.approx(np.log(len(prose.vocab)), abs=0.3)


def test_same_seed_same_bits_other_seed_other_numbers(prose: Corpus) -> None:
    one, two = (Trainer(SMALL, prose) for _ in range(2))
    assert run(one, 30) == run(two, 30)
    assert np.array_equal(one.model.flat, two.model.flat)
    assert run(Trainer(replace(SMALL, seed=1), prose), 1) != run(Trainer(SMALL, prose), 1)


def test_state_is_carried_within_an_epoch_and_zero_at_its_start(prose: Corpus) -> None:
    trainer = Trainer(SMALL, prose)
    for _ in range(trainer.windows_per_epoch + 1):
        index, carried = trainer.window_index, trainer.state
        x, y = trainer.streams.window(index)
        fresh = Trainer(SMALL, prose)
        fresh.model.flat[:] = trainer.model.flat
        start = fresh.model.zero_state(3) if index == 0 else carried
        expected, _ = fresh.model.loss_and_grads(x, y, start)
        assert trainer.step().loss == expected
    assert trainer.epoch == 2


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adagrad", "rmsprop", "adam"])
def test_captured_state_makes_the_same_steps(prose: Corpus, optimizer: str) -> None:
    config = replace(SMALL, optimizer=optimizer, lr_decay=0.5, val_fraction=0.1)
    trainer = Trainer(config, prose)
    run(trainer, 200)
    assert trainer.windows_per_epoch == 252  # which is reached below
    state = trainer.capture()
    expected = run(trainer, 100)
    trainer.restore(state)
    assert run(trainer, 100) == expected
    other = Trainer(config, prose)
    other.restore(state)
    assert run(other, 100) == expected


def test_hello_is_learned_with_nearly_every_seed(hello: Corpus) -> None:
    learned = 0
    for seed in range(100):
        trainer = Trainer(replace(PRESETS["hello"], seed=seed), hello)
        loss = run(trainer, 130)[-1]
        written = predict(trainer.model, hello.vocab.encode("h"), 4).continuation
        learned += loss < 0.1 and hello.vocab.decode(written) == "ello"
    assert learned >= 98


def test_decay_follows_the_epochs(corpus_of: Callable[[str], Corpus]) -> None:
    config = replace(
        PRESETS["hello"], learning_rate=1.0, lr_decay=0.5, lr_decay_every=2, lr_decay_after=1
    )
    trainer = Trainer(config, corpus_of("hello"))
    rates = [trainer.step().learning_rate for _ in range(6)]
    assert rates == [1, 1, 1, 0.5, 0.5, 0.25]


def test_a_turned_knob_holds_and_leaves_a_mark(hello: Corpus) -> None:
    trainer = Trainer(replace(PRESETS["hello"], lr_decay=0.5), hello)
    run(trainer, 3)
    trainer.set_learning_rate(0.2)
    assert trainer.step().learning_rate == pytest.approx(0.2, rel=1e-15)
    assert trainer.step().learning_rate == pytest.approx(0.1, rel=1e-15)
    assert [mark.update for mark in trainer.history.marks] == [3]


def test_divergence_leaves_the_parameters_alone(hello: Corpus) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    trainer.model.flat[-1] = np.inf
    before = trainer.model.flat.copy()
    with np.errstate(all="ignore"):
        report = trainer.step()
    assert report.diverged
    assert trainer.diverged
    assert trainer.update == 0
    assert np.array_equal(trainer.model.flat, before)


def test_clipping_bounds_the_step(hello: Corpus) -> None:
    config = replace(PRESETS["hello"], optimizer="sgd", learning_rate=1.0, clip_norm=0.01)
    trainer = Trainer(config, hello)
    before = trainer.model.flat.copy()
    report = trainer.step()
    moved = float(np.linalg.norm(trainer.model.flat - before))
    assert report.grad_norm > 0.01
    assert moved == pytest.approx(0.01, rel=1e-3)
    by_value = Trainer(replace(config, clip_norm=None, clip_value=0.002), hello)
    by_value.step()
    assert np.abs(by_value.model.flat - before).max() == pytest.approx(0.002)


@pytest.mark.parametrize(
    ("rule", "update"), [({"updates": 5}, 5), ({"epochs": 7}, 7), ({"until_loss": 0.5}, None)]
)
def test_stop_rules(hello: Corpus, rule: dict[str, float], update: int | None) -> None:
    trainer = Trainer(replace(PRESETS["hello"], **rule), hello)
    while not trainer.finished_reason():
        trainer.step()
    if update is None:
        assert trainer.history.smoothed <= 0.5
    else:
        assert trainer.update == update


def test_every_symbol_comes_up_whatever_the_text(corpus_of: Callable[[str], Corpus]) -> None:
    for text in ("ab", "abcab", "한글 텍스트 한글", "x" * 40):
        corpus = corpus_of(text)
        config, _ = choose_config(corpus)
        trainer = Trainer(config, corpus)
        assert np.isfinite(run(trainer, 20)).all()
