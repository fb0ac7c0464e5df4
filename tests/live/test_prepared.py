"""A bundle opens as the run stood: its state, its past on all branches, what lay on the desk."""

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors

from rnn_tui.live.prepared import save_bundle
from rnn_tui.live.status import Diverged, Finished
from rnn_tui.protocol.commands import GoThrough
from rnn_tui.protocol.scene import scene_from
from rnn_tui.text.corpus import Corpus, TextOptions, corpus_from_bytes
from rnn_tui.training.bundle.file import read_bundle
from rnn_tui.training.bundle.past import stored_past, take_up
from rnn_tui.training.settings.config import Config
from rnn_tui.training.timeline import Timeline
from tests.live.desk import HELLO
from tests.live.prepared import (
    SCENE,
    all_of,
    at,
    lived,
    moments,
    opened,
    train,
    turned_before,
    write_sample,
    written,
)

SMALL = Config(
    preset="auto", cell="lstm", hidden_size=5, seq_length=13, batch_size=4, lr_decay=0.9,
    val_fraction=0.05, optimizer="adam", num_layers=2,
)  # fmt: skip
NETWORKS: list[dict[str, Any]] = [
    {}, {"cell": "gru", "num_layers": 1, "dtype": "float32"},
    {"network": "dense", "num_layers": 1}, {"network": "cnn", "optimizer": "sgd"},
]  # fmt: skip


@pytest.mark.parametrize("network", NETWORKS, ids=str)
def test_it_opens_as_it_was_and_goes_on_with_the_same_numbers(
    tmp_path: Path, prose: Corpus, network: dict[str, Any]
) -> None:
    first = lived(replace(SMALL, **network), prose)
    again = opened(written(tmp_path / "a.bundle", first))
    assert all_of(again) == all_of(first)
    assert len(first.run.timeline.branches) == 3
    assert train(again, 40) == train(first, 40)
    assert all_of(again) == all_of(first)


@pytest.mark.parametrize("budget", [0, 20_000, 32 << 20])
def test_its_past_comes_back_bit_for_bit_on_every_branch(prose: Corpus, budget: int) -> None:
    first, again = lived(SMALL, prose), at(SMALL, prose)
    tensors, past = stored_past(first.run.timeline, budget)
    for name, value in (("update", first.trainer.update), ("config", first.trainer.config)):
        setattr(again.trainer, name, value)
    again.trainer.restore(first.trainer.capture())
    again.trainer.history = first.trainer.history.means()
    take_up(again.run.timeline, tensors, past)
    fewer = again.run.timeline.count
    assert fewer <= (first.run.timeline.count if budget > 20_000 else 5)
    for seed in range(3):
        for moment in moments(first, 6, seed):
            for engine in (first, again):
                engine.run.timeline.go_to(moment)
                engine.run.stand()
            one, two = all_of(first), all_of(again)
            del one["norms"], two["norms"]
            assert one == two
        for engine in (first, again):
            timeline = engine.run.timeline
            timeline.set_out(10**6, timeline.other_branch())
            timeline.go_to(10**6)


def test_one_can_stand_in_the_past_before_a_weight_was_turned(
    tmp_path: Path, prose: Corpus
) -> None:
    first = lived(SMALL, prose)
    here = turned_before(first)
    again = opened(written(tmp_path / "a.bundle", first))
    assert again.run.timeline.here == here
    assert again.run.in_past
    assert "Before W_xh[1,1]" in again.run.status.reason
    assert all_of(again) == all_of(first)
    assert train(again, 5) == train(first, 5)  # on a branch of their own
    assert all_of(again) == all_of(first)


def test_samples_temperature_pace_and_what_was_chosen(tmp_path: Path, prose: Corpus) -> None:
    first = lived(SMALL, prose)
    first.set_temperature(0.3)
    first.set_speed(25.0)
    first.run.limited = False
    again = opened(written(tmp_path / "a.bundle", first))
    assert (again.temperature, again.pacer.speed) == (0.3, 25.0)
    assert (again.run.limited, again.run.chosen_rate) == (False, 0.004)
    branch = again.run.timeline.branch
    for one, two in zip(
        again.book.on_branch(branch), first.book.on_branch(first.run.timeline.branch), strict=True
    ):
        assert (one.update, one.temperature) == (two.update, two.temperature)
        assert np.array_equal(one.ids, two.ids)
        assert np.array_equal(one.probs, two.probs)
    again.restart(None)
    assert again.trainer.learning_rate == 0.004


