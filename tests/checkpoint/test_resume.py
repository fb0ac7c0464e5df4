from dataclasses import replace
from pathlib import Path

import pytest

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.file import Checkpoint, load, save
from rnn_tui.training.checkpoint.resume import resume
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer


@pytest.fixture
def checkpoint(tmp_path: Path, hello: Corpus) -> Checkpoint:
    trainer = Trainer(PRESETS["hello"], hello)
    for _ in range(20):
        trainer.step()
    save(tmp_path / "a.safetensors", trainer)
    return load(tmp_path / "a.safetensors")


def test_unchanged_it_goes_on(checkpoint: Checkpoint, hello: Corpus) -> None:
    trainer, notes = resume(checkpoint, hello, {"hidden_size": 3, "learning_rate": 0.03})
    whole = Trainer(PRESETS["hello"], hello)
    losses = [whole.step().loss for _ in range(40)]
    assert [trainer.step().loss for _ in range(20)] == losses[20:]
    assert notes == ("Resumed at update 20.",)
    assert not trainer.history.marks


def test_what_may_change_changes_and_is_said(checkpoint: Checkpoint, hello: Corpus) -> None:
    trainer, notes = resume(checkpoint, hello, {"learning_rate": 0.01, "updates": 25})
    assert trainer.step().learning_rate == pytest.approx(0.01)
    assert [mark.update for mark in trainer.history.marks] == [20]
    assert notes[1:] == (
        "--learning-rate is 0.01 from here on, before 0.03.",
        "--updates is 25 from here on, before None.",
    )
    while not trainer.finished_reason():
        trainer.step()
    assert trainer.update == 25


@pytest.mark.parametrize(
    ("name", "value"), [("hidden_size", 4), ("cell", "gru"), ("seed", 1), ("dtype", "float32")]
)
def test_what_may_not_change_is_refused_by_name(
    checkpoint: Checkpoint, hello: Corpus, name: str, value: object
) -> None:
    with pytest.raises(InputError, match="--" + name.replace("_", "-")):
        resume(checkpoint, hello, {name: value})


def test_a_value_that_cannot_be_used_is_refused(checkpoint: Checkpoint, hello: Corpus) -> None:
    with pytest.raises(InputError, match="--learning-rate"):
        resume(checkpoint, hello, {"learning_rate": -1.0})


def test_a_diverged_run_goes_on_with_a_lower_rate(tmp_path: Path, hello: Corpus) -> None:
    trainer = Trainer(replace(PRESETS["hello"], learning_rate=0.5), hello)
    trainer.diverged = True
    save(tmp_path / "b.safetensors", trainer)
    again, _ = resume(load(tmp_path / "b.safetensors"), hello, {"learning_rate": 0.05})
    assert again.step().update == 1
