"""A screen that is stopped and goes on, and nobody asked it: by a debugger, a frozen container."""

import os
import signal
from pathlib import Path

import pytest

from shake.pty_screen import ROOT, PtyScreen
from shake.soak import size

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


def test_it_takes_the_terminal_again_and_gives_it_back_as_it_was(tmp_path: Path) -> None:
    with PtyScreen([str(ROOT / "corpora" / "hello.txt")], tmp_path) as screen:
        screen.wait_for_text("running")
        program = screen.program
        assert program is not None
        before = size(program)
        for _ in range(3):
            screen.listen()
            os.kill(program, signal.SIGSTOP)
            os.kill(program, signal.SIGCONT)
            screen.wait_for_text("running")
            screen.wait_for(lambda: screen.modes.get(b"?1049"), "full screen")
        assert size(program).threads == before.threads
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert screen.broken == []
