import numpy as np
import pytest

from rnn_tui.text.corpus import Corpus
from rnn_tui.training.surprise import surprise
from rnn_tui.training.trainer import Trainer
from rnn_tui.training.validation import Validation
from tests.training.test_validation import CONFIG, one_by_one


def test_each_character_of_a_short_text(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    ids = prose.ids[:333]
    reading = surprise(trainer.model, ids)
    assert reading.nats == pytest.approx(one_by_one(trainer, ids), rel=1e-12)


def test_each_character_of_a_text_of_thousands_is_in_its_place(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    for _ in range(40):
        trainer.step()
    reading = surprise(trainer.model, prose.ids)
    expected = one_by_one(trainer, prose.ids)
    assert len(expected) > 5000
    assert reading.streams.batch_size > 4
    assert len(reading.tail) > 1
    assert reading.nats == pytest.approx(expected, rel=1e-9)
    assert reading.loss == pytest.approx(np.mean(expected), rel=1e-12)


def test_the_mean_is_the_validation_loss(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    ids = prose.ids[:4321]
    validation = Validation(ids, trainer.model)
    while not validation.done:
        validation.advance()
    reading = surprise(trainer.model, ids)
    assert reading.characters == validation.characters == len(ids) - 1
    assert reading.nats.mean() == pytest.approx(validation.loss, rel=1e-12)
    assert reading.loss == pytest.approx(validation.loss, rel=1e-12)


def test_nothing_is_surprising_beyond_numbers(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    trainer.model.parameters["linear.bias"][1:] = -5000.0
    assert np.isfinite(surprise(trainer.model, prose.ids[:50]).nats).all()
