"""The terminal that the keys come from vanishes, and the one that is painted on stays."""

import contextlib
import fcntl
import os
import re
import struct
import subprocess
import sys
import termios
import threading
from pathlib import Path

import pytest

from rnn_tui.cli import main, parse
from rnn_tui.commands.options.order import prepare
from shake.pty_screen import SEQUENCES
from tests.marks import needs_proc

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")
PATIENCE = 60


class TwoTerminals:
    """The screen, its keys from one terminal, its picture on another."""

    def __init__(self, folder: Path, *options: str) -> None:
        """Start it, its home in `folder`."""
        self.keys, keyboard = os.openpty()
        self._picture, paper = os.openpty()
        fcntl.ioctl(paper, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        state = {"XDG_STATE_HOME": str(folder / "state"), "XDG_CONFIG_HOME": str(folder / "config")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rnn_tui", HELLO, *options],
            stdin=keyboard,
            stdout=paper,
            stderr=paper,
            cwd=folder,
            env={**os.environ, **state, "TERM": "xterm-256color"},
            start_new_session=True,  # neither is its controlling one: no signal tells of the end
        )
        os.close(keyboard)
        os.close(paper)
        self.painted, self._changed = b"", threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            while data := os.read(self._picture, 65536):
                with self._changed:
                    self.painted += data
                    self._changed.notify_all()

    def wait_for(self, pattern: bytes) -> None:
        """Wait until it is painted."""
        with self._changed:
            found = self._changed.wait_for(lambda: re.search(pattern, self.painted), PATIENCE)
        assert found, self.painted[-2_000:]

    def lose(self) -> str:
        """Let the terminal of the keys vanish; return what is said at the end."""
        with self._changed:
            self.painted = b""
        os.close(self.keys)
        assert self.process.wait(PATIENCE) == 1, self.painted[-2_000:]
        self._reader.join(PATIENCE)
        # What was painted before may have been cut amid a character.
        return SEQUENCES.sub(b"", self.painted).decode(errors="replace")


def require_goes_on(*words: str) -> None:
    """Go on as the line says, as far as to the checkpoint."""
    found = prepare(parse([HELLO, *words])[1]).checkpoint
    assert found
    assert found.update > 0


@needs_proc
def test_a_short_run_is_said_to_be_saved_nowhere_and_is(tmp_path: Path) -> None:
    screen = TwoTerminals(tmp_path)
    screen.wait_for(b"running")
    said = screen.lose()
    assert "keyboard was not heard any more: " in said
    assert re.search(r"rnn-tui: update \d+ is saved nowhere: --checkpoint FILE saves", said)
    assert not list(tmp_path.rglob("*.safetensors"))


@needs_proc
@pytest.mark.parametrize("more", [(), ("--no-autosave",)])
def test_what_was_added_to_a_file_is_kept_or_said_to_be_lost(
    tmp_path: Path, more: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = str(tmp_path / "a.safetensors")
    assert main(["train", HELLO, "--epochs", "7", "--checkpoint", file]) == 0
    screen = TwoTerminals(tmp_path, "--resume", "a.safetensors", *more)
    screen.wait_for(b"finished")
    os.write(screen.keys, b" ")
    screen.wait_for(rb"update +(?:\x1b[^m]*m)* *\d\d")
    said = screen.lose()
    kept = list((tmp_path / "state").rglob("*.safetensors"))
    assert len(kept) == (0 if more else 1)
    assert ("is saved nowhere" in said) == bool(more)
    assert ("--resume goes on from there; a.safetensors is as it was" in said) == (not more)
    if not more:
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        require_goes_on("--resume")


@needs_proc
def test_a_checkpoint_that_was_asked_for_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = TwoTerminals(tmp_path, "--no-autosave", "--checkpoint", "b.safetensors")
    screen.wait_for(b"running")
    said = screen.lose()
    assert re.search(r"update \d+ is saved: rnn-tui --resume b.safetensors goes on from", said)
    monkeypatch.chdir(tmp_path)
    require_goes_on("--resume", "b.safetensors")


@needs_proc
def test_a_run_to_which_nothing_was_added(tmp_path: Path) -> None:
    screen = TwoTerminals(tmp_path, "--paused", "--no-autosave")
    screen.wait_for(b"paused")
    assert "update 0 is saved nowhere" in screen.lose()
