"""Where tracebacks go: a file, never the picture."""

import traceback
from datetime import datetime
from pathlib import Path

from platformdirs import user_log_path

MOST_BYTES = 1_000_000
"""A log longer than this begins anew."""


def record(text: str, folder: Path | None = None) -> str:
    """Add `text` to the log; return the file's name, or why there is none."""
    path = (folder or user_log_path("rnn-tui", appauthor=False)) / "rnn-tui.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        full = path.exists() and path.stat().st_size > MOST_BYTES
        with path.open("w" if full else "a", encoding="utf-8", errors="replace") as file:
            file.write(f"{datetime.now():%Y-%m-%d %H:%M:%S}\n{text.rstrip()}\n\n")
    except OSError as error:
        return f"nowhere ({error})"
    return str(path)


def record_exception(error: BaseException, folder: Path | None = None) -> str:
    """Add a traceback to the log."""
    return record("".join(traceback.format_exception(error)), folder)
