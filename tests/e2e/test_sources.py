"""Where the text comes from: a file that goes away, and a pipe while the keyboard is in use."""

import os
import shlex
import signal
import sys
from pathlib import Path

from rnn_tui.training.checkpoint.file import load
from tests.e2e.terminal import Terminal, children, wait_for

ROOT = Path(__file__).parents[2]
RNN_TUI = [sys.executable, "-m", "rnn_tui"]


def test_a_corpus_that_changes_and_vanishes_harms_nothing(
    terminal: Terminal, tmp_path: Path
) -> None:
    corpus, file = tmp_path / "hello.txt", tmp_path / "run.safetensors"
    corpus.write_bytes(b"hello\n")
    terminal.start([*RNN_TUI, str(corpus), "--speed", "100", "--checkpoint", str(file)])
    wait_for(lambda: terminal.number("update") >= 20, "update 20")
    corpus.write_bytes(os.urandom(3_000))
    before = terminal.number("update")
    wait_for(lambda: terminal.number("update") > before, "update on a changed file")
    corpus.unlink()
    terminal.press("Space", "r")  # a moment that stays until it was seen
    wait_for(lambda: terminal.number("update") == 0, "beginning without the file")
    terminal.press("Space")
    (worker,) = children(terminal.program, "spawn_main")
    os.kill(worker, signal.SIGKILL)
    terminal.wait_for("Training has stopped")
    terminal.press("r")
    terminal.wait_for("▶ running")
    wait_for(lambda: terminal.number("update") >= 5, "update 5")
    terminal.press("q")
    assert terminal.exit_code() == 0
    assert load(file).update >= 5, "what was learned is saved without the file"
    terminal.start([*RNN_TUI, "--resume", str(file)])
    terminal.wait_for("hello.txt: there is no such file")


def test_letters_of_hangul_from_a_pipe_and_from_the_keyboard_which_goes_on_working(
    terminal: Terminal,
) -> None:
    command = [*RNN_TUI, "-", "--units", "jamo", "--no-autosave"]
    text = shlex.quote(str(ROOT / "corpora" / "korean.txt"))
    terminal.start(["sh", "-c", f"cat {text} | {shlex.join(command)}"])
    terminal.wait_for("standard input")
    terminal.wait_for("▶ running")
    terminal.wait_for("V 70")
    terminal.press("Space")
    terminal.wait_for("⏸ paused")
    terminal.type("/하")
    terminal.wait_for("/ 하")
    terminal.wait_for("goes on:")
    terminal.type("ㄴㄴㅏ")
    terminal.wait_for(r"/ 하ㄴㄴㅏ[\s\S]*goes on:")
    terminal.press("Escape")
    terminal.wait_for("space go on")
    terminal.press("q")
    assert terminal.exit_code() == 0
    assert terminal.modes == "0 0 1", "no alternate screen, no mouse, a cursor"
