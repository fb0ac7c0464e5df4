"""Where tracebacks go, and what libraries print: a file of bounded size, never the picture."""

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from rnn_tui.process.output_log import log_path, shorten

NAME = "rnn-tui.log"


def record(text: str, folder: Path | None = None) -> str:
    """Add `text` to the log; return the file's name, or why there is none."""
    path = folder / NAME if folder else log_path(NAME)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        shorten(path)
        with path.open("a", encoding="utf-8", errors="replace") as file:
            file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{text.rstrip()}\n\n")
    except OSError as error:
        return f"nowhere ({error})"
    return str(path)


def note(text: str) -> None:
    """Add what was printed to the log, as it is; where that cannot be done, nothing is."""
    path = log_path(NAME)
    shorten(path)
    with suppress(OSError), path.open("a", encoding="utf-8", errors="replace") as file:
        file.write(text)


def record_exception(error: BaseException, folder: Path | None = None) -> str:
    """Add a traceback to the log."""
    return record("".join(traceback.format_exception(error)), folder)


@contextmanager
def instead_of(*descriptors: int) -> Iterator[None]:
    """Let what is written to some descriptors, by compiled code too, end up in the log."""
    path = log_path(NAME)
    shorten(path)
    before = [os.dup(descriptor) for descriptor in descriptors]
    log = _opened(path)
    try:
        for descriptor in descriptors:
            os.dup2(log, descriptor)
        yield
    finally:
        os.close(log)
        for descriptor, kept in zip(descriptors, before, strict=True):
            os.dup2(kept, descriptor)
            os.close(kept)
        shorten(path)


def _opened(path: Path) -> int:
    try:
        return os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:  # the folder has just become full, or is gone
        return os.open(os.devnull, os.O_WRONLY)
