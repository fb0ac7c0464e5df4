"""A screen that is stopped and goes on, and nobody asked it: by a debugger, a frozen container."""

import os
import signal
from pathlib import Path
from types import FrameType, SimpleNamespace
from typing import Any

import pytest

from rnn_tui.tui.terminal import on_continue
from rnn_tui.worker.health import is_stopped
from shake.pty_screen import ROOT, PtyScreen
from shake.soak import size

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


@pytest.mark.parametrize("stop", [signal.SIGSTOP, signal.SIGTSTP])
def test_it_takes_the_terminal_again_and_gives_it_back_as_it_was(
    tmp_path: Path, stop: signal.Signals
) -> None:
    with PtyScreen([str(ROOT / "corpora" / "hello.txt")], tmp_path) as screen:
        screen.wait_for_text("running")
        program = screen.program
        assert program is not None
        before = size(program)
        for _ in range(3):
            screen.listen()
            os.kill(program, stop)
            screen.wait_for(lambda: is_stopped(program), "stop")
            os.kill(program, signal.SIGCONT)
            screen.wait_for_text("running")
            screen.wait_for(lambda: screen.modes.get(b"?1049"), "full screen")
        assert size(program).threads == before.threads
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert screen.broken == []


async def test_two_signals_at_once_take_the_terminal_once() -> None:
    taken = []

    def take(number: int, _: FrameType | None) -> None:
        taken.append(number)
        if len(taken) < 9:
            os.kill(os.getpid(), number)

    before = signal.signal(signal.SIGCONT, take)
    driver: Any = SimpleNamespace(_must_signal_resume=True)
    try:
        on_continue(driver, lambda: None)
        for times in (1, 2):
            os.kill(os.getpid(), signal.SIGCONT)
            assert len(taken) == times
    finally:
        signal.signal(signal.SIGCONT, before)
