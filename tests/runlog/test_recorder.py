"""What is noted, and how much of it."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.runlog.file import LogFile, require_log_target
from rnn_tui.runlog.reader import read_log
from rnn_tui.runlog.rhythm import LOG
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer
from tests.runlog.cases import Recorded, lines

PROSE = Config(
    preset="auto", hidden_size=5, seq_length=11, batch_size=20, val_fraction=0.2, learning_rate=0.01
)


@dataclass(frozen=True, eq=False)
class Written:
    update: int
    ids: np.ndarray
    probs: np.ndarray
    temperature: float = 0.8


def test_every_update_of_a_short_run(tmp_path: Path, hello: Corpus) -> None:
    run = Recorded(tmp_path / "log", Trainer(PRESETS["hello"], hello), takes=0.0001)
    losses = run.train(LOG.first)
    noted = lines(tmp_path / "log", "update")
    assert [event["loss"] for event in noted] == losses
    assert noted[-1]["smoothed"] == run.trainer.history.smoothed
    assert noted[-1]["grad_norm"] == run.trainer.grad_norm


def test_a_long_run_grows_slowly_and_loses_no_extreme(tmp_path: Path, hello: Corpus) -> None:
    run = Recorded(tmp_path / "log", Trainer(PRESETS["hello"], hello), takes=0.01)
    run.train(LOG.first)
    run.trainer.set_learning_rate(0.9)
    wild = run.train(1000)
    noted = [e for e in lines(tmp_path / "log", "update") if e["update"] > LOG.first]
    assert 150 < len(noted) < 210, "one in a twentieth of a second"
    assert max(event["high"] for event in noted) == max(wild)
    assert min(event["low"] for event in noted) == min(wild)
    run.clock.now += 1e6
    run.train(3000)
    late = [e for e in lines(tmp_path / "log", "update") if e["update"] > LOG.first + 1000]
    assert len(late) < 3, "one in a thousandth of the time gone by"


def test_validations_knobs_and_states(tmp_path: Path, prose: Corpus) -> None:
    run = Recorded(tmp_path / "log", Trainer(PROSE, prose))
    run.train(30)
    run.trainer.set_learning_rate(0.002)
    run.train(20)
    run.look("paused", reason="Paused.", temperature=0.5)
    run.look("paused", reason="Paused.", temperature=0.5)
    run.recorder.end("left", 50)
    path = tmp_path / "log"
    validations = [(e["update"], e["loss"]) for e in lines(path, "validation")]
    assert validations == run.trainer.history.validations
    assert len(validations) > 1
    knobs = [(e["update"], e["label"]) for e in lines(path, "knob")]
    assert knobs == [(30, "lr 0.01→0.002")]
    states = [(e["update"], e["state"], e["temperature"]) for e in lines(path, "state")]
    assert states == [(1, "running", 0.0), (50, "paused", 0.5)]
    assert lines(path)[-1]["event"] == "end"


def test_samples_are_thinned_too(tmp_path: Path, hello: Corpus) -> None:
    run = Recorded(tmp_path / "log", Trainer(PRESETS["hello"], hello))
    for second in range(20):
        sample = Written(second, np.array([0, 1, 2, 2, 3]), np.full(5, 1 / 3))
        run.look(samples=(sample,))
        run.look(samples=(sample,))
        run.clock.now += 0.4
    noted = lines(tmp_path / "log", "sample")
    assert [event["update"] for event in noted] == [0, 3, 6, 9, 12, 15, 18]
    assert (noted[0]["text"], noted[0]["probs"]) == ("hello", [0.333] * 5)


def test_a_number_that_is_none_is_null(tmp_path: Path, hello: Corpus) -> None:
    run = Recorded(tmp_path / "log", Trainer(PRESETS["hello"], hello))
    run.train(1)
    run.trainer.grad_norm = float("inf")
    run.look("diverged")
    run.train(1)
    run.trainer.history.add(3, float("inf"))
    run.trainer.update = run.timeline.branch.head = 3
    run.look("diverged")
    assert lines(tmp_path / "log", "update")[-1]["loss"] is None


def test_it_is_appended_to(tmp_path: Path, hello: Corpus) -> None:
    path = tmp_path / "log"
    Recorded(path, Trainer(PRESETS["hello"], hello)).train(3)
    before = path.read_bytes()
    path.write_bytes(before + b'{"event":"update","sec')
    Recorded(path, Trainer(replace(PRESETS["hello"], seed=4), hello)).train(2)
    log = read_log(path)
    assert path.read_bytes().startswith(before)
    assert log.broken == 1
    assert [event["event"] for event in log.events].count("start") == 2


@pytest.mark.parametrize("cut", [1, 2, 17])
def test_a_cut_last_line_is_left_out(tmp_path: Path, hello: Corpus, cut: int) -> None:
    path = tmp_path / "log"
    Recorded(path, Trainer(PRESETS["hello"], hello)).train(4)
    whole = read_log(path).events
    path.write_bytes(path.read_bytes()[:-cut])
    log = read_log(path)
    missing = 0 if cut == 1 else 1  # the newline alone
    assert log.events == whole[: len(whole) - missing]
    assert log.broken == missing


def test_what_cannot_be_written_is_told_once(tmp_path: Path) -> None:
    said: list[str] = []
    file = LogFile(tmp_path / "no" / "log", said.append)
    file.write({"event": "update"})
    file.close()
    assert len(said) == 1
    assert "No such file" in said[0]


def test_a_full_disk_is_told_once() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    said: list[str] = []
    file = LogFile(Path("/dev/full"), said.append)
    file.write({"event": "update"})
    file.write({"event": "update"})
    assert said == ["The log is not written any more: /dev/full: No space left on device."]


def test_only_a_log_is_appended_to(tmp_path: Path, hello: Corpus) -> None:
    path = tmp_path / "log"
    require_log_target(path)
    assert not path.exists()
    Recorded(path, Trainer(PRESETS["hello"], hello))
    require_log_target(path)
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    with pytest.raises(InputError, match="something else than a log"):
        require_log_target(other)
    os.mkfifo(tmp_path / "pipe")
    for strange in (tmp_path, tmp_path / "pipe"):
        with pytest.raises(InputError, match="is no log"):
            require_log_target(strange)
        with pytest.raises(InputError, match="is no log"):
            read_log(strange)
    with pytest.raises(InputError, match="cannot write"):
        require_log_target(tmp_path / "no" / "log")


@pytest.mark.parametrize(("text", "message"), [
    ("", "is not a log"),
    ('{"event":"update"}\n', "is not a log"),
    ('{"event":"start","format":"rnn-tui log","version":9}\n', "newer rnn-tui"),
    ('{"event":"start","format":"rnn-tui log","version":"1"}\n', "first line is damaged"),
])  # fmt: skip
def test_what_is_no_log(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "log").write_text(text)
    with pytest.raises(InputError, match=message):
        read_log(tmp_path / "log")
