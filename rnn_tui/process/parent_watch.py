"""Leaving with the screen: a worker does not outlive the process that started it."""

import multiprocessing
import os
import threading
from collections.abc import Callable

from rnn_tui.limits import reached

PATIENCE = 1.0
"""Seconds in which the worker can save and leave by itself; an update may take longer than that."""


def leave_with_parent(
    tidy: Callable[[], object],
    leave: Callable[[int], object] = os._exit,
    patience: float = PATIENCE,
) -> None:
    """Watch the parent from a thread, tidy up after it, and end this process soon after it.

    The loop sees a broken pipe between two updates only. A save that is cut off leaves the file
    that was there before it (`atomic.write_whole`).

    Args:
        tidy: Called at once.
        leave: Called with the exit code.
        patience: Seconds between the parent's end and that.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    watch = threading.Thread(
        target=_follow, args=(parent.join, tidy, leave, patience), name="parent watch", daemon=True
    )
    try:
        watch.start()
    except RuntimeError as error:  # the loop still sees a broken pipe
        print(f"The parent is not watched: {reached(error) or error}", flush=True)


def _follow(
    gone: Callable[[], object],
    tidy: Callable[[], object],
    leave: Callable[[int], object],
    patience: float,
) -> None:
    gone()
    tidy()
    threading.Event().wait(patience)
    leave(0)
