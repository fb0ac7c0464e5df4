import multiprocessing
import os
import signal
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from rnn_tui.errors import InputError
from rnn_tui.nn.names import DTypeName
from rnn_tui.process.output_log import BOUND, log_path, shorten
from rnn_tui.process.parent_watch import leave_with_parent
from rnn_tui.process.service import LONGEST_DETAILS, failure, in_one_line, serve
from rnn_tui.process.spawn import spawning
from rnn_tui.protocol.commands import Close
from rnn_tui.protocol.job import Job
from rnn_tui.protocol.replies import Done, Failed, Left, Started
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, LOOK, Clock, Script, hello, looks


def run(job: Job, *arrivals: Any) -> tuple[int, Script]:
    script = Script(Clock(), [(0.0, command) for command in arrivals])
    return serve(job, cast(Any, script), Path(os.devnull)), script


def test_a_job_ends_well_when_closed_or_left_alone() -> None:
    code, script = run(Job(HELLO, hello(), paused=True), Close())
    assert code == 0
    assert [type(message) for message in script.sent] == [Started, Done, Left]
    assert run(Job(HELLO, hello()))[0] == 0


def test_a_job_that_fails_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, script = run(Job(replace(HELLO, dtype=cast(DTypeName, "float99")), hello()))
    assert code == 1
    assert isinstance(script.sent[-1], Failed)
    assert "float99" in script.sent[-1].reason
    assert "Traceback" in capsys.readouterr().out


def test_a_job_goes_on_from_a_checkpoint(tmp_path: Path) -> None:
    trainer = Trainer(HELLO, hello())
    for _ in range(6):
        trainer.step()
    save(tmp_path / "six", trainer)
    job = Job(
        HELLO,
        hello(),
        paused=True,
        notes=("One note.",),
        checkpoint=load(tmp_path / "six"),
        overrides={"learning_rate": 0.2},
    )
    _, script = run(job, LOOK, Close())
    assert script.sent[0].info.notes[0] == "One note."
    assert "update 6" in script.sent[0].info.notes[1]
    (snapshot,) = looks(script)
    assert (snapshot.update, snapshot.reason) == (6, "Paused after update 6.")
    assert snapshot.loss == trainer.history.loss
    assert snapshot.learning_rate == 0.2


def test_a_failure_is_one_safe_line_and_a_bounded_story() -> None:
    try:
        raise ValueError("bad \x1b]0;title\x07\nsecond line" + "x" * 10 * LONGEST_DETAILS)
    except ValueError as error:
        failed = failure(error)
    assert failed.reason == "ValueError: bad ␛]0;title␇"
    assert len(failed.details) <= LONGEST_DETAILS
    assert not set(map(ord, failed.details)) & ({*range(32)} - {10})


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            InputError("this checkpoint belongs to another text"),
            "this checkpoint belongs to another text",
        ),
        (MemoryError(), "out of memory"),
        (MemoryError("Unable to allocate 9 TiB"), "out of memory: Unable to allocate 9 TiB"),
        (KeyError("h"), "KeyError: 'h'"),
    ],
)
def test_every_failure_has_a_sentence(error: Exception, said: str) -> None:
    assert in_one_line(error) == said


def test_a_worker_is_born_into_a_safe_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    before = dict(os.environ)
    with spawning():
        assert os.environ["PYTHONSAFEPATH"] == "1"
        assert os.environ["OPENBLAS_NUM_THREADS"] == "1"
        assert os.environ["OMP_NUM_THREADS"] == "7"
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])
    assert dict(os.environ) == before
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])


def test_the_log_goes_where_it_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    assert tmp_path / "state" in log_path("worker.log").parents
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file" / "state"))
    assert tmp_path / "temporary" in log_path("worker.log").parents
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "file"))
    assert log_path("worker.log") == Path(os.devnull)


def test_a_log_that_has_grown_long_keeps_its_newer_half(tmp_path: Path) -> None:
    path = tmp_path / "worker.log"
    with path.open("ab") as writer:
        writer.write(b"old" * (BOUND // 3 - 100))
        writer.flush()
        shorten(path)
        assert path.stat().st_size == BOUND // 3 * 3 - 300
        writer.write(b"new" * 200)
        writer.flush()
        shorten(path)
        writer.write(b"!")
    text = path.read_bytes()
    assert len(text) == BOUND // 2 + 1
    assert text.endswith(b"oldnew" + b"new" * 199 + b"!")
    shorten(tmp_path / "missing")


def test_without_a_thread_a_worker_works_unwatched_and_its_log_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr("multiprocessing.parent_process", multiprocessing.current_process)
    monkeypatch.setattr(threading.Thread, "start", refuse)
    leave_with_parent(lambda: None)
    said = capsys.readouterr().out
    assert said.startswith("The parent is not watched: ")
    assert "no more processes or threads" in said


def test_without_any_folder_for_temporary_files_a_log_is_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    (tmp_path / "state").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(tempfile, "gettempdir", refuse)
    assert log_path("worker.log") == Path(os.devnull)
    (tmp_path / "state").unlink()
    assert log_path("worker.log").is_relative_to(tmp_path)
