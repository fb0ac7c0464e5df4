"""Where the worker's own words go: a file of bounded size, never the terminal."""

import io
import os
import sys
import tempfile
from functools import partial
from pathlib import Path

from platformdirs import user_log_path

BOUND = 1_000_000
"""Bytes; what is longer loses its older part."""


def log_path(name: str) -> Path:
    """Return a log's place: the user's log folder, or the temporary one where that is read-only.

    Where neither can be written it is the null device.
    """
    for find in (partial(user_log_path, "rnn-tui", appauthor=False), _temporary_folder):
        try:
            folder = find()
            path = folder / name
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_ours(folder):
                path.open("ab").close()
                return path
        except OSError:
            continue
    return Path(os.devnull)


def redirect_output(path: Path) -> None:
    """Let everything this process prints, compiled code included, end up in the log."""
    shorten(path)
    try:
        log = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        log = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(log, descriptor)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(line_buffering=True, errors="backslashreplace")


def shorten(path: Path) -> None:
    """Keep the newer half of a log that has grown past its bound; its writers write on."""
    try:
        if path.stat().st_size <= BOUND:
            return
        with path.open("r+b") as file:
            file.seek(-BOUND // 2, os.SEEK_END)
            rest = file.read()
            file.seek(0)
            file.write(rest)
            file.truncate()
    except OSError:
        return


def _temporary_folder() -> Path:
    user = os.getuid() if hasattr(os, "getuid") else "log"
    return Path(tempfile.gettempdir()) / f"rnn-tui-{user}"


def _is_ours(folder: Path) -> bool:
    # In a folder that everyone can write to, somebody else may have laid out the name before us.
    return not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
