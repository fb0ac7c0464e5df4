"""The screen in the background: the terminal given back before a stop, and taken again after it."""

import asyncio
import contextlib
import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.drivers.linux_driver import LinuxDriver

TRIES = 100
"""How often a job in the background may be continued there; each time it is stopped again."""


class Suspension:
    """Answers SIGTSTP and SIGCONT, one after the other, whenever the loop has time.

    Textual (8.2.8) does so amid whatever is going on. A signal that comes while the queue of its
    writer is locked then waits for that lock for good; two of them at once take the screen's own
    settings of the terminal for the shell's; and SIGCONT after SIGSTOP, which a debugger or a
    frozen container sends, starts a second pair of threads.
    """

    def __init__(
        self, driver: "LinuxDriver", repaint: Callable[[], object], end_if_told: Callable[[], None]
    ) -> None:
        """Get ready, in the running loop.

        Args:
            driver: What paints and hears keys.
            repaint: Called when the terminal is ours again.
            end_if_told: Called before it is taken again; ends the process if a signal to end has
                come: to leave the screen it would have to be in the foreground.
        """
        self._driver, self._repaint, self._end_if_told = driver, repaint, end_if_told
        self._loop = asyncio.get_running_loop()
        self._stop_due = self._stopping = self._taking_due = False

    def listen(self) -> None:
        """Take the signals over from Textual."""
        signal.signal(signal.SIGTSTP, self._told_to_stop)
        signal.signal(signal.SIGCONT, self._gone_on)

    def _told_to_stop(self, _: int, __: FrameType | None) -> None:
        if not (self._stop_due or self._stopping):
            self._stop_due = True
            self._soon(self._stop)

    def _gone_on(self, _: int, __: FrameType | None) -> None:
        self._stop_due = False  # as the system lets one signal take back the other
        if not (self._stopping or self._taking_due):
            self._taking_due = True
            self._soon(self._take_again)

    def _soon(self, act: Callable[[], None]) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has just been closed
            self._loop.call_soon_threadsafe(act)

    def _stop(self) -> None:
        if not self._stop_due:
            return
        driver, self._stopping = self._driver, True
        driver.suspend_application_mode()
        driver._must_signal_resume = True
        if self._stop_due:
            os.kill(os.getpid(), signal.SIGSTOP)
        self._stop_due = False
        for _ in range(TRIES):
            self._end_if_told()
            driver.resume_application_mode()
            if not driver._must_signal_resume:  # else it was in the background, and stopped again
                break
        self._stopping = False
        self._repaint()

    def _take_again(self) -> None:
        self._taking_due = False
        self._driver.suspend_application_mode()
        self._driver.resume_application_mode()
        self._repaint()


def listen(
    driver: "Driver | None", repaint: Callable[[], object], end_if_told: Callable[[], None]
) -> None:
    """Answer the signals, where there is a terminal that they are about."""
    if hasattr(driver, "_must_signal_resume"):  # the other drivers know no such thing
        Suspension(cast("LinuxDriver", driver), repaint, end_if_told).listen()


def end() -> None:
    """Let stopping and going on be the system's business again: the screen is closed."""
    for name in ("SIGTSTP", "SIGCONT"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_DFL)
