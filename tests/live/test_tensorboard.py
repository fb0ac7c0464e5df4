"""What `--tensorboard` writes, read back record by record; beside the log of the same run."""

import errno
import os
import signal
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn_tui.live.sinks import Sinks
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.runlog.cases import Recorded, lines

pytest.importorskip("tensorboardX")
from tensorboardX.proto.event_pb2 import Event
from tensorboardX.record_writer import RecordWriter

from rnn_tui.live.tensorboard import SCALARS, SPEED, TensorBoard

PROSE = Config(
    preset="auto", hidden_size=5, seq_length=11, batch_size=20, val_fraction=0.2, learning_rate=0.01
)


def masked_crc32c(data: bytes) -> int:
    """CRC-32C bit by bit, turned as records have it."""
    total = 0xFFFFFFFF
    for byte in data:
        total ^= byte
        for _ in range(8):
            total = total >> 1 ^ (0x82F63B78 if total & 1 else 0)
    total ^= 0xFFFFFFFF
    return ((total >> 15 | total << 17) + 0xA282EAD8) & 0xFFFFFFFF


def read(folder: Path) -> list[Event]:
    """All events in a folder, file by file."""
    events = []
    for path in sorted(folder.glob("*tfevents*")):
        data = path.read_bytes()
        while data:
            (length,) = struct.unpack("<Q", data[:8])
            head, body, tail = data[8:12], data[12 : 12 + length], data[12 + length : 16 + length]
            assert struct.unpack("<I", head) == (masked_crc32c(data[:8]),)
            assert struct.unpack("<I", tail) == (masked_crc32c(body),)
            events.append(Event.FromString(body))
            data = data[16 + length :]
    assert events[0].file_version == "brain.Event:2"
    return events


def scalars(events: list[Event], tag: str) -> list[tuple[int, float]]:
    return [
        (event.step, value.simple_value)
        for event in events
        for value in event.summary.value
        if value.tag == tag
    ]


def texts(events: list[Event], tag: str) -> list[tuple[int, str]]:
    return [
        (event.step, value.tensor.string_val[0].decode())
        for event in events
        for value in event.summary.value
        if value.tag.startswith(tag)
    ]


def recorded(folder: Path, corpus: Corpus, config: Config = PROSE) -> Recorded:
    """A run with a log and, in the same folder, the same for TensorBoard."""
    run = Recorded(folder / "log", Trainer(config, corpus))
    board = TensorBoard(folder / "board", run.said.append, lambda: 1e9 + run.clock.now)
    log = run.recorder.file
    run.recorder.file = Sinks([log, board])
    for event in lines(folder / "log"):
        board.write(event)
    return run


def test_the_numbers_are_those_of_the_log(tmp_path: Path, prose: Corpus) -> None:
    run = recorded(tmp_path, prose)
    run.train(30)
    run.trainer.set_learning_rate(0.002)
    run.train(12)
    run.recorder.end("Over.", run.trainer.update)
    (folder,) = (tmp_path / "board").iterdir()
    assert folder.name == "prose-1"
    events, updates = read(folder), lines(tmp_path / "log", "update")
    assert len(updates) == 42
    for name, tag in SCALARS.items():
        expected = [(event["update"], float(np.float32(event[name]))) for event in updates]
        assert scalars(events, tag) == expected
    validations = lines(tmp_path / "log", "validation")
    assert [step for step, _ in scalars(events, "loss/validation")] == [
        event["update"] for event in validations
    ]
    assert {speed for _, speed in scalars(events, SPEED)} == {4.0}, "four updates a second"
    assert texts(events, "knob") == [(30, "    lr 0.01→0.002")]
    ((_, settings),) = texts(events, "settings")
    assert "    hidden_size = 5" in settings.split("\n")


def test_a_branch_is_a_folder_of_its_own(tmp_path: Path, prose: Corpus) -> None:
    board = TensorBoard(tmp_path, list[Any]().append)
    update = {"loss": 2.0, "smoothed": 2.5, "grad_norm": 1.0, "learning_rate": 0.1}
    board.write({"event": "start", "corpus_name": "../../a b.txt", "config": {}, "update": 0})
    board.write({"event": "update", "update": 1, "seconds": 1.0, **update})
    board.write({"event": "branch", "number": 2, "parent": 1, "update": 0, "marks": []})
    board.write({"event": "update", "update": 1, "seconds": 2.0, **update, "loss": float("nan")})
    board.write({"event": "branch", "number": 1, "update": 1})
    board.write({"event": "update", "update": 2, "seconds": 3.0, **update, "loss": 1.5})
    board.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a_b-1", "a_b-1-branch-2"]
    assert scalars(read(tmp_path / "a_b-1"), "loss/each_update") == [(1, 2.0), (2, 1.5)]
    assert scalars(read(tmp_path / "a_b-1-branch-2"), "loss/each_update") == []
    again = TensorBoard(tmp_path, list[Any]().append)
    again.write({"event": "start", "corpus_name": "a b.txt", "config": {}, "update": 7})
    again.close()
    assert (tmp_path / "a_b-2").is_dir(), "another run's folder is let alone"


def test_a_full_disk_is_told_once_and_training_goes_on(
    tmp_path: Path, prose: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = recorded(tmp_path, prose)
    run.train(3)

    def full(self: RecordWriter, data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(RecordWriter, "write", full)
    run.train(9)
    run.recorder.end("Over.", run.trainer.update)
    (said,) = run.said
    assert said.startswith("Nothing is written for TensorBoard any more: ")
    assert said.endswith("board: No space left on device.")
    assert len(lines(tmp_path / "log", "update")) == 12


def rnn_tui(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "rnn_tui", *words]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)


@pytest.mark.process
def test_train_writes_it_and_closes_it_at_ctrl_c(tmp_path: Path) -> None:
    (tmp_path / "abc.txt").write_text("abcabcabd" * 40)
    command = [sys.executable, "-m", "rnn_tui", "train", "abc.txt", "--updates", "1000000"]
    more = ["--no-save", "--json", "--tensorboard", "board/new"]
    with subprocess.Popen(
        [*command, *more], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        done = [process.stdout.readline() for _ in range(40)]
        process.send_signal(signal.SIGINT)
        _, err = process.communicate()
    assert len(done) == 40
    assert "Traceback" not in err
    noted = scalars(read(tmp_path / "board" / "new" / "abc-1"), "loss/each_update")
    assert len(noted) > 30
    assert [step for step, _ in noted] == sorted({step for step, _ in noted})


@pytest.mark.process
def test_a_folder_that_cannot_be_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "abc.txt").write_text("abcabcabd" * 40)
    for folder in ("abc.txt", "abc.txt/x", "a" * 300, "abc.txt/\x1b[31m", "/proc/nowhere"):
        found = rnn_tui("train", "abc.txt", "--updates", "9", "--tensorboard", folder,
                        folder=tmp_path)  # fmt: skip
        assert found.returncode == 2
        assert found.stdout == ""
        assert found.stderr.count("\n") == 1
        assert "--tensorboard " in found.stderr
        assert "\x1b" not in found.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["abc.txt"]
