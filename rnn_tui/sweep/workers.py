"""What a sweep asks of its workers, wherever they are: executors of `concurrent.futures`."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Protocol

from rnn_tui.sweep.run import Result
from rnn_tui.sweep.task import Job

Submit = Callable[[Job], "Future[Result | None]"]
"""Has a run done; the text is there already."""


class Workers(Protocol):
    """Who does the runs."""

    @property
    def lost(self) -> tuple[type[BaseException], ...]:
        """What a run ends with that was lost with its worker, and can be gone on with."""

    def at_work(self) -> AbstractContextManager[Submit]:
        """Start them, and end them.

        Raises:
            InputError: They cannot be reached, or not be worked with.
        """

    def kill(self) -> None:
        """End those that do not leave by themselves."""
