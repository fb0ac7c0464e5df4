"""Where the learning rate ends, beside the rates of a trainer, and what is said of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.checkpoint.resume import resume
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.schedule import factor, last_rate
from rnn_tui.training.trainer import Trainer

REFERENCE = Path(__file__).parents[1] / "data" / "schedules.npz"
LENGTH = 300_000
WINDOWS = 108  # 270,000 characters in 50 streams, 50 steps each


@pytest.fixture(scope="module")
def long() -> Corpus:
    return corpus_from_bytes((b"a line of a long text\n" * LENGTH)[:LENGTH], "long.txt")


def notes_on_rate(notes: tuple[str, ...]) -> str:
    return " ".join(note for note in notes if "learning rate" in note)


@pytest.mark.parametrize(
    ("given", "every", "last"),
    [
        ({}, 5, None),
        ({"epochs": 10}, 5, 1e-3),
        ({"epochs": 35}, 5, 2e-3 / 64),
        ({"epochs": 50}, 8, 2e-3 / 64),
        ({"epochs": 200}, 29, 2e-3 / 64),
        ({"updates": 50 * WINDOWS}, 8, 2e-3 / 64),
        ({"updates": 9 * WINDOWS, "epochs": 50}, 5, 1e-3),
        ({"epochs": 50, "lr_decay": 0.5}, 5, 2e-3 / 512),
        ({"epochs": 50, "lr_decay_every": 4}, 4, 2e-3 / 4096),
    ],
)
def test_the_decay_is_tied_to_the_length_asked_for(
    long: Corpus, given: dict[str, Any], every: int, last: float | None
) -> None:
    config, notes = choose_config(long, None, given)
    trainer = Trainer(config, long)
    assert trainer.windows_per_epoch == WINDOWS
    assert config.lr_decay_every == every
    assert last_rate(config, WINDOWS) == last
    said = notes_on_rate(notes)
    assert f"×0.5 every {every} epochs" in said
    if last is not None:
        trainer.update = min(given.get("updates", 10**9), given.get("epochs", 10**9) * WINDOWS) - 1
        assert trainer.learning_rate == last
        assert f"from 0.002 to {last:.2g} at the end" in said


def test_presets_keep_the_decay_of_their_program(long: Corpus) -> None:
    config, notes = choose_config(long, "torch-rnn", {"epochs": 50})
    assert (config.lr_decay, config.lr_decay_every) == (0.5, 5)
    assert "×0.5 every 5 epochs, from 0.002 to 3.9e-06 at the end" in notes_on_rate(notes)
    config, notes = choose_config(long, "char-rnn", {"epochs": 50})
    assert (config.lr_decay, config.lr_decay_every, config.lr_decay_after) == (0.97, 1, 9)
    assert "×0.97 every epoch after epoch 9, from 0.002 to 0.00059" in notes_on_rate(notes)


@pytest.mark.parametrize("given", [{"epochs": 5}, {"updates": 5 * WINDOWS}, {"lr_decay": 1.0}])
def test_a_rate_that_stays_is_not_told_of(long: Corpus, given: dict[str, Any]) -> None:
    config, notes = choose_config(long, None, given)
    assert notes_on_rate(notes) == ""
    assert config == replace(choose_config(long)[0], **given)


def test_a_run_that_goes_on_keeps_its_decay_and_says_where_it_ends(
    long: Corpus, tmp_path: Path
) -> None:
    given = {"epochs": 10, "hidden_size": 5}
    first = Trainer(choose_config(long, None, given)[0], long)
    save(tmp_path / "a.safetensors", first)
    trainer, notes = resume(load(tmp_path / "a.safetensors"), long, {"epochs": 50})
    assert trainer.config == replace(first.config, epochs=50)
    said = "The learning rate goes down, ×0.5 every 5 epochs, from 0.002 to 3.9e-06 at the end."
    assert notes_on_rate(notes) == said
    _, notes = resume(load(tmp_path / "a.safetensors"), long, {})
    assert notes_on_rate(notes) == ""


RATE, UPDATES, WARMUP, PER_EPOCH = 0.03, 47, 7, 5


@pytest.mark.parametrize(
    ("name", "settings"),
    [
        ("warm", {"warmup": WARMUP}),
        ("cosine", {"lr_schedule": "cosine"}),
        ("warm_cosine", {"lr_schedule": "cosine", "warmup": WARMUP}),
        ("step", {"lr_decay": 0.5, "lr_decay_every": 2}),
        ("warm", {"lr_schedule": "constant", "warmup": WARMUP}),
    ],
)
def test_rates_are_pytorchs(name: str, settings: dict[str, Any]) -> None:
    config = Config(learning_rate=RATE, updates=UPDATES, **settings)
    with np.load(REFERENCE) as stored:
        expected = stored[name]
    found = [RATE * factor(config, update, PER_EPOCH) for update in range(UPDATES)]
    assert found == pytest.approx(expected.tolist(), rel=1e-12)
    assert last_rate(config, PER_EPOCH) == found[-1]


def test_a_cosine_ends_where_updates_or_epochs_do() -> None:
    by_epochs = Config(lr_schedule="cosine", epochs=4, updates=400)
    by_updates = Config(lr_schedule="cosine", epochs=40, updates=20)
    for update in (0, 9, 19, 20, 99):
        assert factor(by_epochs, update, 5) == factor(by_updates, update, 5) > 0


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"lr_schedule": "cosine"}, "give --updates or --epochs"),
        ({"lr_schedule": "cosine", "updates": 9, "lr_decay": 0.5}, "goes with --lr-schedule step"),
        ({"lr_schedule": "linear"}, "--lr-schedule is one of constant, step, cosine, not"),
        ({"lr_schedule": "constant", "lr_decay": 0.5}, "a constant rate does not go down"),
        ({"warmup": 9, "updates": 9}, "--warmup 9 is no part of 9 updates in all"),
        ({"warmup": -1}, "--warmup must not be negative"),
    ],
)
def test_a_schedule_that_cannot_be_is_refused(
    long: Corpus, given: dict[str, Any], refused: str
) -> None:
    with pytest.raises(InputError, match=refused):
        choose_config(long, None, given)


def test_a_constant_rate_takes_the_place_of_the_decay(long: Corpus) -> None:
    given = {"lr_schedule": "constant", "epochs": 50}
    config, notes = choose_config(long, "torch-rnn", given)
    assert notes_on_rate(notes) == ""
    trainer = Trainer(config, long)
    assert {trainer.decay_at(update) for update in (0, 7, 50 * WINDOWS - 1)} == {1.0}


def test_a_cosine_takes_the_place_of_the_decay_and_is_told_of(long: Corpus) -> None:
    given = {"lr_schedule": "cosine", "epochs": 3, "warmup": 20}
    config, notes = choose_config(long, "torch-rnn", given)
    assert config.lr_decay == 1
    assert notes_on_rate(notes) == (
        "The learning rate rises to 0.002 in the first 20 updates. The learning rate goes down, "
        "along half a cosine, from 0.002 to 5.3e-08 at the end."
    )
    assert 0 < last_rate(config, WINDOWS) < 1e-7
