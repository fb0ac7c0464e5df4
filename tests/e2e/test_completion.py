import shlex
import shutil
import sys
from pathlib import Path

import pytest

from tests.e2e.terminal import Terminal

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")
def test_tab_completes_in_bash(terminal: Terminal, tmp_path: Path) -> None:
    terminal.type("exec bash --norc --noprofile")
    terminal.press("Enter")
    make = shlex.join([sys.executable, "-m", "rnn_tui", "--print-completion", "bash"])
    terminal.type(f'cd {ROOT} && eval "$({make})" && clear && echo re""ady')
    terminal.press("Enter")
    terminal.wait_for("ready")
    terminal.type("rnn-tui gradc")
    terminal.press("Tab")
    terminal.wait_for("rnn-tui gradcheck")
    terminal.press("C-u")
    terminal.type("rnn-tui corpora/hel")
    terminal.press("Tab")
    terminal.wait_for("rnn-tui corpora/hello.txt")
    terminal.press("C-u")
    terminal.type("rnn-tui corpora/hello.txt --opt")
    terminal.press("Tab")
    terminal.type("adag")
    terminal.press("Tab")
    terminal.wait_for("hello.txt --optimizer adagrad")
