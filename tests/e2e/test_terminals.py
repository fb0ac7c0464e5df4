import sys
from pathlib import Path

import pytest

from shake.terminals import require_whole
from tests.e2e.terminal import Terminal, colors
from tests.marks import needs_proc

ROOT = Path(__file__).parents[2]
HELLO = [sys.executable, "-m", "rnn_tui", str(ROOT / "corpora" / "hello.txt"), "--no-autosave"]
FULL_COLOR = ["TERM=xterm-256color", "COLORTERM=truecolor"]


@pytest.mark.parametrize(
    ("environment", "most"),
    [
        (["TERM=xterm", "COLORTERM="], 16),
        (["TERM=screen-256color", "COLORTERM=", "NO_COLOR=", "TEXTUAL_THEME="], 256),
        (["TERM=xterm", "COLORTERM=", "NO_COLOR=1", "RNN_TUI_THEME=ansi-light"], 0),
    ],
)
def test_as_many_colors_as_the_terminal_has(
    terminal: Terminal, tmp_path: Path, environment: list[str], most: int
) -> None:
    """More of them are looked at where a screen is open anyway: below, and in `test_screen.py`."""
    painted = tmp_path / "painted"
    with terminal.recorded(painted):
        terminal.start(["env", *environment, *HELLO])
        terminal.wait_for("▶ running")
        terminal.wait_for("uniform")
        terminal.press("q")
        assert terminal.exit_code() == 0
    assert max(colors(painted.read_bytes()), default=0) == most


def test_a_terminal_of_a_c_locale_gets_ascii_and_one_of_no_color_none(
    terminal: Terminal, tmp_path: Path
) -> None:
    painted = tmp_path / "painted"
    with terminal.recorded(painted):
        locale = ["LC_ALL=C", "PYTHONUTF8=0", "PYTHONCOERCECLOCALE=0"]
        terminal.start(["env", *locale, *FULL_COLOR, "NO_COLOR=1", *HELLO, "--paused"])
        terminal.wait_for("= paused")
        terminal.wait_for("uniform")
        terminal.type("51234?")
        terminal.wait_for("How far back an error reaches")
        terminal.press("Escape")
        terminal.wait_for("space go on")
        terminal.press("q")
        assert terminal.exit_code() == 0
    assert painted.read_bytes().isascii()
    assert colors(painted.read_bytes()) == set()


def test_the_console_of_linux_gets_ascii(terminal: Terminal, tmp_path: Path) -> None:
    painted = tmp_path / "painted"
    with terminal.recorded(painted):
        terminal.start(["env", "TERM=linux", *HELLO, "--paused"])
        terminal.wait_for("= paused")
        terminal.press("q")
        assert terminal.exit_code() == 0
    assert painted.read_bytes().isascii()


def test_a_terminal_that_can_only_print_is_refused_in_one_line(terminal: Terminal) -> None:
    terminal.start(["env", "TERM=dumb", *HELLO])
    assert terminal.exit_code() == 2
    said = [line for line in terminal.text.splitlines() if line.startswith("rnn-tui: ")]
    assert len(said) == 1
    assert "TERM=dumb" in said[0]


@needs_proc
def test_sizes_while_it_trains_and_the_picture_is_whole_in_the_end(
    terminal: Terminal, tmp_path: Path
) -> None:
    painted = tmp_path / "painted"
    with terminal.recorded(painted):
        terminal.start(["env", *FULL_COLOR, *HELLO, "--speed", "0"])
        terminal.wait_for("▶ running")
        terminal.wait_for("uniform")
        for size in ((40, 10), (300, 100), (60, 18), (21, 5), (80, 24), (133, 50), (39, 99)):
            terminal.resize(*size)
        terminal.wait_for("too small")
        for size in ((40, 99), (40, 12), (59, 18), (60, 17)):
            terminal.resize(*size)
            terminal.wait_for("z panel")
            assert "too small" not in terminal.text
        terminal.resize(80, 24)
        terminal.wait_for("space pause")
        for page in "2341":
            terminal.type(page)
        terminal.press("Space")
        terminal.wait_for(r"⏸ paused[\s\S]*Paused after[\s\S]*space go on")
        require_whole(terminal, (80, 24), painted)
        terminal.press("q")
        assert terminal.exit_code() == 0
    assert max(colors(painted.read_bytes()), default=0) == 1 << 24
