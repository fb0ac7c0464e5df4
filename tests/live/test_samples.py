from dataclasses import replace

import numpy as np

from rnn_tui.live.samples import KEPT, LENGTH, TIMES, SampleBook
from rnn_tui.models.sampling import sample
from rnn_tui.protocol.commands import Look, Pause, SetTemperature, View
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, LOOK, Clock, at_desk, hello, looks, prose

ALL = Look(View(samples=1000))


def test_the_untrained_network_writes_first() -> None:
    script, _ = at_desk([(0.1, LOOK)], paused=True)
    (first,) = looks(script)[0].samples
    untrained = Trainer(HELLO, hello())
    ids, probs = sample(
        untrained.model, np.empty(0, int), TIMES * 5, 0.8, np.random.default_rng((0, 0))
    )
    assert first.update == 0
    assert np.array_equal(first.ids, ids)
    assert np.array_equal(first.probs, probs)


def test_whoever_looks_before_it_is_written_is_told_that_it_comes() -> None:
    script, _ = at_desk([LOOK, (0.1, LOOK)], paused=True)
    before, after = looks(script)
    assert (before.busy, before.samples) == (True, ())
    assert not after.busy
    assert len(after.samples) == 1


def test_the_sample_at_an_update_does_not_depend_on_timing() -> None:
    config = replace(HELLO, sample_every=5)
    paced = at_desk([(1.05, ALL)], config=replace(config, speed=50.0))[0]
    flat_out = at_desk([(4.5, ALL)], config=config, update_takes=0.03)[0]
    alone, expected = Trainer(config, hello()), {}
    for _ in range(151):
        rng = np.random.default_rng((0, alone.update))
        expected[alone.update] = sample(alone.model, np.empty(0, int), TIMES * 5, 0.8, rng)
        alone.step()
    for script in (paced, flat_out):
        (snapshot,) = looks(script)
        assert len(snapshot.samples) >= 4
        for each in snapshot.samples:
            ids, probs = expected[each.update]
            assert np.array_equal(each.ids, ids)
            assert np.array_equal(each.probs, probs)


def test_samples_come_at_round_updates_and_at_most_one_a_second_flat_out() -> None:
    script, _ = at_desk([(5.5, ALL)], update_takes=0.005)
    updates = [each.update for each in looks(script)[0].samples]
    assert updates == sorted(updates, reverse=True)
    assert [update % HELLO.sample_every for update in updates] == [0] * len(updates)
    assert len(updates) == 6


def test_a_run_that_stands_shows_what_it_can_write_now() -> None:
    script, _ = at_desk([(0.1234, Pause()), (0.2, LOOK), (0.3, LOOK)])
    first, later = looks(script)
    assert first.samples[0].update == first.update >= 124
    assert len(later.samples) == len(first.samples) == 2


def test_only_the_newest_are_kept_and_only_those_asked_for_are_sent() -> None:
    config = replace(HELLO, sample_every=1, speed=4.0)
    script, _ = at_desk([(13.6, ALL), (13.6, LOOK)], config=config)
    everything, some = looks(script)
    assert [each.update for each in everything.samples] == [54 - n for n in range(KEPT)]
    assert len(some.samples) == View().samples


def test_the_temperature_is_that_of_the_moment_it_was_begun() -> None:
    script, _ = at_desk(
        [(0.15, SetTemperature(0.0)), (1.15, ALL)], config=replace(HELLO, speed=10.0)
    )
    newest, oldest = looks(script)[0].samples
    assert (oldest.temperature, newest.temperature) == (0.8, 0.0)


def test_a_long_sample_is_written_in_slices_and_answers_between_them() -> None:
    config, corpus = prose()
    trainer = Trainer(config, corpus)
    ticks = iter(range(100_000))
    book = SampleBook(trainer, lambda: next(ticks) * 0.001)
    book.begin(0.8)
    slices = 0
    while book.writing:
        book.advance(0.0045)
        slices += 1
    assert slices == LENGTH / 5
    (whole,) = book.newest
    ids, _ = sample(trainer.model, np.empty(0, int), LENGTH, 0.8, np.random.default_rng((0, 0)))
    assert np.array_equal(whole.ids, ids)
    spent = LENGTH * 0.001
    trainer.update = 3 * config.sample_every
    assert book.until_due(1.0) is None
    done = next(ticks) * 0.001
    while book.until_due(1.0) is None:
        pass
    assert next(ticks) * 0.001 - done > 0.9 * spent / 0.02
    assert book.until_due(0.0) == 0


def test_a_network_out_of_bounds_writes_a_short_sample() -> None:
    trainer = Trainer(HELLO, hello())
    trainer.model.flat[:] = np.inf
    with np.errstate(all="ignore"):
        book = SampleBook(trainer, Clock())
        book.begin(0.8)
        book.advance(1.0)
    assert len(book.newest[0].ids) == 1
