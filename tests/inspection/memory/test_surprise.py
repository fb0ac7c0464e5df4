"""The dearest characters and the division, against predictions made one by one."""

import math

import numpy as np
import pytest

from rnn_tui.inspection.memory.surprise import (
    Share,
    bits_of,
    compared,
    dearest,
    division,
    said_of_change,
    together,
)
from rnn_tui.models.prediction import predict
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.text.places import PLACES, places
from rnn_tui.training.surprise import Surprise, surprise
from rnn_tui.training.trainer import Trainer
from tests.training.test_validation import CONFIG


@pytest.fixture
def trainer(prose: Corpus) -> Trainer:
    trainer = Trainer(CONFIG, prose)
    for _ in range(30):
        trainer.step()
    return trainer


def test_dearest_are_those_that_were_least_expected(trainer: Trainer) -> None:
    ids = trainer.corpus.ids[:97]
    found = dearest(surprise(trainer.model, ids), 7)
    probs = [predict(trainer.model, ids[:at]).probs for at in range(1, len(ids))]
    bits = [-math.log2(p[id]) for p, id in zip(probs, ids[1:], strict=True)]
    order = sorted(range(len(bits)), key=lambda at: -bits[at])[:7]
    assert [one.place for one in found] == [at + 1 for at in order]
    for one, at in zip(found, order, strict=True):
        assert one.id == ids[at + 1]
        assert one.bits == pytest.approx(bits[at], rel=1e-5)
        assert one.expected == probs[at].argmax()
        assert one.probability == pytest.approx(float(probs[at].max()), rel=1e-5)


def test_what_was_expected_is_in_its_place_in_a_text_of_thousands(trainer: Trainer) -> None:
    ids = trainer.corpus.ids
    reading = surprise(trainer.model, ids)
    assert reading.streams.batch_size > 4
    for at in (0, 1, 999, 1000, 3333, len(ids) - 2):
        probs = predict(trainer.model, ids[: at + 1]).probs.astype(float)
        assert reading.expected[at] == probs.argmax()
        assert reading.expected_nats[at] == pytest.approx(-math.log(probs.max()), rel=1e-5)


def test_the_parts_add_up_to_the_total() -> None:
    corpus = corpus_from_bytes(b'They saw Ann (7).\n"12, yes!" \n' * 40, "t")
    trainer, untrained = Trainer(CONFIG, corpus), Trainer(CONFIG, corpus)
    trainer.step()
    ids = corpus.ids[:1234]
    bits = bits_of(surprise(trainer.model, ids))
    earlier = bits_of(surprise(untrained.model, ids))
    kinds = places(corpus.vocab, ids)
    shares = division(kinds, bits, earlier)
    assert sum(share.count for share in shares) == len(ids) - 1
    assert sum(share.bits for share in shares) == pytest.approx(bits.sum(), rel=1e-12)
    assert sum(share.before or 0 for share in shares) == pytest.approx(earlier.sum(), rel=1e-12)
    assert len(shares) == len(PLACES)
    for share in shares:
        chosen = [at for at in range(len(bits)) if PLACES[kinds[at + 1]] == share.kind]
        assert share.count == len(chosen)
        assert share.mean == pytest.approx(sum(bits[at] for at in chosen) / len(chosen))
        assert share.mean_before == pytest.approx(np.mean(earlier[chosen]))


def test_without_another_moment_nothing_is_compared() -> None:
    shares = division(np.array([0, 2, 2, 5]), np.array([1.0, 3.0, 0.5]))
    assert [(one.kind, one.count, one.bits, one.mean_before) for one in shares] == [
        ("inside words", 2, 4.0, None),
        ("blanks", 1, 0.5, None),
    ]


def test_two_moments_are_compared_kind_by_kind() -> None:
    earlier = [Share("digits", 2, 4.0), Share("names", 3, 6.0), Share("marks", 5, 4.0)]
    now = [Share("digits", 2, 5.0), Share("names", 3, 6.0)]
    shares = compared(now, earlier)
    assert [share.before for share in shares] == [4.0, 6.0]
    assert together(shares) == Share("together", 5, 11.0, 10.0)
    assert together(now).before is None
    assert said_of_change(shares, "letter") == (
        "1.0 bits more in all, 0.20 a letter; most of them at digits."
    )
    shares = compared([*now, Share("marks", 5, 1.0)], earlier)
    assert said_of_change(shares, "letter") == (
        "2.0 bits fewer in all, 0.20 a letter; most at marks: 3.0."
    )
    assert said_of_change(compared(now, now), "byte") == "It is the same at every kind of place."


def test_a_text_that_is_half_read_is_told_as_far_as_it_is_read(trainer: Trainer) -> None:
    ids = trainer.corpus.ids[:300]
    reading, whole = Surprise(ids, trainer.model), surprise(trainer.model, ids)
    assert len(bits_of(reading)) == 0
    assert dearest(reading, 3) == []
    reading.advance()
    reading.advance()
    assert bits_of(reading).tolist() == bits_of(whole)[:128].tolist()
    kinds = places(trainer.corpus.vocab, ids)
    assert sum(share.count for share in division(kinds, bits_of(reading))) == 128
    assert max(one.place for one in dearest(reading, 300)) == 128
