"""How many records are kept: the oldest go, those that somebody named after all others."""

import os
import re
import stat
from contextlib import suppress
from pathlib import Path

from rnn_tui.records.folder import LETTERS, SUFFIX
from rnn_tui.records.labels import name_of
from rnn_tui.records.lock import is_held

MOST_RUNS = 500
MOST_BYTES = 64 << 20
OURS = re.compile(rf"\d{{4}}-\d{{4}}-[{LETTERS}]{{3}}{re.escape(SUFFIX)}")
"""Whatever else somebody put there stays."""


def prune(where: Path, keep: Path) -> None:
    """Delete the oldest beyond number and size, but for one, and those that are being written."""
    with os.scandir(where) as entries:
        ours = [entry for entry in entries if OURS.fullmatch(entry.name)]
    found = []
    for entry in ours:
        with suppress(OSError):  # another process does the same
            status = entry.stat(follow_symlinks=False)
            if stat.S_ISREG(status.st_mode):
                found.append((status.st_mtime, status.st_size, Path(entry)))
    found.sort()
    number, size = len(found), sum(bytes for _, bytes, _ in found)
    for named in (False, True):
        for _, bytes, path in found:
            if number <= MOST_RUNS and size <= MOST_BYTES:
                return
            if path == keep or bool(name_of(path)) != named or is_held(path):
                continue
            with suppress(OSError):
                path.unlink()
            number, size = number - 1, size - bytes
