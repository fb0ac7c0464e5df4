"""What the screens are told of chance in a window, against the rule in words."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.live.probe import EngineState, Probe
from rnn_tui.live.run import Run
from rnn_tui.live.views import gradient_flow
from rnn_tui.live.views.surprise import MOST, slices
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.gradient_flow import Gradients, GradientsView
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.snapshot import WindowView
from rnn_tui.protocol.surprise import SurpriseView
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.text.built_in import folder
from rnn_tui.text.corpus import Corpus, corpus_from_bytes, read_corpus
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.live.desk import Clock
from tests.live.test_dispatch import inspector
from tests.text.test_chance import begins

T = 31
CONFIG = Config(cell="gru", hidden_size=3, seq_length=T, batch_size=2, val_fraction=0.25)


def made(corpus: Corpus | None = None, **changes: Any) -> Trainer:
    corpus = corpus or read_corpus(folder() / "distance.txt")
    return Trainer(replace(CONFIG, **changes), corpus)


def views(trainer: Trainer, reading: Reading) -> tuple[WindowView, Unrolled, Gradients]:
    looking, probe = inspector(trainer), Probe(Run(trainer, paused=True), Clock())
    window = probe.take(View(steps=T, rows=5, reading=reading), EngineState(9.0, 0.8, 20.0, ()))
    unrolled = looking.look(UnrolledView(reading, first=7, steps=11))
    gradients = looking.look(GradientsView(reading, steps=T))
    assert isinstance(unrolled, Unrolled)
    assert isinstance(gradients, Gradients)
    return window.window, unrolled, gradients


def text_of(trainer: Trainer, part: str) -> str:
    text = trainer.corpus.vocab.decode(trainer.corpus.ids)
    return text[: trainer.train_size] if part == "training" else text[trainer.train_size :]


def in_words(line: str, place: int) -> float:
    """A digit of eight; a letter more, or =, for each of 20 lengths that are left; the rest."""
    if place == 0:
        return math.log(8)
    left = 21 - (place - 1)
    if place == 1 or "=" in line[:place]:
        return 0.0
    return -math.log(1 / left if line[place] == "=" else (left - 1) / left)


def costs_in_words(text: str) -> list[float]:
    lines = text.splitlines(keepends=True)
    return [in_words(line, place) for line in lines for place in range(len(line))]


@pytest.mark.parametrize("start", [0, 1, 98, 700])
def test_every_view_of_a_window_has_what_the_rule_leaves_to_chance(start: int) -> None:
    trainer = made()
    expected = costs_in_words(text_of(trainer, "training"))[start + 1 : start + 1 + T]
    window, unrolled, gradients = views(trainer, Reading(start=start))
    assert window.least == pytest.approx(expected, abs=1e-12)
    assert gradients.least == pytest.approx(expected, abs=1e-12)
    assert unrolled.least == pytest.approx(expected[7:18], abs=1e-12)
    assert unrolled.mean_least == pytest.approx(np.mean(expected), abs=1e-12)


def test_surprise_has_it_of_all_of_its_text() -> None:
    trainer = made()
    expected = costs_in_words(text_of(trainer, "training"))[98 + 1 : 98 + MOST]
    *_, seen = slices(Run(trainer, paused=True), SurpriseView(Reading(start=98)))
    assert seen.least == pytest.approx(expected, abs=1e-12)
    *_, typed = slices(Run(trainer, paused=True), SurpriseView(Reading("1abc=1")))
    assert not len(typed.least)


@pytest.mark.parametrize("start", [0, 2, 60, 400])
@pytest.mark.parametrize(("fraction", "inside"), [(0.25, False), (0.22, True)])
def test_in_the_validation_text_what_stands_before_its_beginning_is_not_known(
    fraction: float, inside: bool, start: int
) -> None:
    trainer = made(val_fraction=fraction)
    text = text_of(trainer, "validation")
    line = text[: text.index("\n") + 1]
    assert (text_of(trainer, "training")[-1] != "\n") == inside
    chances = [float(begins("distance", line[:k])) for k in range(len(line) + 1)]
    first = [math.log(chances[k] / chances[k + 1]) for k in range(len(line))]
    assert first[0] > 1
    expected = [*first, *costs_in_words(text[len(line) :])][start + 1 : start + 1 + T]
    for seen in views(trainer, Reading(part="validation", start=start))[::2]:
        assert seen.least == pytest.approx(expected, abs=1e-12)  # type: ignore[union-attr]


def test_of_brackets_it_is_known_from_the_next_line_on() -> None:
    trainer = made(read_corpus(folder() / "brackets.txt"), val_fraction=0.35)
    text = text_of(trainer, "validation")
    end = text.index("\n")
    assert text[0] != "\n"
    assert end < T
    window, unrolled, _ = views(trainer, Reading(part="validation"))
    assert np.isnan(window.least).tolist() == [True] * end + [False] * (T - end)
    assert math.isnan(unrolled.mean_least)


def test_of_ones_own_text_and_of_others_nothing_is_known() -> None:
    for seen in views(made(), Reading("1abc=1"))[1:]:
        assert not len(seen.least)  # type: ignore[union-attr]
    data = (folder() / "distance.txt").read_bytes()
    for other in (data[:-1], (folder() / "tidebook.txt").read_bytes()):
        for seen in views(made(corpus_from_bytes(other, "distance.txt"), floor=0.35), Reading()):
            assert not len(seen.least)  # type: ignore[union-attr]


def test_where_nothing_is_drawn_nothing_is_chance() -> None:
    for seen in views(made(read_corpus(folder() / "period.txt")), Reading(start=300)):
        assert set(seen.least.tolist()) == {0.0}  # type: ignore[union-attr]


def test_of_an_error_that_vanishes_it_is_said_where_what_is_left_is_chance(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A network with nothing but biases hands no error back; its loss is taken for the rule's."""
    trainer = made()
    trainer.model.flat[:] *= 1e-3
    *_, seen = gradient_flow.slices(Run(trainer, paused=True), GradientsView(steps=T))
    assert "There is loss to pass on" in seen.sentences[0]
    lost = float(np.log(len(trainer.corpus.vocab)))
    monkeypatch.setattr(gradient_flow, "least", lambda *_: np.full(T, lost - 0.02))
    *_, seen = gradient_flow.slices(Run(trainer, paused=True), GradientsView(steps=T))
    assert "is chance, one who knows the rule has" in seen.sentences[0]


@pytest.mark.parametrize(("layers", "dropout"), [(2, 0.3), (2, 0.0), (1, 0.3)])
def test_that_dropout_leaves_nothing_out_is_said_where_there_is_any(
    layers: int, dropout: float
) -> None:
    trainer = made()
    trainer = Trainer(replace(trainer.config, num_layers=layers, dropout=dropout), trainer.corpus)
    *_, seen = gradient_flow.slices(Run(trainer, paused=True), GradientsView(steps=T))
    said = "dropout leaves nothing out here." in seen.sentences[0]
    assert said == (layers > 1 and dropout > 0)
