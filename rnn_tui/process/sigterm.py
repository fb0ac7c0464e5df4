"""SIGTERM as a pipe that becomes readable: the worker saves first, and then dies of it."""

import os
import signal
from typing import Self


class SigtermPipe:
    """Becomes readable once the process is told to end; nothing else happens by itself.

    A whole group of processes can be told at once (`systemctl stop`, a machine that shuts down):
    a worker that died on the spot would take with it what the screen is about to have saved.
    """

    def __init__(self) -> None:
        self._reader, writer = os.pipe()
        os.set_blocking(writer, False)
        os.set_blocking(self._reader, False)
        signal.signal(signal.SIGTERM, lambda number, frame: None)  # or it would not reach the pipe
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)

    @classmethod
    def where_possible(cls) -> Self | None:
        """None where pipes cannot wake anybody (Windows)."""
        return cls() if os.name == "posix" else None

    def fileno(self) -> int:
        """Return what to wait for."""
        return self._reader

    @property
    def received(self) -> bool:
        """Whether SIGTERM was among the signals that came since the last question."""
        try:
            return signal.SIGTERM in os.read(self._reader, 4096)
        except BlockingIOError:
            return False

    def die(self) -> None:
        """Die of the signal after all, so that whoever sent it sees that it worked."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTERM)
