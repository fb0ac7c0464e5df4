import numpy as np
import pytest

from rnn_tui.text.corpus import Corpus
from rnn_tui.training.surprise import Surprise, surprise
from rnn_tui.training.trainer import Trainer
from rnn_tui.training.validation import Validation
from tests.training.test_validation import CONFIG, one_by_one


def test_each_character_of_a_short_text(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    ids = prose.ids[:333]
    reading = surprise(trainer.model, ids)
    assert reading.nats == pytest.approx(one_by_one(trainer, ids), rel=1e-12)


def test_streams_and_what_is_left_over_land_in_their_places(
    prose: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Surprise, "stream_length", 100)
    trainer = Trainer(CONFIG, prose)
    ids = prose.ids[:759]  # seven streams of 108, two characters over
    reading = surprise(trainer.model, ids)
    expected = [
        loss
        for start in range(0, 7 * 108, 108)
        for loss in one_by_one(trainer, ids[start : start + 109])
    ]
    assert reading.nats[: 7 * 108] == pytest.approx(expected, rel=1e-12)
    # the tail goes on where the last stream ended
    rest = one_by_one(trainer, ids[6 * 108 :])[108:]
    assert reading.nats[7 * 108 :] == pytest.approx(rest, rel=1e-12)


def test_a_text_of_thousands_is_read_from_its_first_character_to_its_last(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    reading = surprise(trainer.model, prose.ids)
    expected = one_by_one(trainer, prose.ids)
    assert len(expected) > 5000
    assert reading.nats == pytest.approx(expected, rel=1e-12)
    assert reading.loss == pytest.approx(np.mean(expected), rel=1e-12)


def test_the_mean_is_the_validation_loss(prose: Corpus) -> None:
    trainer = Trainer(CONFIG, prose)
    ids = prose.ids[:1900]  # one stream, whoever reads it
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
