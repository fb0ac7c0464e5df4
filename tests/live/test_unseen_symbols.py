"""A vocabulary may hold symbols that its text does not, as once a network went to another text."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.live.info import describe
from rnn_tui.live.samples import SampleBook
from rnn_tui.protocol.gradient_flow import Gradients, GradientsView
from rnn_tui.protocol.influence import InfluenceSeen, InfluenceView
from rnn_tui.protocol.memory_span import MemorySpanSeen, MemorySpanView
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.surprise import SurpriseSeen, SurpriseView
from rnn_tui.protocol.turned import TurnedSeen, TurnedView
from rnn_tui.protocol.units import UnitText, UnitTextView
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.text.vocab import Vocab
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.live.desk import Clock
from tests.live.test_anywhere import NETWORKS, TEXT, every_network, look, window

UNSEEN = ("é", "Q", "가", "\t")


def trained(name: str) -> Trainer:
    text = corpus_from_bytes(TEXT.encode(), "text")
    known = text.vocab.symbols
    text = text.with_vocab(Vocab((*UNSEEN[:2], *reversed(known), *UNSEEN[2:])))
    settings: dict[str, Any] = {"hidden_size": 5, "seq_length": 9, "batch_size": 2}
    made = Trainer(Config(val_fraction=0.4, **settings, **NETWORKS[name]), text)
    for _ in range(7):
        made.step()
    made.validate()
    return made


@every_network
def test_whatever_is_looked_at_is_there(name: str) -> None:
    made = trained(name)
    reading = Reading(start=101)
    seen = window(made, reading)
    assert np.isfinite(seen.losses).all()
    assert made.corpus.vocab.decode(seen.inputs) == TEXT[101:110]
    assert np.isfinite(look(made, UnrolledView(reading), Unrolled).logits).all()
    assert len(look(made, GradientsView(reading, steps=9), Gradients).inputs) == 9
    moved = look(made, InfluenceView(reading, place=8, back=30), InfluenceSeen).exchange
    assert np.isfinite(moved).any()
    assert np.isfinite(look(made, SurpriseView(reading), SurpriseSeen).bits).all()
    assert np.isfinite(look(made, UnitTextView(reading, "h", 3, 90), UnitText).values).all()
    assert math.isfinite(look(made, TurnedView(reading), TurnedSeen).now.loss)
    assert look(made, MemorySpanView(reading), MemorySpanSeen).count > 0


def test_what_counting_reaches_is_of_the_text_alone() -> None:
    made = trained("gru")
    narrow = Trainer(replace(made.config), corpus_from_bytes(TEXT.encode(), "text"))
    wide, plain = describe(made), describe(narrow)
    assert (wide.unigram, wide.bigram) == pytest.approx((plain.unigram, plain.bigram))
    assert wide.uniform == math.log(len(plain.symbols) + len(UNSEEN))
    assert wide.letters[wide.begins] == plain.letters[plain.begins] == TEXT[0]


def test_a_sample_begins_as_the_text_does() -> None:
    made = trained("rnn")
    book = SampleBook(made, Clock())
    book.begin(1.0)
    book.advance(1e9)
    assert made.corpus.vocab.decode(book.samples[0].ids)[0] == TEXT[0]
