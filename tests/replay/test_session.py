"""A replay answers as a worker would, as far as a log can tell."""

import json
from pathlib import Path

import pytest

from rnn_tui.errors import InputError
from rnn_tui.live.loop import Loop
from rnn_tui.protocol.commands import (
    Close,
    Command,
    Look,
    OtherBranch,
    Pause,
    Restart,
    Resume,
    RunToEpochEnd,
    Save,
    SetLearningRate,
    SetSpeed,
    Step,
    Travel,
    View,
)
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.replies import Done, Message, Refused, Started
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.replay.session import Replay, open_log
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, Clock, Script, TimedTrainer, hello


def worked(path: Path, *arrivals: tuple[float, Command]) -> Trainer:
    """Let the worker's loop write a log of hello while commands arrive."""
    clock = Clock()
    trainer = TimedTrainer(HELLO, hello())
    trainer.clock = clock
    script = Script(clock, [*arrivals, (arrivals[-1][0], Close())])
    Loop(trainer, script, clock=clock, keeping=Keeping(log=path)).run()
    return trainer


class Watched:
    """A replay, its clock, and what it said."""

    def __init__(self, path: Path) -> None:
        self.clock = Clock()
        self.said: list[Message] = []
        player, infos = open_log(path)
        self.replay = Replay(player, self.said.append, infos=infos, clock=self.clock)
        self.replay.start()

    def look(self, after: float = 0.0) -> Snapshot:
        self.clock.now += after
        self.replay.send(Look(View(bins=500)))
        found = self.said[-1]
        assert isinstance(found, Snapshot)
        return found

    def ask(self, command: Command) -> Done | Refused:
        ticket = self.replay.send(command)
        found = self.said[-1]
        assert isinstance(found, Done | Refused)
        assert (found.ticket, found.command) == (ticket, command)
        return found


def test_the_screen_is_told_the_same_of_the_run(tmp_path: Path) -> None:
    trainer = worked(tmp_path / "log", (0.2, Pause()))
    watched = Watched(tmp_path / "log")
    started = watched.said[0]
    assert isinstance(started, Started)
    assert started.info.config == trainer.config
    assert started.info.letters == trainer.corpus.vocab.symbols
    assert started.info.parameter_count == trainer.model.flat.size
    end = watched.look(after=100.0)
    assert end.state == "finished"
    assert "The program was left." in end.reason
    assert end.update == trainer.update
    assert end.curves.smoothed[-1] == trainer.history.smoothed
    assert set(end.curves.update) <= set(trainer.history.columns()["update"])
    assert end.curves.low.min() == trainer.history.columns()["low"].min()
    assert end.samples
    assert end.samples[-1].update == 0
    assert end.replayed
    assert end.prefix is None


def test_it_goes_on_as_time_goes_by(tmp_path: Path) -> None:
    worked(tmp_path / "log", (0.9, Pause()))
    watched = Watched(tmp_path / "log")
    updates = [watched.look(after=0.1).update for _ in range(6)]
    assert updates == sorted(set(updates))
    assert watched.look().state == "running"


def test_pause_step_and_resume(tmp_path: Path) -> None:
    worked(tmp_path / "log", (0.9, Pause()))
    watched = Watched(tmp_path / "log")
    watched.look(after=0.2)
    watched.ask(Pause())
    before = watched.look(after=5.0)
    assert before.state == "paused"
    watched.ask(Step())
    stepped = watched.look(after=5.0).update
    assert before.update < stepped < before.update + 10, "the next one noted"
    watched.ask(Resume())
    assert watched.look(after=0.2).update > stepped


def test_other_paces(tmp_path: Path) -> None:
    worked(tmp_path / "log", (0.9, Pause()))
    watched = Watched(tmp_path / "log")
    said = watched.ask(SetSpeed(10.0))
    assert isinstance(said, Done)
    assert said.text == "10 updates a second."
    assert 15 <= watched.look(after=2.05).update <= 20
    assert watched.look().updates_per_second == 10


def test_back_and_forth_and_again(tmp_path: Path) -> None:
    worked(tmp_path / "log", (0.9, Pause()))
    watched = Watched(tmp_path / "log")
    end = watched.look(after=100.0).update
    watched.ask(Travel(-25))
    half = watched.look()
    assert half.state == "paused"
    assert 0.3 * end < half.update < 0.7 * end
    watched.ask(Travel(50))
    assert watched.look().update == end
    watched.ask(Restart(None))
    assert watched.look().update == 0
    watched.ask(Travel(50))
    watched.ask(Resume())
    assert watched.look().update == 0, "from the end it begins again"


