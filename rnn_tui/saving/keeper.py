"""What is saved without being asked for: autosaves, and the checkpoint that was named."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from rnn_tui.errors import InputError, reason
from rnn_tui.language import phrase
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.replies import Left
from rnn_tui.saving.autosave import Autosave
from rnn_tui.saving.best import Best, best_beside
from rnn_tui.saving.final_save import save_at_the_end
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.file import save
from rnn_tui.training.trainer import Trainer


class Keeper:
    """Saves what `Keeping` says; a fault is told once, and training goes on."""

    def __init__(
        self,
        keeping: Keeping,
        clock: Callable[[], float],
        tell: Callable[[str], None],
        opened: int = 0,
        saved: Callable[[int, Path], None] = lambda update, path: None,
    ) -> None:
        """Get ready and sweep away what an interrupted save left.

        Args:
            keeping: What to do.
            clock: Seconds.
            tell: Gets a sentence when a save fails.
            opened: Updates that were made before, by the run that is gone on with; what is added
                to them is kept however short it took.
            saved: Gets which update was saved, and where.
        """
        self._opened, self._tell_saved = opened, saved
        self.keeping, self.clock, self.tell = keeping, clock, tell
        self.trained = 0.0
        """Seconds in which the present run was running."""
        self.autosave: Autosave | None = None
        if keeping.autosave:
            self.autosave = Autosave(keeping.autosave, clock, also=keeping.race)
        self._told: set[str] = set()
        self._last, self._restarts, self._saved = clock(), 0, -1
        if self.autosave:
            self.autosave.begin()
        self._best = self._new_best()
        if keeping.checkpoint:
            sweep(keeping.checkpoint)
        if self._best:
            sweep(self._best.path)

    def save_if_due(self, trainer: Trainer, *, running: bool) -> None:
        """Call between updates, often: saves where it is time."""
        now = self.clock()
        if running:
            self.trained += now - self._last
            self._keep_every(trainer)
        if self._best:
            self._checkpoint(self._best.look, trainer)
        if self.autosave and now >= self.autosave.due and self._is_worth(trainer, running):
            self._autosave(self.autosave, trainer)
        self._last = now

    def seconds_until_due(self, trainer: Trainer) -> float | None:
        """Return seconds until weights turned by hand are saved, though training stands still."""
        if self.autosave and self._is_worth(trainer, running=False):
            return max(0.0, self.autosave.due - self.clock())
        return None

    def _is_worth(self, trainer: Trainer, running: bool) -> bool:
        """Return whether there is something new to keep: training, or what was turned by hand."""
        if running and self.trained >= self.keeping.worth:
            return True
        return trainer.turns > 0 and self.autosave is not None and not self.autosave.has(trainer)

    def before_restart(self, trainer: Trainer) -> None:
        """Call before a run is thrown away: it is kept, and the next has a file of its own."""
        self._best = self._new_best()
        if not self.autosave:
            return
        if self._is_kept(trainer):
            self._autosave(self.autosave, trainer)
        self._restarts += 1
        first = self.keeping.autosave or self.autosave.path
        path = first.with_name(f"{first.stem}-{self._restarts}{first.suffix}")
        self.autosave = Autosave(path, self.clock, also=self.keeping.race)
        self.autosave.begin()
        self.trained, self._saved, self._opened = 0.0, -1, 0

    def keep_in(self, path: Path, worth: float, trainer: Trainer) -> None:
        """Keep the run in a file of a race, too, now and whenever it is kept by itself."""
        self.keeping = replace(self.keeping, race=path, worth=worth)
        if self.autosave:
            self.autosave.also = path
            self.autosave.begin()
            self._autosave(self.autosave, trainer)

    def save_after_fault(self, trainer: Trainer) -> None:
        """Call after a fault: however short it was, the run is kept, else saved as asked for."""
        if self.autosave:
            self.autosave.write(trainer)
        elif self.keeping.checkpoint:
            save(self.keeping.checkpoint, trainer)

    def save_at_end(self, trainer: Trainer) -> Left:
        """Call at the end; says what became of the run."""
        unsaved, kept = "", False
        if self.keeping.checkpoint:
            spare = self.autosave.path if self.autosave else None
            try:
                save_at_the_end(self.keeping.checkpoint, trainer, spare)
            except InputError as error:
                unsaved = str(error)
        if self.autosave and self._is_kept(trainer):
            self._autosave(self.autosave, trainer)
            kept = not self.autosave.fault
        if self.keeping.checkpoint and not unsaved:
            self._tell_saved(trainer.update, self.keeping.checkpoint)
        return Left(trainer.update, kept, unsaved)

    def _is_kept(self, trainer: Trainer) -> bool:
        """Return whether a run is worth keeping; what was turned by hand is, however short."""
        resumed = trainer.update > self._opened > 0
        return self.trained >= self.keeping.worth or resumed or trainer.turns > 0

    def until_due(self, update: int) -> int | None:
        """Return updates until the checkpoint is to be saved; None: not on the way."""
        every = self.keeping.every
        return every - update % every if self.keeping.checkpoint and every else None

    def _keep_every(self, trainer: Trainer) -> None:
        path, every, update = self.keeping.checkpoint, self.keeping.every, trainer.update
        if path and every and update and update % every == 0 and update != self._saved:
            self._saved = update
            if self._checkpoint(partial(save, path), trainer):
                self._tell_saved(update, path)

    def _new_best(self) -> Best | None:
        path = self.keeping.checkpoint if self.keeping.best else None
        return Best(best_beside(path)) if path else None

    def _checkpoint(self, keep: Callable[[Trainer], None], trainer: Trainer) -> bool:
        try:
            keep(trainer)
        except InputError as error:
            self._say(phrase("The checkpoint is not saved: {reason}.", reason=reason(error)))
            return False
        return True

    def _autosave(self, autosave: Autosave, trainer: Trainer) -> None:
        autosave.write(trainer)
        if not autosave.fault:
            self._tell_saved(trainer.update, autosave.path)
        else:
            # The reason first: a line of the screen has no room for more than the name of a folder.
            fault, folder = autosave.fault, visible(str(autosave.path.parent))
            self._say(
                phrase(
                    "This run is not kept by itself: {reason}. {train.save} saves it elsewhere "
                    "than in {folder}.",
                    reason=fault,
                    folder=folder,
                )
            )

    def _say(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self.tell(sentence)


def sweep(path: Path) -> None:
    """Delete the temporary files that interrupted saves of `path` left beside it."""
    with suppress(OSError):
        target = path.resolve()
        for stray in target.parent.iterdir():
            if stray.name.startswith(f".{target.name}.") and stray.suffix == ".tmp":
                stray.unlink(missing_ok=True)
