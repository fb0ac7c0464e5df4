"""What the screen sees of a text's surprise, against the engine read at once."""

from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.inspection.memory.surprise import bits_of, dearest, division
from rnn_tui.live.run import Run
from rnn_tui.live.views.surprise import MOST, WINDOWS, slices
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.surprise import SurpriseSeen, SurpriseView
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.places import places
from rnn_tui.training.surprise import surprise
from rnn_tui.training.trainer import Trainer
from rnn_tui.training.validation import WINDOW, stream_count
from tests.training.test_validation import CONFIG


@pytest.fixture
def run(prose: Corpus) -> Run:
    run = Run(Trainer(replace(CONFIG, val_fraction=0.5), prose), paused=True)
    for _ in range(9):
        run.trainer.step()
    return run


def seen(run: Run, reading: Reading) -> list[SurpriseSeen]:
    return [*slices(run, SurpriseView(reading))]


@pytest.mark.parametrize("part", ["training", "validation"])
def test_the_last_slice_is_what_the_engine_gives(run: Run, part: str) -> None:
    *_, last = seen(run, Reading(part=part))  # type: ignore[arg-type]
    trainer = run.trainer
    text = trainer.val_ids if part == "validation" else trainer.corpus.ids
    assert np.array_equal(last.ids, text[:MOST])
    whole = surprise(trainer.model, last.ids)
    assert last.bits.tolist() == bits_of(whole).tolist()
    assert last.shares == tuple(division(places(trainer.corpus.vocab, last.ids), last.bits))
    assert last.dearest == tuple(dearest(whole, len(last.dearest)))
    assert (last.reader.update, last.done, last.unknown) == (9, True, ())


def test_it_is_of_the_network_that_it_was_begun_with(run: Run) -> None:
    before = seen(run, Reading())
    begun = slices(run, SurpriseView(Reading()))
    parts = [next(begun)]
    run.trainer.step()
    parts += begun
    assert len(parts) == len(before) > 3
    for part, known in zip(parts, before, strict=True):
        assert part.bits.tolist() == known.bits.tolist()
        assert part.reader == parts[0].reader
    assert [len(part.bits) for part in parts[:2]] == [WINDOWS * WINDOW, 2 * WINDOWS * WINDOW]
    assert [part.done for part in parts] == [False] * (len(parts) - 1) + [True]


def test_the_text_is_read_as_one_stream() -> None:
    assert stream_count(MOST) == 1


@pytest.mark.parametrize(("typed", "ids", "unknown"), [("t", 1, ()), ("", 0, ()), ("cat!", 0, "!")])
def test_where_nothing_is_foreseen_there_is_nothing(
    run: Run, typed: str, ids: int, unknown: str
) -> None:
    (only,) = seen(run, Reading(typed))
    assert (len(only.ids), only.unknown) == (ids, tuple(unknown))
    assert (len(only.bits), only.shares, only.dearest, only.done) == (0, (), (), True)


def test_a_text_of_ones_own_is_read_from_its_beginning(run: Run) -> None:
    (only,) = seen(run, Reading("the dog"))
    probs = surprise(run.trainer.model, run.trainer.corpus.vocab.encode("the dog"))
    assert only.bits.tolist() == bits_of(probs).tolist()
    assert sum(share.count for share in only.shares) == 6
