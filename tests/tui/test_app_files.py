import fcntl
import os
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from rnn_tui.errors import InputError
from rnn_tui.process.output_log import BOUND
from rnn_tui.tui.terminal import fault_log, terminal


class Stream:
    def __init__(self, is_terminal: bool) -> None:
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


@pytest.mark.parametrize(
    ("stdin", "stderr", "named"),
    [
        (Stream(False), Stream(True), "standard input"),
        (Stream(True), Stream(False), "standard error"),
        (None, Stream(True), "standard input"),
        (Stream(True), None, "standard error"),
    ],
)
def test_no_screen_without_a_terminal(
    monkeypatch: pytest.MonkeyPatch, stdin: Stream | None, stderr: Stream | None, named: str
) -> None:
    monkeypatch.setattr("sys.__stdin__", stdin)
    monkeypatch.setattr("sys.__stderr__", stderr)
    with pytest.raises(InputError, match=f"{named} is not one; .*`rnn-tui train "):
        terminal.require_terminal()


def test_two_terminals_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.__stdin__", Stream(True))
    monkeypatch.setattr("sys.__stderr__", Stream(True))
    terminal.require_terminal()


@pytest.mark.parametrize("keyboard", [True, False])
def test_a_corpus_on_standard_input_needs_another_keyboard(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, keyboard: bool
) -> None:
    (tmp_path / "tty").touch()
    monkeypatch.setattr(terminal, "_KEYBOARD", str(tmp_path / ("tty" if keyboard else "none")))
    monkeypatch.setattr("sys.__stdin__", Stream(False))
    monkeypatch.setattr("sys.__stderr__", Stream(True))
    if keyboard:
        terminal.require_terminal(stdin_is_corpus=True)
    else:
        with pytest.raises(InputError, match="no terminal to read keys from"):
            terminal.require_terminal(stdin_is_corpus=True)


@pytest.mark.parametrize(
    ("environment", "theme"),
    [({"NO_COLOR": "1"}, "ansi-dark"), ({"NO_COLOR": ""}, None), ({}, None)],
)
def test_no_color(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], theme: str | None
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert terminal.default_theme() == theme
    assert terminal.colorless(None) == bool(theme)


def test_a_traceback_goes_to_the_log(tmp_path: Path) -> None:
    try:
        raise KeyError("lost")
    except KeyError as error:
        path = fault_log.record_exception(error, tmp_path / "new")
    text = Path(path).read_text(encoding="utf-8")
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\nTraceback", text)
    assert "KeyError: 'lost'" in text


def test_the_log_is_bounded(tmp_path: Path) -> None:
    path = fault_log.record("y" + "x" * BOUND, tmp_path)
    fault_log.record("after", tmp_path)
    text = Path(path).read_text(encoding="utf-8")
    assert "y" not in text
    assert text.rstrip().endswith("after")
    assert len(text) < BOUND * 0.6


def test_what_compiled_code_prints_goes_to_the_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with fault_log.instead_of(1, 2):
        os.write(1, b"STRAY out\n")
        os.write(2, b"STRAY err\n")
        subprocess.run(["sh", "-c", "echo STRAY child"], check=True)
    os.write(2, b"heard\n")
    assert capfd.readouterr() == ("", "heard\n")
    (log,) = tmp_path.rglob(fault_log.NAME)
    assert log.read_text() == "STRAY out\nSTRAY err\nSTRAY child\n"


@pytest.mark.parametrize("missing", ["gone/rnn-tui.log", "file/rnn-tui.log", "folder"])
def test_a_log_that_cannot_be_opened_keeps_nothing_from_the_screen(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    missing: str,
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    monkeypatch.setattr(fault_log, "log_path", lambda _: tmp_path / missing)
    with fault_log.instead_of(1, 2):
        os.write(2, b"STRAY err\n")
    os.write(2, b"heard\n")
    assert capfd.readouterr() == ("", "heard\n")


def test_a_log_that_cannot_be_written_is_no_second_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert fault_log.record("text", tmp_path / "file").startswith("nowhere (")


def test_only_the_painter_writes_to_the_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 33, 107, 0, 0))
    stream = os.fdopen(theirs, "w")
    monkeypatch.setattr(sys, "__stderr__", stream)
    with terminal.to_itself():
        os.write(2, b"STRAY")
        fault_log.note(" printed")
        painter = sys.__stderr__
        assert painter is not None
        assert painter is not stream
        print("picture", end="", file=painter, flush=True)
        assert sys.__stdout__ is painter
        assert os.get_terminal_size(painter.fileno()) == (107, 33)
        assert os.read(ours, 100) == b"picture"
        stream.close()
        os.close(ours)  # the terminal is closed
        painter.write("never painted")
    assert sys.__stderr__ is stream
    assert next(tmp_path.rglob(fault_log.NAME)).read_text() == "STRAY printed"
