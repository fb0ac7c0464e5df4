"""Signals that end a program, taken between two updates."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else []))


class Stop:
    """Waits, and remembers the signal that asks to leave."""

    def __init__(self) -> None:
        self.signal = 0
        self.event = threading.Event()

    def __call__(self, number: int, frame: FrameType | None) -> None:
        """Take in a signal; training ends after the update that is under way."""
        self.signal = number
        self.event.set()

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
