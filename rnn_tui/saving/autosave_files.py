"""Where autosaves are: a file for each run, in the user's state folder.

The oldest files go when there are too many of them.
"""

import os
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from platformdirs import user_state_path

from rnn_tui.text.corpus import Corpus

MOST_FILES = 20
MOST_BYTES = 512 << 20
SUFFIX = ".safetensors"


def folder() -> Path:
    """Return where autosaves are kept."""
    return user_state_path("rnn-tui", appauthor=False) / "autosave"


def path_for(corpus: Corpus, stamp: str, where: Path | None = None) -> Path:
    """Return the file of one run: which text, and when it began."""
    return (where or folder()) / f"{corpus.sha256[:16]}-{stamp}{SUFFIX}"


def fresh_path(corpus: Corpus) -> Path:
    """Return a file for a run of this process that begins, or ends, now."""
    return path_for(corpus, f"{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}")


def newest(sha256: str | None = None, where: Path | None = None) -> Path | None:
    """Return the file saved last, of the text with this digest or of any; None: there is none."""
    pattern = f"{sha256[:16] if sha256 else ''}*{SUFFIX}"
    return max((where or folder()).glob(pattern), key=modified, default=None)


def newest_of_run(path: Path | None) -> Path | None:
    """Return the file saved last by the run that began with `path`, restarts included."""
    if path is None:
        return None
    return max(path.parent.glob(f"{path.stem}*{SUFFIX}"), key=modified, default=None)


def prune(where: Path, keep: Path) -> None:
    """Delete what an interrupted save left, and the oldest files beyond number and size."""
    for stray in where.glob(f".*{SUFFIX}.*.tmp"):
        with suppress(OSError):
            stray.unlink()
    total = 0
    for place, path in enumerate(sorted(where.glob(f"*{SUFFIX}"), key=modified, reverse=True)):
        with suppress(OSError):
            total += path.stat().st_size
            if path != keep and (place >= MOST_FILES or total > MOST_BYTES):
                path.unlink()


def modified(path: Path) -> float:
    """Return when a file was last written; very long ago if it has just been deleted."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
