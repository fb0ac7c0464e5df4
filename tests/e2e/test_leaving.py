"""What the screen says when it is closed, and its exit code."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.training.checkpoint.file import load
from shake.pty_screen import ROOT, PtyScreen
from tests.marks import needs_proc

pytestmark = needs_proc
HELLO = str(ROOT / "corpora" / "hello.txt")


def kept(home: Path) -> list[Path]:
    """The runs that were kept by themselves."""
    return list((home / "state" / "rnn-tui" / "autosave").glob("*.safetensors"))


def said(screen: PtyScreen) -> tuple[int | None, str]:
    """Leave; return the exit code and what stands below the screen."""
    screen.press(b"q")
    screen.wait_for(lambda: screen.exit_code is not None, "end")
    picture, _, lines = bytes(screen.painted).decode().rpartition("\x1b[?1006l")
    assert "\x1b[?1049l" in picture, "the shell's lines are back before it is said"
    return screen.exit_code, lines.rpartition("EXIT:")[0].strip()


@pytest.mark.parametrize(("updates", "shown"), [("1000000", "running"), ("3", "finished")])
def test_a_checkpoint_that_cannot_be_written_is_an_error(
    tmp_path: Path, updates: str, shown: str
) -> None:
    (tmp_path / "gone").mkdir()
    file = tmp_path / "gone" / "a.safetensors"
    words = [HELLO, "--checkpoint", str(file), "--updates", updates]
    with PtyScreen(words, tmp_path) as screen:
        screen.wait_for_text(shown)
        shutil.rmtree(file.parent)
        code, line = said(screen)
    (instead,) = kept(tmp_path)
    assert code == 2
    assert line == (
        f"rnn-tui: cannot write {file}: No such file or directory; the run is kept in {instead}"
    )
    assert load(instead).update > 0


def test_so_is_one_that_nobody_is_left_to_write(tmp_path: Path) -> None:
    file = tmp_path / "a.safetensors"
    with PtyScreen([HELLO, "--checkpoint", str(file)], tmp_path) as screen:
        screen.wait_for_text("running")
        assert screen.worker
        os.kill(screen.worker, signal.SIGKILL)
        screen.wait_for_text("SIGKILL")
        code, line = said(screen)
    assert code == 2
    assert line == f"rnn-tui: {file} is not saved at the end: the worker was gone before it"


@pytest.mark.parametrize("autosave", [True, False])
def test_what_was_added_to_a_checkpoint_is_kept_beside_it_and_that_is_said(
    tmp_path: Path, *, autosave: bool
) -> None:
    file = tmp_path / "a.safetensors"
    assert main(["train", HELLO, "--updates", "60", "--checkpoint", str(file)]) == 0
    before = file.read_bytes()
    words = ["--resume", str(file), "--updates", "63", *([] if autosave else ["--no-autosave"])]
    with PtyScreen(words, tmp_path) as screen:
        screen.wait_for_text("finished")
        code, line = said(screen)
    assert code == 0
    assert file.read_bytes() == before
    if autosave:
        assert [load(path).update for path in kept(tmp_path)] == [63]
        where = f"rnn-tui {HELLO} --resume goes on from there; {file} is as it was"
        assert line == f"rnn-tui: update 63 is kept: {where}"
    else:
        assert kept(tmp_path) == []
        assert line == "rnn-tui: update 63 is saved nowhere: --checkpoint FILE saves"


def test_a_checkpoint_that_was_only_looked_at_gives_no_cause_for_words(tmp_path: Path) -> None:
    file = tmp_path / "a.safetensors"
    assert main(["train", HELLO, "--updates", "60", "--checkpoint", str(file)]) == 0
    with PtyScreen(["--resume", str(file), "--paused"], tmp_path) as screen:
        screen.wait_for_text("paused")
        assert said(screen) == (0, "")
