"""A line on the terminal while a text is slow to come, gone once it is there."""

import contextlib
import os
import sys
import threading
from collections.abc import Iterator

from rnn_tui.commands.options.parser import width

PATIENCE = 1.0
"""Seconds that a text may take without a word."""
ERASE = "\r\x1b[2K"


@contextlib.contextmanager
def said_while_slow(what: str) -> Iterator[None]:
    """Say on the terminal that `what` is being read, if that lasts; nothing in a pipe."""
    if not sys.stderr.isatty():
        yield
        return
    said = threading.Event()

    def say() -> None:
        said.set()
        write(f"\rrnn-tui: reading {what} …, ctrl+c leaves"[: width()])

    timer = threading.Timer(PATIENCE, say)
    timer.daemon = True
    with contextlib.suppress(RuntimeError):  # no thread is to be had
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
        if timer.ident is not None:
            timer.join()
        if said.is_set():
            write("\n" if os.environ.get("TERM") in ("dumb", "unknown") else ERASE)


def ask_to_type() -> None:
    """Say how a text ends that is typed; what is typed stands below."""
    write("rnn-tui: type or paste the text; ctrl+d on a line of its own ends it, ctrl+c leaves\n")


def write(text: str) -> None:
    """Write to the terminal at once; one that is gone gets nothing."""
    with contextlib.suppress(OSError):
        sys.stderr.write(text)
        sys.stderr.flush()
