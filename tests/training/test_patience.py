"""Training ends when validation has not become better for so long: a plain loop says when."""

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training import history as module
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.checkpoint.resume import resume
from rnn_tui.training.history import History
from rnn_tui.training.rhythm import Rhythm
from rnn_tui.training.settings.choose import choose_config
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.live.desk import at_desk

CONFIG = Config(
    cell="gru", hidden_size=11, seq_length=9, batch_size=2, val_fraction=0.3, learning_rate=0.02
)


def letters() -> Corpus:
    """A text by chance: what is learned by heart helps nowhere else."""
    ids = np.random.default_rng(5).integers(0, 7, size=300)
    return corpus_from_bytes(bytes(97 + int(i) for i in ids), "letters.txt")


def end(losses: list[tuple[int, float]], patience: int) -> tuple[int, int, float] | None:
    """The update it ends at, and that of the best, with its loss."""
    best, at, waited = math.inf, 0, 0
    for update, loss in losses:
        best, at, waited = (loss, update, 0) if loss < best else (best, at, waited + 1)
        if waited == patience:
            return update, at, best
    return None


def to_the_end(trainer: Trainer) -> str:
    for _ in range(5_000):
        trainer.finish_validation()
        if reason := trainer.finished_reason():
            return reason
        trainer.step()
    raise AssertionError("it has no end")


def freely(updates: int) -> Trainer:
    trainer = Trainer(CONFIG, letters())
    for _ in range(updates):
        trainer.step()
    trainer.finish_validation()
    return trainer


@pytest.mark.parametrize("patience", [1, 2, 5])
def test_it_ends_where_a_plain_loop_does(patience: int) -> None:
    expected = end(freely(400).history.validations, patience)
    assert expected is not None
    update, at, best = expected
    trainer = Trainer(replace(CONFIG, patience=patience), letters())
    reason = to_the_end(trainer)
    assert trainer.update == update
    assert reason.startswith("1 validation has" if patience == 1 else f"{patience} validations in")
    assert reason.endswith(f"better than the {best:.4g} nats of update {at}")
    assert np.array_equal(trainer.model.flat, freely(update).model.flat)


@pytest.mark.parametrize("stop", [1, 3, 20, 31])
def test_resumed_it_ends_at_the_same_update(tmp_path: Path, stop: int) -> None:
    """Whatever was validated besides, as at the end of `train`."""
    config = replace(CONFIG, patience=3)
    whole, first = Trainer(config, letters()), Trainer(config, letters())
    reason = to_the_end(whole)
    assert stop < whole.update
    for _ in range(stop):
        first.step()
    first.validate()
    save(file := tmp_path / "part.safetensors", first)
    again, _ = resume(load(file), letters(), {})
    assert to_the_end(again) == reason
    assert again.update == whole.update
    assert np.array_equal(again.model.flat, whole.model.flat)
    patient, notes = resume(load(file), letters(), {"patience": 9})
    assert to_the_end(patient)
    assert patient.update > whole.update
    assert "--patience is 9 from here on, before 3." in notes


@pytest.mark.parametrize("slice_takes", [0.00001, 0.5])
def test_the_screen_ends_there_too(slice_takes: float) -> None:
    config, corpus = replace(CONFIG, patience=2), letters()
    alone = Trainer(config, corpus)
    reason = to_the_end(alone)
    from rnn_tui.protocol.commands import Close

    script, loop = at_desk(
        [(900.0, Close())], config=config, corpus=corpus, slice_takes=slice_takes
    )
    run = loop.engine.run
    assert (run.status.name, run.trainer.update) == ("finished", alone.update)
    assert run.status.reason[1:] == f"{reason}."[1:]
    assert np.array_equal(run.trainer.model.flat, alone.model.flat)
    assert script


def walks() -> Iterator[tuple[Rhythm, list[tuple[int, float]]]]:
    rng = np.random.default_rng(2)
    for every, windows in ((1, 1), (3, 5), (7, 4), (6, 8), (10, 3)):
        rhythm = Rhythm(every, windows)
        losses = np.abs(np.cumsum(rng.normal(size=400) * 0.1)) + rng.random(400)
        yield rhythm, [(update, float(losses[update])) for update in range(1, 400)]


@pytest.mark.parametrize("capacity", [16, 5_000])
def test_thinned_and_with_others_between_it_ends_there(
    capacity: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "CAPACITY", capacity)
    for rhythm, walk in walks():
        due = [
            pair
            for pair in walk
            if pair[0] % rhythm.every == 0 or pair[0] % rhythm.windows_per_epoch == 0
        ]
        for patience in (1, 4, 20):
            history, found = History(), None
            for update, loss in walk:
                is_due = (update, loss) in due
                if is_due or update % 4 == 1:
                    history.add_validation(update, loss if is_due else loss - 1, rhythm.due)
                if found is None and rhythm.out_of_patience(history, update, patience):
                    found = update
            expected = end(due, patience)
            assert found == (expected and expected[0])


def test_how_many_are_due() -> None:
    for rhythm, _ in walks():
        due = (update for update in count(1) if rhythm.due(update))
        for number in range(1, 40):
            assert rhythm.count(next(due)) == number


def test_not_a_number_is_never_the_best() -> None:
    history, rhythm = History(), Rhythm(2, 100)
    for update, loss in ((2, math.nan), (4, 1.5), (6, math.nan), (8, 1.5)):
        history.add_validation(update, loss)
    assert history.lowest() == (4, 1.5)
    assert rhythm.out_of_patience(history, 8, 2)
    assert not rhythm.out_of_patience(history, 8, 3)


def test_without_validation_it_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--patience waits for validation, for which no part"):
        choose_config(letters(), None, {"patience": 3})
    assert choose_config(letters(), None, {"patience": 3, "val_fraction": 0.2})[0].patience == 3
    trainer = Trainer(replace(CONFIG, val_fraction=0.0), letters())
    save(file := tmp_path / "a.safetensors", trainer)
    with pytest.raises(InputError, match="--patience waits"):
        resume(load(file), letters(), {"patience": 3})