def test_the_rest_of_an_epoch(tmp_path: Path) -> None:
    worked(tmp_path / "log", (0.9, Pause()))
    watched = Watched(tmp_path / "log")
    watched.ask(RunToEpochEnd())
    found = watched.look(after=5.0)
    assert (found.update, found.state) == (1, "paused")


@pytest.mark.parametrize(
    "command", [SetLearningRate(1.0), Save(Path("x")), OtherBranch(), Restart(7)]
)
def test_nothing_new_can_happen(tmp_path: Path, command: Command) -> None:
    worked(tmp_path / "log", (0.2, Pause()))
    found = Watched(tmp_path / "log").ask(command)
    assert isinstance(found, Refused)
    assert "no network" in found.reason


def test_rewinds_and_branches_are_seen(tmp_path: Path) -> None:
    worked(
        tmp_path / "log",
        (0.3, Pause()), (0.3, Travel(-20)), (0.6, SetLearningRate(0.001)), (0.7, Resume()),
        (0.8, Pause()), (0.9, OtherBranch()),
    )  # fmt: skip
    watched = Watched(tmp_path / "log")
    seen = []
    for _ in range(400):
        now = watched.look(after=0.005)
        if now.past and (not seen or seen[-1] != (now.past.branch, len(now.past.ghosts))):
            seen.append((now.past.branch, len(now.past.ghosts)))
    assert seen == [(1, 0), (2, 1), (1, 1)]
    past = watched.look().past
    assert past is not None
    assert past.branches[1].change.startswith("lr 0.03→")
    assert past.ghosts[0].update[0] == past.branches[1].fork


def test_a_restart_is_a_new_run(tmp_path: Path) -> None:
    worked(tmp_path / "log", (0.3, Restart(5)), (0.5, Pause()))
    watched = Watched(tmp_path / "log")
    watched.look(after=100.0)
    started = [message.info.config.seed for message in watched.said if isinstance(message, Started)]
    assert started == [0, 5]
    watched.ask(Restart(None))
    started = [message.info.config.seed for message in watched.said if isinstance(message, Started)]
    assert started == [0, 5, 0]


def test_what_a_log_says_is_safe_to_paint(tmp_path: Path, hello: Corpus) -> None:
    worked(tmp_path / "log", (0.1, Pause()))
    start, *rest = (tmp_path / "log").read_text().splitlines()
    hostile = json.loads(start)
    hostile |= {"corpus_name": "\x1b]0;x\x07", "notes": ["\x9b31m"], "symbols": ["\x1b"] * 4}
    knob = {"event": "knob", "seconds": 1, "update": 2, "label": "\x1b[2J"}
    lines = [json.dumps(hostile), *rest, json.dumps(knob)]
    (tmp_path / "log").write_text("\n".join(lines) + "\n")
    watched = Watched(tmp_path / "log")
    end = watched.look(after=100.0)
    info = watched.said[0].info  # type: ignore[union-attr]
    painted = [info.corpus_name, *info.notes, *info.symbols, *(m.label for m in end.curves.marks)]
    assert all(text.isprintable() for text in painted)


@pytest.mark.parametrize(("name", "value"), [
    ("symbols", ["h"]), ("config", {"cell": "tree"}), ("windows_per_epoch", 0),
    ("uniform", "x"), ("notes", [3]), ("letters", None),
])  # fmt: skip
def test_a_damaged_start_is_refused(tmp_path: Path, name: str, value: object) -> None:
    worked(tmp_path / "log", (0.1, Pause()))
    start, *rest = (tmp_path / "log").read_text().splitlines()
    damaged = json.dumps(json.loads(start) | {name: value})
    (tmp_path / "log").write_text("\n".join([damaged, *rest]) + "\n")
    with pytest.raises(InputError, match="damaged"):
        open_log(tmp_path / "log")


def test_a_larger_network_with_validation(tmp_path: Path, prose: Corpus) -> None:
    clock = Clock()
    config = Config(preset="auto", hidden_size=5, seq_length=30, batch_size=9, val_fraction=0.3)
    trainer = TimedTrainer(config, prose)
    trainer.clock = clock
    script = Script(clock, [(0.5, Pause()), (0.5, Close())])
    Loop(trainer, script, clock=clock, keeping=Keeping(log=tmp_path / "log")).run()
    end = Watched(tmp_path / "log").look(after=1000.0)
    validations = list(zip(end.curves.val_update, end.curves.validation, strict=True))
    assert validations == trainer.history.validations
    assert validations
