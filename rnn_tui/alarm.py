"""An end to what may never end: a regular expression tried out on a text."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from rnn_tui.errors import InputError


@contextmanager
def within(seconds: float, refusal: str) -> Iterator[None]:
    """Break off what is done inside where it takes longer.

    By a signal: while Python's `re` searches it looks at signals and at nothing else. Only a main
    thread gets any; elsewhere, and on Windows, nothing is broken off.

    Args:
        seconds: How long it may take.
        refusal: What to say then.

    Raises:
        InputError: It took longer.
    """
    here = threading.current_thread() is threading.main_thread()
    if not (here and hasattr(signal, "setitimer")):
        yield
        return

    def ring(number: int, frame: FrameType | None) -> None:
        raise InputError(refusal)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
