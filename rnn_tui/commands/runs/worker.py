"""A worker that comes up while the screen does."""

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rnn_tui.process.spawn import SpawnedWorker


def prepare_worker() -> None:
    """Start what a worker needs beside it; what stands in the way is told when it is started."""
    with suppress(ModuleNotFoundError, OSError):
        from rnn_tui.process.spawn import start_tracker

        start_tracker()


def start_worker() -> "SpawnedWorker | None":
    """Start a worker that imports NumPy while we import Textual; None: a session tells why.

    Raises:
        InputError: A limit of the system does not let it be started, or Python cannot start any.
    """
    from rnn_tui.errors import InputError
    from rnn_tui.limits import reached

    try:
        from rnn_tui.process.spawn import spawn
    except ModuleNotFoundError as error:  # Python on some phones, and others built with less
        if not (error.name or "").startswith("_"):
            raise
        raise InputError(
            f"this Python was built without {error.name}, which other processes need; "
            "`rnn-tui train` works without a screen"
        ) from error
    from rnn_tui.process.output_log import log_path

    try:
        return spawn(log_path("worker.log"))
    except OSError as error:
        if limit := reached(error):
            raise InputError(limit) from error
        return None
