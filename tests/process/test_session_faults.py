"""Faults of the worker process, for real: half an update, no memory, a screen that is killed."""

import itertools
import os
import queue
import resource
import select
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar, cast

import pytest

from rnn_tui.process.session import Session
from rnn_tui.protocol.commands import Look, View
from rnn_tui.protocol.job import Job, Keeping
from rnn_tui.protocol.replies import Failed, Lost, Message, Notice
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.training.checkpoint.file import load
from tests.live.desk import HELLO, hello
from tests.process.faults import AT, Fault, FaultyJob

DEADLINE = 30.0
T = TypeVar("T")
Open = Callable[..., tuple[Session, "Listener"]]


class Listener:
    def __init__(self) -> None:
        self.messages: queue.Queue[Message] = queue.Queue()

    def wait_for(self, *kinds: type[Any]) -> Any:
        message: Any = None
        while not isinstance(message, kinds):
            message = self.messages.get(timeout=DEADLINE)
        return message


@pytest.fixture
def open_session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Open]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    sessions = []

    def open_one(fault: Fault | None = None, **settings: Any) -> tuple[Session, Listener]:
        listener = Listener()
        session = Session(HELLO, hello(), listener.messages.put, **settings)
        sessions.append(session)
        if fault:
            job = {field.name: getattr(session._job, field.name) for field in fields(Job)}
            session._job = FaultyJob(**job, fault=fault)
        session.start()
        return session, listener

    yield open_one
    for session in sessions:
        session.close()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [("memory", "out of memory"), ("raises", "ZeroDivisionError: in the middle␛[2J")],
)
def test_half_an_update_is_told_and_a_new_worker_goes_on_before_it(
    open_session: Open, tmp_path: Path, fault: Fault, reason: str
) -> None:
    file = tmp_path / "kept" / "a.safetensors"
    session, listener = open_session(fault, keeping=Keeping(file))
    failed = listener.wait_for(Failed)
    assert failed.reason == reason
    assert "half_a_step" in failed.details
    kept = load(file).update
    assert 0 < kept < AT
    session.restart()
    assert listener.wait_for(Notice).text.startswith(f"Goes on from update {kept}, saved ")
    session.send(Look(View()))
    assert listener.wait_for(Snapshot).update >= kept


def test_without_autosaves_it_begins_again_and_says_so(open_session: Open) -> None:
    session, listener = open_session("raises")
    listener.wait_for(Failed)
    session.restart()
    said = listener.wait_for(Notice).text
    assert said == "Begun again at update 0: nothing of this run had been saved."


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="needs prlimit")
def test_when_the_system_gives_no_more_memory_it_falls_and_can_start_again(
    open_session: Open,
) -> None:
    session, listener = open_session()
    session.send(Look(View()))
    listener.wait_for(Snapshot)
    limits = (1 << 20, resource.RLIM_INFINITY)
    resource.prlimit(cast(int, session.pid), resource.RLIMIT_AS, limits)
    fell = None
    for size in itertools.cycle(range(1, 4_000, 7)):  # each curve is longer than the one before
        session.send(Look(View(bins=size)))
        fell = listener.wait_for(Failed, Lost, Snapshot)
        if not isinstance(fell, Snapshot):
            break
    assert isinstance(fell, Lost) or "memory" in fell.reason.lower()
    session.restart()
    session.send(Look(View()))
    assert listener.wait_for(Snapshot).update >= 0


SCRIPT = """
import sys

from tests.process.test_session_faults import stuck
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.process.session import Session

if __name__ == "__main__":
    corpus = corpus_from_bytes(b"hello", "hello.txt")
    session = Session(PRESETS["hello"], corpus, lambda message: None)
    session._job = stuck(session._job)
    session.start()
    print(session.pid, flush=True)
    sys.stdin.read()
"""


class StuckJob(Job):
    """A job that is one update without end."""

    def __reduce__(self) -> Any:
        return wait_without_end, ()


def wait_without_end() -> None:
    print("stuck", flush=True)
    while True:
        pass


def stuck(job: Job) -> Job:
    return StuckJob(job.config, job.corpus)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for a process by its descriptor")
def test_a_worker_amid_an_endless_update_goes_with_the_screen(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    (tmp_path / "program.py").write_text(SCRIPT)
    log = tmp_path / "state/rnn-tui/log/worker.log"
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py")],
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONPATH": str(root)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as program:  # fmt: skip
        assert program.stdout is not None
        worker = os.pidfd_open(int(program.stdout.readline()))  # type: ignore[attr-defined, unused-ignore]
        try:
            while not (log.exists() and "stuck" in log.read_text()):
                assert select.select([worker], [], [], 0.02)[0] == []
            program.kill()
            assert select.select([worker], [], [], DEADLINE)[0] == [worker]
        finally:
            os.close(worker)
