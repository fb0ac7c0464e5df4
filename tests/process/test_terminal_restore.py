import os
import sys
import termios
from multiprocessing import Pipe
from pathlib import Path

import pytest

from rnn_tui.process.main import is_broken
from rnn_tui.process.terminal_restore import GIVE_BACK, SavedTerminal, saved_terminal

SCRIPT = """
import os, signal, sys, tty
from rnn_tui.process.terminal_restore import saved_terminal
before = saved_terminal(0)
tty.setraw(0)
if os.fork() == 0:
    os.setpgid(0, 0)  # no longer in the foreground
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    before.restore()
    os._exit(7)
sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
"""


def test_the_terminal_is_given_back_from_the_background() -> None:
    ours, theirs = os.openpty()
    settings = termios.tcgetattr(theirs)
    root = str(Path(__file__).parents[2])
    program = os.fork()
    if program == 0:
        os.login_tty(theirs)
        os.execve(sys.executable, ["python", "-c", SCRIPT], {**os.environ, "PYTHONPATH": root})
    assert os.waitstatus_to_exitcode(os.waitpid(program, 0)[1]) == 7
    assert termios.tcgetattr(theirs) == settings
    assert os.read(ours, 1_000) == GIVE_BACK
    os.close(ours)
    os.close(theirs)


def test_without_a_terminal_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    before = saved_terminal(reading)
    assert before == SavedTerminal(None)
    before.restore()
    os.close(reading)
    os.close(writing)
    monkeypatch.setattr("rnn_tui.process.terminal_restore.TERMINAL", "/no/terminal")
    SavedTerminal([1]).restore()


def test_what_was_not_heard_is_no_end() -> None:
    ours, theirs = Pipe()
    with ours:
        assert not is_broken(ours)
        theirs.send("a question nobody will answer")
        assert not is_broken(ours)
        theirs.send("another")
        theirs.close()
        assert is_broken(ours)
