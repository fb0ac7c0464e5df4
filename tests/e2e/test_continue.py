"""A screen that is stopped and goes on, and nobody asked it: by a debugger, a frozen container."""

import asyncio
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from rnn_tui.process.stopped import is_stopped
from rnn_tui.tui.terminal import suspension
from shake.pty_screen import ROOT, PtyScreen
from shake.soak import size
from shake.stops import storm
from tests.marks import needs_proc

pytestmark = needs_proc


def test_it_takes_the_terminal_again_and_gives_it_back_as_it_was(tmp_path: Path) -> None:
    with PtyScreen([str(ROOT / "corpora" / "hello.txt")], tmp_path) as screen:
        screen.wait_for_text("running")
        program = screen.program
        assert program is not None
        before = size(program)
        for stop in (signal.SIGSTOP, signal.SIGTSTP) * 3:
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


def test_after_storms_of_stops_it_still_hears_keys(tmp_path: Path) -> None:
    assert storm(0, tmp_path, signals=40, times=3) == ""


class Driver:
    """Notes what it is told, and sends the signals that come meanwhile."""

    def __init__(self, *amid: int) -> None:
        self.told: list[str] = []
        self.amid = list(amid)
        self._must_signal_resume = False

    def suspend_application_mode(self) -> None:
        self.told.append("given back")
        while self.amid:
            os.kill(os.getpid(), self.amid.pop())

    def resume_application_mode(self) -> None:
        self.told.append("taken")
        self._must_signal_resume = False


STOPPED = ["given back", "stopped", "taken", "painted"]
CONTINUED = ["given back", "taken", "painted"]


@pytest.mark.parametrize(
    ("before", "amid", "expected"),
    [
        ([signal.SIGTSTP], [], STOPPED),
        ([signal.SIGTSTP, signal.SIGTSTP], [], STOPPED),
        ([signal.SIGTSTP, signal.SIGCONT], [], CONTINUED),
        ([signal.SIGTSTP], [signal.SIGTSTP], STOPPED),
        ([signal.SIGTSTP], [signal.SIGCONT], CONTINUED),
        ([signal.SIGCONT, signal.SIGCONT], [], CONTINUED),
    ],
)
async def test_signals_are_answered_one_after_the_other(
    before: list[int], amid: list[int], expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver: Any = Driver(*amid)
    kill = os.kill
    monkeypatch.setattr(
        suspension.os,
        "kill",
        lambda pid, n: driver.told.append("stopped") if n == signal.SIGSTOP else kill(pid, n),
    )
    suspension.listen(driver, lambda: driver.told.append("painted"), lambda: None)
    try:
        for number in before:
            os.kill(os.getpid(), number)
            assert driver.told == []  # not amid what is going on
        for _ in range(3):
            await asyncio.sleep(0)
        assert driver.told == expected
    finally:
        suspension.end()


async def test_who_is_told_to_end_takes_no_terminal_again(monkeypatch: pytest.MonkeyPatch) -> None:
    driver: Any = Driver()
    monkeypatch.setattr(suspension.os, "kill", lambda *_: driver.told.append("stopped"))
    painted, ended = (lambda: driver.told.append("painted")), (lambda: driver.told.append("ended"))
    suspension.listen(driver, painted, ended)
    try:
        signal.raise_signal(signal.SIGTSTP)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert driver.told[:4] == ["given back", "stopped", "ended", "taken"]
    finally:
        suspension.end()