def test_a_moment_with_a_sample_needs_no_other(tmp_path: Path, hello: Corpus) -> None:
    first = at(HELLO, hello)
    train(first, 9)
    write_sample(first)
    again = opened(written(tmp_path / "a.bundle", first))
    assert not again.busy
    assert [sample.update for sample in again.book.newest] == [9]


def test_an_update_is_walked_through_as_far(tmp_path: Path, hello: Corpus) -> None:
    first = at(HELLO, hello)
    train(first, 6)
    for _ in range(7):
        first.inspector.go(GoThrough("on"))
    again = opened(written(tmp_path / "a.bundle", first))
    assert again.inspector.walked == 7
    for engine in (first, again):
        engine.inspector.go(GoThrough("last"))
    assert all_of(again) == all_of(first)


def test_a_run_that_diverged_has_diverged(tmp_path: Path, hello: Corpus) -> None:
    first = at(replace(HELLO, learning_rate=1e200), hello)
    with np.errstate(all="ignore"):
        while not isinstance(first.run.status, Diverged):
            first.run.step()
        again = opened(written(tmp_path / "a.bundle", first))
    assert isinstance(again.run.status, Diverged)
    assert again.run.status.reason == first.run.status.reason
    assert again.trainer.history.marks[-1].update == first.trainer.history.marks[-1].update
    assert len(again.trainer.history.marks) == len(first.trainer.history.marks)


def test_a_run_that_is_finished_is_finished(tmp_path: Path, hello: Corpus) -> None:
    first = at(replace(HELLO, updates=12), hello)
    first.run.resume()
    first.run.advance(50)
    again = opened(written(tmp_path / "a.bundle", first))
    assert isinstance(again.run.status, Finished)
    assert again.run.status == first.run.status


def test_before_the_first_update(tmp_path: Path, hello: Corpus) -> None:
    first = at(HELLO, hello)
    again = opened(written(tmp_path / "a.bundle", first))
    assert math.isnan(again.trainer.grad_norm)
    assert train(again, 30) == train(first, 30)


def digest_of(path: Path) -> str:
    """The order of metadata in a file is any."""
    with safetensors.safe_open(path, framework="np") as file:
        return str(file.metadata()["digest"])


TEXTS = [
    ("hello\n", TextOptions()), ("모음이 모여 말이 된다. ㅋㅋ\n" * 3, TextOptions(units="jamo")),
    ("Größe é\r\n" * 4, TextOptions(units="byte")),
    ("e\u0301tude " * 5, TextOptions(normalize="NFC")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "options"), TEXTS, ids=[text[:5] for text, _ in TEXTS])
def test_the_text_is_in_it(tmp_path: Path, text: str, options: TextOptions) -> None:
    corpus = corpus_from_bytes(text.encode(), "bad\x1bname.txt", options)
    engine = at(replace(HELLO, seq_length=2), corpus)
    train(engine, 3)
    found = read_bundle(written(tmp_path / "a.bundle", engine))[1]
    assert np.array_equal(found.ids, corpus.ids)
    assert found.vocab.symbols == corpus.vocab.symbols
    assert (found.name, found.options, found.sha256) == (corpus.name, options, corpus.sha256)


def test_a_bundle_of_a_bundle_is_the_same(tmp_path: Path, prose: Corpus) -> None:
    first = lived(SMALL, prose)
    one = written(tmp_path / "a.bundle", first)
    two = written(tmp_path / "b.bundle", opened(one))
    assert digest_of(one) == digest_of(two)
    assert scene_from(read_bundle(two)[0].desk["scene"]) == SCENE


def test_of_a_large_past_as_much_as_there_is_room_for(prose: Corpus) -> None:
    engine = at(replace(SMALL, hidden_size=40), prose)
    train(engine, 700)
    timeline = engine.run.timeline
    before = timeline.count
    tensors, _ = stored_past(timeline, budget=timeline.size // 3)
    assert 2 < len(tensors["kept.moment"]) < before == timeline.count
    assert tensors["kept.moment"][0].tolist() == [0, 0, 0, 0]
    assert isinstance(timeline, Timeline)


def test_the_file_stays_where_it_cannot_be_replaced(tmp_path: Path, hello: Corpus) -> None:
    path = written(tmp_path / "a.bundle", at(HELLO, hello))
    path.chmod(0o444)
    before = path.read_bytes()
    with pytest.raises(Exception, match="protected from writing"):
        save_bundle(path, at(HELLO, hello), SCENE)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.bundle"]
