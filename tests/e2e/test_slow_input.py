"""A text that is slow to come, in a real terminal."""

import os
import shlex
import sys
from pathlib import Path

import pytest

from rnn_tui.commands.options import waiting
from rnn_tui.commands.options.waiting import ERASE
from shake.pty_screen import PtyScreen
from tests.marks import needs_proc

SAID = "rnn-tui: reading standard input …, ctrl+c leaves"
TYPED = "ctrl+d on a line of its own ends it, ctrl+c leaves"
TRAIN = ["train", "-", "--updates", "3", "--no-save"]

pytestmark = needs_proc


def terminal(folder: Path, arguments: list[str], source: str) -> PtyScreen:
    """The program in a pty; its standard input is what `source`, a line of sh, redirects."""
    line = f"exec {shlex.join([sys.executable, '-m', 'rnn_tui', *arguments])} {source}"
    code = f"import os; os.execvp('sh', ['sh', '-c', {line!r}])"
    return PtyScreen([], folder, program=["-c", code])


@pytest.fixture
def pipe(tmp_path: Path) -> str:
    os.mkfifo(tmp_path / "pipe")
    return str(tmp_path / "pipe")


def writer(pipe: str, text: bytes) -> int:
    number = os.open(pipe, os.O_RDWR)  # does not wait for a reader
    os.write(number, text)
    return number


@pytest.mark.parametrize("source", ["< pipe", "0<> pipe"])
def test_it_is_said_and_ctrl_c_leaves(tmp_path: Path, pipe: str, source: str) -> None:
    held = writer(pipe, b"hello\n")
    with terminal(tmp_path, TRAIN, source) as screen:
        screen.wait_for_text(SAID)
        screen.press(b"\x03")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 130
        assert ERASE.encode() in screen.painted.partition(SAID.encode())[2]
        assert b"Traceback" not in screen.painted
    os.close(held)


def test_the_line_is_gone_before_the_first_result(tmp_path: Path, pipe: str) -> None:
    held = writer(pipe, b"hello\n")
    with terminal(tmp_path, TRAIN, "< pipe") as screen:
        screen.wait_for_text(SAID)
        os.close(held)
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        after = bytes(screen.painted).partition(SAID.encode())[2]
        assert after.startswith(ERASE.encode())


def test_a_screen_opens_when_its_text_is_there(tmp_path: Path, pipe: str) -> None:
    held = writer(pipe, b"hello\n")
    with terminal(tmp_path, ["-"], "< pipe") as screen:
        screen.wait_for_text(SAID)
        os.close(held)
        screen.wait_for_text("running")
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert not screen.broken


def test_a_named_pipe_that_nobody_writes_to(tmp_path: Path, pipe: str) -> None:
    with terminal(tmp_path, ["train", "pipe", "--updates", "3"], "") as screen:
        screen.wait_for_text("rnn-tui: reading the pipe …, ctrl+c leaves")
        screen.press(b"\x03")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 130


def test_nothing_is_said_where_standard_error_is_no_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_timer(*_: object) -> None:
        raise AssertionError("it would be said later")

    monkeypatch.setattr(waiting.threading, "Timer", no_timer)
    with waiting.said_while_slow("standard input"):
        pass
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(("key", "code"), [(b"\x04", 0), (b"\x03", 130)])
def test_a_text_can_be_typed(tmp_path: Path, key: bytes, code: int) -> None:
    with terminal(tmp_path, TRAIN, "") as screen:
        screen.wait_for_text(TYPED)
        screen.press(b"hello\n")
        screen.wait_for(lambda: not screen.unread, "reading")
        screen.press(key)
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == code
        assert b"Traceback" not in screen.painted
        assert SAID.encode() not in screen.painted


def test_a_screen_hears_keys_after_its_text_was_typed(tmp_path: Path) -> None:
    with terminal(tmp_path, ["-"], "") as screen:
        screen.wait_for_text(TYPED)
        screen.press(b"hello\n\x04")
        screen.wait_for_text("running")
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert not screen.broken
