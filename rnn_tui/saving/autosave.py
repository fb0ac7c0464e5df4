"""Saving by itself: a run that nobody saved can be gone on with all the same."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rnn_tui.saving.autosave_files import prune
from rnn_tui.training.checkpoint.atomic import UnwritableError
from rnn_tui.training.checkpoint.file import save
from rnn_tui.training.history import History
from rnn_tui.training.trainer import Trainer

EVERY = 60.0
"""Seconds between two saves: what a killed worker loses at most."""
FIRST = 10.0
"""Seconds before the first one."""
SHARE = 0.01
"""Of the time, at most so much goes into saving: a slow disk is used less often."""


class Saved(NamedTuple):
    """A moment that was saved."""

    update: int
    turns: int
    history: History
    """Each branch has one of its own."""


@dataclass(slots=True)
class Autosave:
    """Saves one run now and then."""

    path: Path
    clock: Callable[[], float]
    saved: Saved | None = None
    """What was saved last; None: nothing."""
    due: float = 0.0
    also: Path | None = None
    """A second file, in the folder of a race."""
    fault: str = ""
    """Why the last save failed; empty when it did not."""

    @property
    def files(self) -> tuple[Path, ...]:
        """Where it is saved."""
        return (self.path, self.also) if self.also else (self.path,)

    def begin(self) -> None:
        """Make room; the first save comes after a while."""
        self.due = self.clock() + FIRST
        self.saved = None
        with suppress(OSError):
            for path in self.files:
                path.parent.mkdir(parents=True, exist_ok=True)
            prune(self.path.parent, self.path)

    def has(self, trainer: Trainer) -> bool:
        """Return whether this very moment is saved; on another branch the same update is not."""
        saved = self.saved
        return (
            saved is not None
            and (saved.update, saved.turns) == (trainer.update, trainer.turns)
            and saved.history is trainer.history
        )

    def write(self, trainer: Trainer) -> None:
        """Save if something has changed; a failure is kept in `fault` and training goes on."""
        if self.has(trainer):
            return
        start = self.clock()
        try:
            for path in self.files:
                save(path, trainer)
            self.saved, self.fault = Saved(trainer.update, trainer.turns, trainer.history), ""
        except UnwritableError as error:
            self.fault = error.reason
        now = self.clock()
        self.due = now + max(EVERY, (now - start) / SHARE)
