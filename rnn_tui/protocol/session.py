"""What a screen needs of whoever trains for it."""

from collections.abc import Callable
from typing import Protocol

from rnn_tui.language import phrase
from rnn_tui.protocol.commands import Command
from rnn_tui.protocol.replies import Message

Listener = Callable[[Message], None]
"""Takes a message of the worker; may be called from any thread."""


def held(pid: int | None) -> str:
    """Return what is to be said of a worker that the system does not let go on."""
    return phrase("it is held (SIGSTOP or a debugger); kill -CONT {pid} lets it go on", pid=pid)


class SessionLike(Protocol):
    """The screen's end of a worker."""

    def start(self) -> None:
        """Set the worker going; do not wait for it."""

    def send(self, command: Command) -> int:
        """Pass a command on, without blocking; return the ticket its answer will carry."""

    def restart(self) -> None:
        """Put a new worker in the place of one that is gone."""

    def close(self) -> None:
        """End the worker; always returns."""

    @property
    def pid(self) -> int | None:
        """The worker's process number, while there is one."""

    @property
    def stopped(self) -> bool:
        """Whether the system holds the worker."""

    @property
    def resume_point(self) -> str:
        """Where `restart` would go on, in words that follow a verb."""
