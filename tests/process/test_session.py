"""The session with a real process; each start costs half a second, so each test does a lot."""

import multiprocessing
import os
import queue
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import pytest

import rnn_tui.process.session
from rnn_tui.errors import InputError
from rnn_tui.nn.names import DTypeName
from rnn_tui.process.link import Link
from rnn_tui.process.session import Session
from rnn_tui.protocol.commands import Look, Pause, Save, SetSpeed, Step, View
from rnn_tui.protocol.replies import Done, Failed, Lost, Message, Refused, Started
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.trainer import Trainer
from tests.live.desk import HELLO, LOOK, hello

DEADLINE = 30.0
T = TypeVar("T")


class Listener:
    """Keeps what the session says until the test asks for it."""

    def __init__(self) -> None:
        self.messages: queue.Queue[Message] = queue.Queue()

    def wait_for(self, kind: type[T]) -> T:
        message: Any = None
        while not isinstance(message, kind):
            message = self.messages.get(timeout=DEADLINE)
        return message

    def rest(self) -> list[Message]:
        return [self.messages.get() for _ in range(self.messages.qsize())]


Open = Callable[..., tuple[Session, Listener]]


@pytest.fixture
def open_session(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Open]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    sessions = []

    def open_one(**settings: Any) -> tuple[Session, Listener]:
        listener = Listener()
        config = replace(HELLO, **settings.pop("config", {}))
        session = Session(config, hello(), listener.messages.put, **settings)
        sessions.append(session)
        session.start()
        return session, listener

    yield open_one
    for session in sessions:
        session.close()


def is_gone(pid: int | None) -> bool:
    assert pid is not None
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def test_start_look_step_save_close(open_session: Open, tmp_path: Path) -> None:
    session, listener = open_session(paused=True, notes=("One note.",))
    assert listener.wait_for(Started).info.notes == ("One note.",)
    session.send(LOOK)
    assert listener.wait_for(Snapshot).update == 0
    tickets = [session.send(Step()) for _ in range(17)]
    assert [listener.wait_for(Done).ticket for _ in tickets] == tickets
    session.send(Look(View(prefix="hel")))
    snapshot = listener.wait_for(Snapshot)
    assert (snapshot.update, snapshot.state) == (17, "paused")
    path = tmp_path / "run.safetensors"
    session.send(Save(path))
    pid = session.pid
    session.close()
    assert is_gone(pid)
    assert not session.alive
    alone = Trainer(HELLO, hello())
    losses = [alone.step().loss for _ in range(17)]
    assert snapshot.loss == losses[-1]
    assert np.array_equal(load(path).model().flat, alone.model.flat)
    assert not any(isinstance(message, Lost) for message in listener.rest())


def test_a_killed_worker_is_lost_its_commands_refused_and_another_can_start(
    open_session: Open,
) -> None:
    session, listener = open_session(paused=True)
    listener.wait_for(Started)
    pid = cast(int, session.pid)
    os.kill(pid, signal.SIGSTOP)
    ticket = session.send(Pause())
    os.kill(pid, signal.SIGKILL)
    lost = listener.wait_for(Lost)
    assert lost.exit_code == -signal.SIGKILL
    assert lost.reason == "The worker was killed by signal 9 (SIGKILL): perhaps memory ran out."
    assert listener.wait_for(Refused) == Refused(ticket, Pause(), "The worker is gone.")
    assert not session.alive
    late = session.send(SetSpeed(3.0))
    assert listener.wait_for(Refused).ticket == late
    session.send(LOOK)
    session.restart()
    listener.wait_for(Started)
    session.send(LOOK)
    assert listener.wait_for(Snapshot).update == 0
    assert session.pid != pid


