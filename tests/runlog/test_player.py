"""A log played back is the run that wrote it."""

import json
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.runlog.player import LONGEST_WAIT, Player
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer
from tests.runlog.cases import Recorded


@pytest.fixture
def run(tmp_path: Path, hello: Corpus) -> Recorded:
    return Recorded(tmp_path / "log", Trainer(PRESETS["hello"], hello))


def played(path: Path) -> Player:
    player = Player.open(path)
    player.seek(len(player.events))
    return player


def test_the_same_curve(tmp_path: Path, run: Recorded) -> None:
    run.train(70)
    run.trainer.set_learning_rate(0.01)
    run.train(30)
    course = played(tmp_path / "log").course
    ours, theirs = run.trainer.history, course.branch.history
    for name in ("update", "low", "high", "smoothed"):
        assert np.array_equal(ours.columns()[name], theirs.columns()[name]), name
    assert [(m.update, m.label) for m in theirs.marks] == [(70, "lr 0.03→0.01")]
    assert (course.update, course.epoch, course.learning_rate) == (100, 101, 0.01)
    assert course.branch.history.loss == run.trainer.history.loss


def test_branches(tmp_path: Path, run: Recorded) -> None:
    run.train(60)
    run.timeline.go_to(25)
    run.look("paused")
    run.timeline.branch_off()
    run.trainer.set_learning_rate(0.3)
    run.timeline.knob_turned()
    second = run.train(10)
    run.timeline.set_out(60, run.timeline.branches[0])
    run.look("paused")
    player = played(tmp_path / "log")
    course = player.course
    assert course.branch.number == 1
    assert course.update == 60
    branch = course.branches[2]
    assert (branch.parent, branch.fork, branch.head) == (1, 25, 35)
    assert branch.change == "lr 0.03→0.3"
    assert list(branch.history.bins.update) == list(range(1, 36))
    assert list(branch.history.bins.high[25:]) == second
    assert list(course.branches[1].history.bins.update) == list(range(1, 61))


def test_going_on_from_a_checkpoint(tmp_path: Path, run: Recorded, hello: Corpus) -> None:
    run.train(20)
    again = Trainer(PRESETS["hello"], hello)
    for _ in range(12):
        again.step()
    Recorded(tmp_path / "log", again).train(3)
    history = played(tmp_path / "log").course.branch.history
    assert list(history.bins.update) == list(range(1, 16))


def test_a_new_run_begins_anew(tmp_path: Path, run: Recorded, hello: Corpus) -> None:
    run.train(20)
    Recorded(tmp_path / "log", Trainer(PRESETS["hello"], hello)).train(3)
    course = played(tmp_path / "log").course
    assert list(course.branch.history.bins.update) == [1, 2, 3]
    assert course.starts == 2


def test_the_pace_at_which_it_happened(tmp_path: Path, run: Recorded) -> None:
    run.train(8)
    run.clock.now += 60
    run.train(2)
    player = Player.open(tmp_path / "log")
    player.begin(100.0)
    player.play(100.9)
    assert player.course.update == 3
    assert player.updates_per_second == pytest.approx(4)
    player.play(102.1)
    assert player.course.update == 8
    player.play(102.1 + LONGEST_WAIT)
    assert player.course.update == 9, "a minute in which nothing happened is cut short"
    player.play(110)
    assert player.at_end


def test_so_many_updates_a_second(tmp_path: Path, run: Recorded) -> None:
    run.train(100)
    player = Player.open(tmp_path / "log")
    player.speed = 20
    player.begin(0.0)
    player.play(2.01)
    assert player.course.update == 40
    player.paused = True
    player.play(9.0)
    player.paused = False
    player.play(9.51)
    assert player.course.update == 50


def test_step_seek_and_the_end_of_the_epoch(tmp_path: Path, run: Recorded) -> None:
    run.train(9)
    player = Player.open(tmp_path / "log")
    player.begin(0.0)
    player.step()
    assert player.course.update == 1
    player.step()
    assert player.course.update == 2
    player.seek(len(player.events))
    assert (player.course.update, player.at_end) == (9, True)
    player.seek(-3)
    assert (player.place, player.course.update) == (1, 0)
    player.play_to_epoch_end()
    player.play(100.0)
    assert (player.paused, player.course.update) == (True, 1)


@pytest.mark.parametrize(("line", "message"), [
    ({"event": "update", "update": 1}, "'epoch'"),
    ({"event": "update", "update": "x"}, "invalid literal"),
    ({"event": "sample", "update": 1, "ids": [1], "probs": []}, "not fit"),
    ({"event": "branch", "number": 5, "update": 1, "parent": 4}, "damaged"),
    ({"event": "state", "update": 1e999}, "damaged"),
])  # fmt: skip
def test_a_damaged_event_is_found_before_playing(
    tmp_path: Path, run: Recorded, line: dict[str, object], message: str
) -> None:
    with (tmp_path / "log").open("a") as file:
        file.write(json.dumps({"seconds": 1, **line}) + "\n")
    with pytest.raises(InputError, match=message):
        Player.open(tmp_path / "log")


def test_an_event_of_a_later_version_changes_nothing(tmp_path: Path, run: Recorded) -> None:
    run.train(2)
    with (tmp_path / "log").open("a") as file:
        file.write('{"event":"weather","seconds":1}\n')
    assert played(tmp_path / "log").course.update == 2
