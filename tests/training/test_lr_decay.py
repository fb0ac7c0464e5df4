"""Where the learning rate ends, beside the rates of a trainer, and what is said of it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.checkpoint.resume import resume
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.lr_decay import last_rate
from rnn_tui.training.trainer import Trainer

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
