"""The worker's end of the pipe, cheap to ask hundreds of times a second."""

import select
from multiprocessing.connection import Connection, wait
from typing import Any

from rnn_tui.process.sigterm import SigtermPipe


class WorkerPipe:
    """A connection that says at once whether a message waits.

    `Connection.poll` makes a selector for every question; between two stretches of training that
    takes 25 µs, a hundredth of the time. A poll object made once takes 1.
    """

    def __init__(self, connection: Connection, sigterm: SigtermPipe | None = None) -> None:
        """Listen to both.

        Args:
            connection: The pipe.
            sigterm: Once it comes, the pipe counts as broken: `EOFError`.
        """
        self._connection, self._sigterm = connection, sigterm
        self.terminated = False
        """Whether the end has come that way."""
        self._waiting = select.poll() if hasattr(select, "poll") else None  # not on Windows
        if self._waiting is not None:
            self._waiting.register(connection.fileno(), select.POLLIN)
            if sigterm is not None:
                self._waiting.register(sigterm.fileno(), select.POLLIN)

    def poll(self, timeout: float | None = 0.0) -> bool:
        """Wait for a message at most so many seconds; None: without end.

        Raises:
            EOFError: The process is told to end.
        """
        if timeout == 0.0 and self._waiting is not None and not self._waiting.poll(0):
            return False
        if self._sigterm is None:
            return self._connection.poll(timeout)
        number = self._sigterm.fileno()
        ready: list[object] = list(wait([self._connection, number], timeout))
        if number in ready and self._sigterm.received:
            self.terminated = True
            raise EOFError("told to end")
        return self._connection in ready

    def recv(self) -> Any:
        """Take the next message."""
        return self._connection.recv()

    def send(self, obj: Any) -> None:
        """Give a message to the other side."""
        self._connection.send(obj)
