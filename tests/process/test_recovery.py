import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.live.loop import Loop
from rnn_tui.process.recovery import begin, save_last_good_state
from rnn_tui.protocol.job import Job, Keeping
from rnn_tui.saving.last_saved import ago, last_saved, resume_point
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.timeline import COST
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, Clock, Script, hello


def trained(updates: int) -> Trainer:
    trainer = Trainer(HELLO, hello())
    for _ in range(updates):
        trainer.step()
    return trainer


def written(path: Path, updates: int, at: float) -> Path:
    save(path, trained(updates))
    os.utime(path, (at, at))
    return path


def test_what_was_written_last_counts_whoever_wrote_it(tmp_path: Path) -> None:
    by_itself = written(tmp_path / "auto.safetensors", 3, 2_000)
    by_hand = written(tmp_path / "hand.safetensors", 5, 3_000)
    named = written(tmp_path / "named.safetensors", 7, 4_000)
    keeping = Keeping(by_itself, named)
    job = Job(HELLO, hello(), keeping=keeping, saved=(by_hand,), began=3_500, again=True)
    assert last_saved(job) == [named, by_hand, by_itself]
    assert begin(job).trainer.update == 7
    older = replace(job, began=4_500)
    assert last_saved(older) == [by_hand, by_itself]  # the named one is of an older run
    by_hand.write_bytes(b"half")
    os.utime(by_hand, (3_000, 3_000))
    assert begin(older).trainer.update == 3
    assert begin(replace(older, again=False)).trainer.update == 0


def test_from_a_checkpoint_it_goes_back_to_that_one(tmp_path: Path) -> None:
    checkpoint = load(written(tmp_path / "a.safetensors", 11, 1_000))
    job = Job(HELLO, hello(), checkpoint=checkpoint, again=True)
    start = begin(job)
    assert start.trainer.update == 11
    assert resume_point(job) == "from the checkpoint it was opened with"
    assert resume_point(replace(job, checkpoint=None)) == "from update 0"
    assert (
        start.said == "Goes on from update 11, as opened: nothing of this run had been saved since."
    )
    assert begin(replace(job, again=False)).said == ""


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "a moment ago"), (47, "47 seconds ago"), (601, "10 minutes ago"), (-90, "a moment ago")],
)
def test_how_long_ago(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: float, words: str
) -> None:
    path = tmp_path / "a"
    path.touch()
    os.utime(path, (5_000, 5_000))
    monkeypatch.setattr("rnn_tui.saving.last_saved.time.time", lambda: 5_000 + seconds)
    assert ago(path) == words


def test_after_half_an_update_the_last_whole_state_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "a.safetensors"
    clock = Clock()
    loop = Loop(Trainer(HELLO, hello()), Script(clock, []), clock=clock, keeping=Keeping(path))
    run = loop.engine.run
    while run.trainer.update < COST + 9:
        run.advance(1)
    run.trainer.model.flat[::2] += 1.0  # half an update
    save_last_good_state(loop)
    kept = load(path)
    assert kept.update == COST
    assert np.array_equal(kept.model().flat, trained(COST).model.flat)
    assert run.timeline.head == run.trainer.update == COST
    # Words of the time since then have a test of their own
    way = resume_point(Job(HELLO, hello(), keeping=Keeping(path)))
    assert way.startswith("from the last good state, saved ")
    on = begin(Job(HELLO, hello(), keeping=Keeping(path), again=True)).trainer
    assert on.step().loss == trained(COST + 1).history.loss


def test_what_cannot_be_salvaged_stays_unsaid(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    clock = Clock()
    keeping = Keeping(tmp_path / "file" / "a.safetensors")
    loop = Loop(Trainer(HELLO, hello()), Script(clock, []), clock=clock, keeping=keeping)
    save_last_good_state(loop)
    del loop.engine.run
    save_last_good_state(loop)


def test_a_greeting_follows_the_start() -> None:
    clock = Clock()
    script = Script(clock, [])
    with pytest.raises(EOFError):
        Loop(Trainer(HELLO, hello()), script, clock=clock, greeting="Welcome back.").run()
    assert [type(message).__name__ for message in script.sent] == ["Started", "Notice", "Left"]
