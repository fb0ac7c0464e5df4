"""What `train` keeps of a run, and what it says where nothing is kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.saving.best import Best, best_beside
from rnn_tui.saving.final_save import save_at_the_end
from rnn_tui.standard_streams import complain
from rnn_tui.training.checkpoint.file import save
from rnn_tui.training.trainer import Trainer

NOT_SAVED = "This run is not saved anywhere: --checkpoint FILE saves it."
"""Said before hours went by; `--no-save` says that it is meant."""


@dataclass(slots=True)
class Saver:
    """Saves one run where it was asked for."""

    trainer: Trainer
    path: Path | None
    """None: nowhere."""
    every: int | None = None
    """Updates between two saves on the way; None: only at the end."""
    meant: bool = False
    """Whether nothing is to be saved on purpose."""
    keep_best: bool = False
    """Whether the best is kept beside it."""
    start: int = field(init=False)
    """Updates that were made before."""
    told: set[str] = field(default_factory=set)
    """What was said of saves that failed."""
    saved: Callable[[int, Path], None] = lambda update, path: None
    """Gets which update was saved, and where."""
    tell: Callable[[str], None] = complain
    """Gets a sentence when one fails on the way."""

    best: Best | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self.start = self.trainer.update
        if self.path is not None and self.keep_best:
            self.best = Best(best_beside(self.path))

    @property
    def notes(self) -> tuple[str, ...]:
        """What to say before training."""
        return () if self.path or self.meant else (NOT_SAVED,)

    def update_made(self) -> None:
        """Call after an update; a save that fails here is told once, and training goes on."""
        if self.path is None or not self.every or self.trainer.update % self.every:
            return
        if self._try(partial(save, self.path)):
            self.saved(self.trainer.update, self.path)

    def validated(self) -> None:
        """Call after a validation; a save that fails here is told once, and training goes on."""
        if self.best is not None:
            self._try(self.best.look)

    def _try(self, keep: Callable[[Trainer], None]) -> bool:
        try:
            keep(self.trainer)
        except InputError as error:
            if str(error) not in self.told:
                self.told.add(str(error))
                self.tell(f"update {self.trainer.update:,} is not saved: {error}; training goes on")
            return False
        return True

    def end(self) -> None:
        """Call when training is over.

        Raises:
            InputError: The file cannot be written; the run is then kept where the screen keeps
                its own, if that can be.
        """
        if self.path is None:
            self._say_what_is_lost()
            return
        save_at_the_end(self.path, self.trainer)
        self.saved(self.trainer.update, self.path)

    def _say_what_is_lost(self) -> None:
        done = self.trainer.update - self.start
        if done > 0 and not self.meant:
            what = "1 update was" if done == 1 else f"{done:,} updates were"
            complain(f"{what} not saved: --checkpoint FILE saves, --no-save spares this line")
