import itertools
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.text.corpus import Corpus
from rnn_tui.training.config import Config
from rnn_tui.training.trainer import Trainer
from rnn_tui.training.validation import Validation

CONFIG = Config(
    preset="auto", cell="gru", hidden_size=5, seq_length=10, batch_size=4, dtype="float64",
    val_fraction=0.3,
)  # fmt: skip


def one_by_one(trainer: Trainer, ids: np.ndarray) -> list[float]:
    """Loss of every character, read one after the other with the state carried."""
    state, losses = trainer.model.zero_state(1), []
    for x, y in itertools.pairwise(ids):
        loss, state = trainer.model.mean_loss(np.array([[x]]), np.array([[y]]), state)
        losses.append(loss)
    return losses


def test_a_short_part_is_read_as_one_stream(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    ids = trainer.val_ids[:700]
    validation = Validation(ids, trainer.model)
    while not validation.done:
        validation.advance()
    assert validation.characters == 699
    assert validation.loss == pytest.approx(np.mean(one_by_one(trainer, ids)), rel=1e-12)


def test_every_character_is_read_once(prose: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Validation, "stream_length", 100)
    trainer = Trainer(CONFIG, prose)
    ids = trainer.val_ids[:759]  # seven streams of 108, two characters over
    validation = Validation(ids, trainer.model)
    while not validation.done:
        validation.advance()
    starts = [108 * stream for stream in range(7)]
    expected = [
        loss
        for start, stop in zip(starts, [*starts[1:], 758], strict=True)
        for loss in one_by_one(trainer, ids[start : stop + 1])
    ]
    assert validation.characters == 758
    assert validation.loss == pytest.approx(np.mean(expected), rel=1e-12)


def test_slices_change_nothing(prose: Corpus) -> None:
    whole, sliced = Trainer(CONFIG, prose), Trainer(CONFIG, prose)
    for _ in range(2 * whole.windows_per_epoch):
        whole.step()
        sliced.step()
        while sliced.validating:
            sliced.validate_slice()
    whole.finish_validation()
    assert len(whole.history.validations) >= 2
    assert whole.history.validations == sliced.history.validations
    assert np.array_equal(whole.model.flat, sliced.model.flat)


def test_asking_twice_evaluates_once(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    first = trainer.validate()
    assert first is not None
    assert trainer.validate() == first
    assert len(trainer.history.validations) == 1
    assert Trainer(replace(CONFIG, val_fraction=0.0), prose).validate() is None