def test_what_is_asked_of_a_worker_that_is_being_buried_is_answered_after_its_end(
    open_session: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, listener = open_session(paused=True)
    listener.wait_for(Started)
    tickets = []
    bury = Link._bury

    def ask_and_bury(link: Link) -> None:
        link.outbox.close()
        tickets.append(session.send(Pause()))
        bury(link)

    monkeypatch.setattr(Link, "_bury", ask_and_bury)
    os.kill(cast(int, session.pid), signal.SIGKILL)
    said = listener.messages.get(timeout=DEADLINE)
    assert isinstance(said, Lost)
    assert listener.wait_for(Refused) == Refused(tickets[0], Pause(), "The worker is gone.")


def test_a_stopped_worker_can_be_replaced_and_closed(
    open_session: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rnn_tui.process.session, "GRACE", 0.05)
    session, listener = open_session(paused=True)
    listener.wait_for(Started)
    first = cast(int, session.pid)
    os.kill(first, signal.SIGSTOP)
    for _ in range(5_000):
        session.send(LOOK)  # more than a pipe holds, were they not dropped
    session.restart()
    assert is_gone(first)
    listener.wait_for(Started)
    second = cast(int, session.pid)
    os.kill(second, signal.SIGINT)
    os.kill(second, signal.SIGHUP)
    session.send(LOOK)
    listener.wait_for(Snapshot)
    os.kill(second, signal.SIGSTOP)
    session.close()
    assert is_gone(second)
    assert not any(isinstance(message, Lost) for message in listener.rest())


def test_a_worker_that_raises_tells_why(open_session: Open) -> None:
    session, listener = open_session(config={"dtype": cast(DTypeName, "float\x1b[2J")})
    ticket = session.send(Pause())
    failed = listener.wait_for(Failed)
    assert listener.messages.get(timeout=DEADLINE) == Refused(
        ticket, Pause(), "The worker is gone."
    )
    assert failed.reason.startswith("TypeError: ")
    assert "Traceback" in failed.details
    assert "\x1b" not in failed.reason + failed.details
    assert "TypeError" in session.log_path.read_text()


def test_a_listener_that_raises_leaves_no_worker_behind(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    heard, raised = queue.SimpleQueue[Message](), queue.SimpleQueue[Any]()
    monkeypatch.setattr(threading, "excepthook", raised.put)

    def hear_once(message: Message) -> None:
        heard.put(message)
        if isinstance(message, Started):
            raise RuntimeError("the screen is gone")

    session = Session(HELLO, hello(), hear_once)
    session.start()
    pid = session.pid
    assert isinstance(heard.get(timeout=DEADLINE), Started)
    assert isinstance(heard.get(timeout=DEADLINE), Lost)
    assert is_gone(pid)
    assert raised.get(timeout=DEADLINE).exc_type is RuntimeError  # said, not swallowed
    session.close()


def test_closing_before_it_is_ready_and_closing_twice(open_session: Open) -> None:
    session, _ = open_session()
    pid = session.pid
    session.close()
    assert is_gone(pid)
    session.close()


def test_what_cannot_be_started_is_lost(
    open_session: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError("no more\x1b processes")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refuse)
    session, listener = open_session()
    assert listener.wait_for(Lost).reason == "The worker cannot be started: no more␛ processes."
    session.close()


@pytest.mark.parametrize("name", ["to the worker", "from the worker"])
def test_without_a_thread_the_worker_is_taken_back(
    open_session: Open, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    session, listener = open_session()
    listener.wait_for(Started)
    start, pids = threading.Thread.start, []

    def limited(thread: threading.Thread) -> None:
        if thread.name == name:
            pids.extend(child.pid for child in multiprocessing.active_children())
            raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", limited)
    session.restart()
    reason = listener.wait_for(Lost).reason
    assert reason.startswith("The worker cannot be started: ")
    assert "no more processes or threads" in reason
    assert not session.alive
    with pytest.raises(InputError, match="no more processes or threads"):
        session.start()
    assert len(pids) == 2
    assert all(is_gone(pid) for pid in pids)
    assert not [thread for thread in threading.enumerate() if thread.name == "to the worker"]


SCRIPT = """
import os, sys, warnings
from dataclasses import replace
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.protocol.job import Job
from rnn_tui.protocol.replies import Started
from rnn_tui.process.session import Session

def arrive(*fields):
    print("STRAY print")
    os.write(1, b"STRAY bytes\\n")
    warnings.warn("STRAY warning", RuntimeWarning)
    return Job(*fields)

class Loud(Job):
    def __reduce__(self):
        return arrive, (self.config, self.corpus, self.paused)

if __name__ == "__main__":
    ready = []
    def listen(message):
        if isinstance(message, Started):
            print("worker", session.pid, flush=True)
    corpus = corpus_from_bytes(b"hello", "hello.txt")
    session = Session(PRESETS["hello"], corpus, listen)
    session._job = Loud(PRESETS["hello"], corpus)
    session.start()
    sys.stdin.read()
    session.close()
    print("closed", flush=True)
"""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A program with a session, in a folder with a module that would break the worker's start."""
    (tmp_path / "socket.py").write_text("raise RuntimeError('STRAY module')")
    script = tmp_path / "scripts" / "program.py"
    script.parent.mkdir()
    script.write_text(SCRIPT)
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONPATH": str(root)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as running:  # fmt: skip
        yield running
        running.kill()


def test_nothing_the_worker_prints_reaches_the_terminal(
    program: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert program.stdout is not None
    assert program.stdout.readline().startswith("worker ")
    output, _ = program.communicate("", timeout=DEADLINE)
    assert output == "closed\n"
    assert program.returncode == 0
    log = (tmp_path / "state/rnn-tui/log/worker.log").read_text()
    assert "STRAY print\nSTRAY bytes\n" in log
    assert "STRAY warning" in log


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="waits for a process by its descriptor")
def test_when_the_screen_is_killed_the_worker_leaves(program: subprocess.Popen[str]) -> None:
    assert program.stdout is not None
    pid = int(program.stdout.readline().split()[1])
    worker = os.pidfd_open(pid)  # type: ignore[attr-defined, unused-ignore]
    try:
        assert select.select([worker], [], [], 0)[0] == []
        program.kill()
        assert select.select([worker], [], [], DEADLINE)[0] == [worker]
    finally:
        os.close(worker)
