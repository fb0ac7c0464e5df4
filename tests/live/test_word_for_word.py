"""What of the samples stands in the training text, looked for between two keys."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.inspection.memory.known_text import looked_through
from rnn_tui.live import word_for_word
from rnn_tui.live.word_for_word import SHARE, SLICE_RUNNING, WordForWord
from rnn_tui.protocol.commands import Look, Restart, View
from rnn_tui.protocol.memorized import Memorized
from rnn_tui.protocol.snapshot import Sample
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, Clock, at_desk, looks, prose

ASKED = Look(View(memorized=True))


class Ticks(Clock):
    """Each look at it takes a millisecond."""

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def written(*texts: str, corpus: Corpus) -> list[Sample]:
    ids = [corpus.vocab.encode(text).astype(np.int64) for text in texts]
    return [Sample(n, 0.8, one, np.ones(len(one))) for n, one in enumerate(ids)]


def shuffled(length: int) -> tuple[Config, Corpus]:
    """A text of few words in no order, half of it for validation, and settings for it."""
    words = np.random.default_rng(5).choice(["the ", "sea ", "is ", "wide,\n", "deep "], length)
    text = "".join(words.tolist())
    return prose()[0], corpus_from_bytes(text.encode(), "words.txt")


def poem() -> tuple[Trainer, list[Sample]]:
    """A text without a validation part, and two samples of which one repeats two parts of it."""
    verse = "the sea is wide,\nthe sea is deep,\nand nothing in it is asleep.\n"
    corpus = corpus_from_bytes((verse * 3).encode(), "verse.txt")
    text = "de sea is deep,\nand nothing in xx wide,\nthe sea is deep,\nand xx"
    samples = written(text, "xx hates a seed", corpus=corpus_from_bytes(
        (verse * 3 + "x").encode(), "v"))  # fmt: skip
    return Trainer(replace(HELLO, val_fraction=0.0), corpus), samples


def test_nothing_is_looked_for_that_is_not_looked_at() -> None:
    config, corpus = prose()
    script, loop = at_desk([(1.0, Look(View()))], config=config, corpus=corpus)
    assert looks(script)[0].memorized is None
    assert loop.engine.word_for_word._known is None


def test_hello_is_left_alone() -> None:
    script, _ = at_desk([(0.1, ASKED), (0.2, ASKED)], paused=True)
    assert [snapshot.memorized for snapshot in looks(script)] == [None, None]
    assert not looks(script)[-1].looking


def test_samples_of_a_run_are_compared_with_its_text() -> None:
    config, corpus = shuffled(300)
    arrivals = [(0.2 * n, ASKED) for n in range(1, 30)]
    script, loop = at_desk([*arrivals, Restart(), (6.1, ASKED)], config=config, corpus=corpus)
    trainer, last = loop.engine.trainer, looks(script)[-2]
    known = looked_through(corpus.ids[: trainer.train_size], trainer.val_ids)
    found = last.memorized
    assert found
    assert (found.state, found.least, found.usual) == ("ready", known.least, known.usual)
    assert len(found.samples) == len(last.samples) > 2
    for sample, old in zip(last.samples, found.samples, strict=True):
        inside = np.zeros(len(sample.ids), bool)
        assert old is not None
        for start, end in old.parts:
            inside[start:end] = True
        assert inside.tolist() == known.memorized(sample.ids)[1].tolist()
        assert old.share == inside.mean()
    after = looks(script)[-1].memorized
    assert after
    assert after.state == "ready"  # the text is the same after a restart


def test_parts_the_longest_and_its_line_are_told() -> None:
    trainer, samples = poem()
    search = WordForWord(trainer, Clock())
    search._work(samples, running=False)
    found = search.look(samples, running=False)
    assert found is not None
    first, other = found.samples
    assert first is not None
    assert other is not None
    assert first.parts == ((1, 31), (33, 61))
    assert first.longest == 30
    text = trainer.corpus.vocab.decode(trainer.corpus.ids)
    assert text[first.place : first.place + 30] == "e sea is deep,\nand nothing in "
    assert first.line == text[: first.place].count("\n") + 1 > 1
    assert (other.parts, other.share, other.longest) == ((), 0.0, 0)


def test_a_text_that_is_too_long_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    trainer, samples = poem()
    monkeypatch.setattr(word_for_word, "LONGEST_TEXT", 100)
    search = WordForWord(trainer, Clock())
    assert search.look(samples, running=True) == Memorized("too long")
    assert search._known is None
    assert not search.working


def test_while_training_runs_it_takes_a_share_of_the_time() -> None:
    config, corpus = shuffled(6000)
    clock = Ticks()
    search = WordForWord(Trainer(config, corpus), clock)
    start, busy, states = clock.now, 0.0, []
    while not states or states[-1] == "looking":
        before = clock.now
        found = search.look((), running=True)
        states.append(found.state if found else "none")
        if (took := clock.now - before) > 0.0015:
            busy += took
            assert took <= SLICE_RUNNING + 0.003
        assert search.working
    assert len(states) > 100
    assert busy / (clock.now - start) < 1.5 * SHARE
