"""Saving by itself: a run that nobody saved can be gone on with all the same.

Each run has a file of its own in the user's state folder; the oldest files go when there are too
many of them.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_state_path

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint import save
from rnn_tui.training.trainer import Trainer

EVERY = 60.0
"""Seconds between two saves: what a killed worker loses at most."""
SHARE = 0.01
"""Of the time, at most so much goes into saving: a slow disk is used less often."""
MOST_FILES = 20
MOST_BYTES = 512 << 20
SUFFIX = ".safetensors"


def folder() -> Path:
    """Where autosaves are kept."""
    return user_state_path("rnn-tui", appauthor=False) / "autosave"


def path_for(corpus: Corpus, stamp: str, where: Path | None = None) -> Path:
    """The file of one run: which text, and when it began."""
    return (where or folder()) / f"{corpus.sha256[:16]}-{stamp}{SUFFIX}"


def newest(sha256: str | None = None, where: Path | None = None) -> Path | None:
    """The file saved last, of the text with this digest or of any; None: there is none."""
    pattern = f"{sha256[:16] if sha256 else ''}*{SUFFIX}"
    return max((where or folder()).glob(pattern), key=modified, default=None)


def newest_of_run(path: Path | None) -> Path | None:
    """The file saved last by the run that began with `path`, restarts included."""
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
    """When a file was last written; very long ago if it has just been deleted."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


@dataclass(slots=True)
class Autosave:
    """Saves one run now and then."""

    path: Path
    clock: Callable[[], float]
    saved: int = -1
    """Update that was saved last."""
    due: float = 0.0
    fault: str = ""
    """Why the last save failed; empty when it did not."""

    def begin(self) -> None:
        """Make room; the first save comes after a while."""
        self.due = self.clock() + EVERY
        self.saved = -1
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            prune(self.path.parent, self.path)

    def tick(self, trainer: Trainer) -> None:
        """Save if it is time and something has changed."""
        if self.clock() >= self.due:
            self.write(trainer)

    def write(self, trainer: Trainer) -> None:
        """Save if something has changed; a failure is kept in `fault` and training goes on."""
        if trainer.update == self.saved:
            return
        start = self.clock()
        try:
            save(self.path, trainer)
            self.saved, self.fault = trainer.update, ""
        except InputError as error:
            self.fault = str(error)
        now = self.clock()
        self.due = now + max(EVERY, (now - start) / SHARE)
