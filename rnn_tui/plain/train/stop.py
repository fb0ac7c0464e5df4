"""Signals that end a program, taken between two updates."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


PATIENCE = 1.0
"""Seconds that are left for a validation when a signal has come."""


class Stop:
    """Waits, and remembers the signal that asks to leave."""

    def __init__(self) -> None:
        self.signal = 0
        self._came = 0.0
        self.event = threading.Event()

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Take in a signal; training ends after the update that is under way."""
        self._came = self._came or time.monotonic()
        self.signal = number
        self.event.set()

    @property
    def reason(self) -> str:
        """Which signal ended it; empty: none has come."""
        return f"ended by {signal.Signals(self.signal).name}" if self.signal else ""

    @property
    def pressing(self) -> bool:
        """Whether a signal has come and what can be left out has to be."""
        return bool(self.signal) and time.monotonic() - self._came >= PATIENCE

    @contextmanager
    def listening(self) -> Iterator["Stop"]:
        """Receive the signals that end a program, until the block is left.

        One that is ignored stays so: `nohup` ignores SIGHUP, a shell SIGINT for what a script
        starts in the background.
        """
        heard = [number for number in SIGNALS if signal.getsignal(number) != signal.SIG_IGN]
        before = {number: signal.signal(number, self) for number in heard}
        try:
            yield self
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
