"""An update that comes apart is not made, and ordinary training is never stopped."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.divergence import FIRST_UPDATES, kind_of, loss_limit
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import Trainer

WILD = replace(PRESETS["hello"], learning_rate=30.0)
"""Falls apart within a few updates, and all its numbers stay finite."""


def until_diverged(trainer: Trainer, most: int = 200) -> None:
    while not trainer.step().diverged:
        assert trainer.update < most


@pytest.mark.parametrize(
    ("loss", "norm", "kind"),
    [(math.inf, 1.0, "loss"), (math.nan, math.nan, "loss"), (2.0, math.inf, "gradient"),
     (2.0, math.nan, "gradient"), (99.0, 3.0, "high")],
)  # fmt: skip
def test_what_is_wrong(loss: float, norm: float, kind: str) -> None:
    assert kind_of(loss, norm) == kind


def test_the_limit_is_far_above_blind_guessing_and_one_surprise_is_allowed() -> None:
    assert loss_limit(65, 1600) == pytest.approx(10 * math.log(65) + 0.025)
    assert loss_limit(4, 1) > 10 * math.log(4) + 36  # one character of probability e^-36


def test_a_high_loss_stops_before_the_update_but_not_in_the_first_ones(hello: Corpus) -> None:
    trainer = Trainer(WILD, hello)
    losses = [trainer.step().loss for _ in range(FIRST_UPDATES)]
    assert max(losses) > loss_limit(4, 4)
    until_diverged(trainer)
    before, update = trainer.capture(), trainer.update
    report = trainer.step()
    assert report.diverged
    assert loss_limit(4, 4) < report.loss < math.inf
    assert trainer.update == update
    assert np.array_equal(trainer.model.flat, before.flat)


def test_the_last_window_of_an_epoch_may_be_short_and_surprising() -> None:
    # 21 characters, windows of 9: the last one holds 2. The 40 nats are for its characters.
    corpus = corpus_from_bytes(b"abcdeabcdeabcdeabcdea", "text.txt")
    trainer = Trainer(replace(PRESETS["hello"], seq_length=9, updates=None), corpus)
    sizes = {trainer.streams.window(i)[0].size for i in range(trainer.windows_per_epoch)}
    assert len(sizes) == 2
    trainer.update = FIRST_UPDATES
    between = (loss_limit(5, max(sizes)) + loss_limit(5, min(sizes))) / 2
    assert trainer._stops(between, 1.0, max(sizes))
    assert not trainer._stops(between, 1.0, min(sizes))


@pytest.mark.parametrize("name", ["min-char-rnn", "char-rnn", "hello"])
def test_ordinary_training_is_never_stopped(name: str, prose: Corpus) -> None:
    # Adagrad at 0.1 overshoots by far in its first updates.
    trainer = Trainer(replace(PRESETS[name], hidden_size=12, batch_size=1, seq_length=6), prose)
    assert not any(trainer.step().diverged for _ in range(400))


def test_going_on_regardless_heeds_only_what_is_not_finite(hello: Corpus) -> None:
    trainer = Trainer(WILD, hello)
    until_diverged(trainer)
    trainer.stop_for("finite")
    assert not any(trainer.step().diverged for _ in range(300))
    trainer.model.flat[-1] = np.nan
    assert trainer.step().diverged
    trainer.stop_for("nothing")
    assert not trainer.step().diverged
    assert np.isnan(trainer.model.flat).all()


def test_resumed_runs_heed_the_same(hello: Corpus, tmp_path: Path) -> None:
    trainer = Trainer(WILD, hello)
    until_diverged(trainer)
    trainer.stop_for("finite")
    trainer.set_clip_norm(0.5)
    for _ in range(7):
        trainer.step()
    save(tmp_path / "c.safetensors", trainer)
    again = load(tmp_path / "c.safetensors").trainer(hello)
    assert again.knobs == trainer.knobs
    for _ in range(40):
        assert again.step().loss == trainer.step().loss


def test_a_history_that_holds_infinities_is_stored(hello: Corpus, tmp_path: Path) -> None:
    trainer = Trainer(PRESETS["hello"], hello)
    trainer.history.add(1, math.inf)
    save(tmp_path / "c.safetensors", trainer)
    assert load(tmp_path / "c.safetensors").trainer(hello).history.loss == math.inf


def test_the_past_is_replayed_with_every_knob_as_it_stood(prose: Corpus) -> None:
    config = Config(
        preset="auto", hidden_size=6, seq_length=7, optimizer="sgd", learning_rate=0.5,
        clip_norm=None,
    )  # fmt: skip
    trainer = Trainer(config, prose)
    timeline, passed = Timeline(trainer), {0: trainer.capture()}
    for update in range(1, 200):
        if update == 60:
            trainer.set_clip_norm(0.1)
        if update == 90:
            trainer.stop_for("finite")
        timeline.knob_turned() if update in (60, 90) else None
        trainer.step()
        timeline.update_made()
        passed[update] = trainer.capture()
    for update in (57, 130, 61, 59, 93, 88):
        timeline.go_to(update)
        assert np.array_equal(trainer.model.flat, passed[update].flat)
    assert trainer.knobs == passed[88].knobs
    timeline.branch_off()
    trainer.set_learning_rate(0.1)
    timeline.knob_turned()
    assert timeline.branch.change == "lr 0.5→0.1"
    trainer.set_clip_norm(2.0)
    timeline.knob_turned()
    assert timeline.branch.change == "lr 0.5→0.1, clip 0.1→2"
