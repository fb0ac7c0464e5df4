"""A training run that can be held, stepped and begun again; knows no pipe and no clock."""

import math
import os
from collections.abc import Callable
from dataclasses import replace

from rnn_tui.inspection.diagnosis.cause import find
from rnn_tui.language import mark, phrase, sentence
from rnn_tui.live.remedies import DIVERGED, KEYS
from rnn_tui.live.status import Diverged, Finished, Paused, Running, Status, Travelling
from rnn_tui.models.turning.turns import Turn
from rnn_tui.training.branches import Branch, Moment
from rnn_tui.training.history import History
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import Trainer


class RefusalError(Exception):
    """A command that cannot be carried out; the message is the reason, in one sentence."""


class Run:
    """A trainer and whether it goes on."""

    def __init__(self, trainer: Trainer, *, paused: bool = False) -> None:
        self.key = os.urandom(8)
        """Its own, not even that of the same begun again."""
        self.trainer = trainer
        trainer.remember()
        self.timeline = Timeline(trainer)
        self.loss = trainer.history.loss
        """Of the last update, finite or not."""
        self.norms = History(trainer.history.smoothing)
        """Gradient norms, one for every stretch of updates done at once."""
        self.limited = True
        """Whether the limits of the settings hold: going on past one lifts all."""
        self.chosen_rate: float | None = None
        """A learning rate that was turned by hand, which is to stay when it begins again."""
        self.status: Status = self._paused() if paused else self._next_status(Running())

    @property
    def running(self) -> bool:
        """Whether updates follow one another."""
        return isinstance(self.status, Running)

    @property
    def travelling(self) -> bool:
        """Whether a past moment is being replayed."""
        return isinstance(self.status, Travelling)

    @property
    def in_past(self) -> bool:
        """Whether it stands before the end of its branch, or is on the way to a moment."""
        return self.timeline.in_past

    def pause(self) -> str:
        """Stand still; a run that is finished or has diverged stays so."""
        match self.status:
            case Running():
                self.status = self._paused()
            case Travelling():
                self.status = replace(self.status, then=None)
        return self.status.reason

    def resume(self) -> str:
        """Go on; say so when that means going past a limit. From a past moment: as a branch."""
        if isinstance(self.status, Diverged):
            raise RefusalError(
                phrase("The same update would fail again: {keys}.", keys=phrase(KEYS))
            )
        return self.go_on()

    def run_to_epoch_end(self) -> str:
        """Go on until the epoch that the next update belongs to is done."""
        said, epoch = self.resume(), self.trainer.epoch
        end = epoch * self.trainer.windows_per_epoch
        self.status = Running(end, phrase("Epoch {epoch} is done.", epoch=f"{epoch:,}"))
        return said or phrase("To the end of epoch {epoch}.", epoch=f"{epoch:,}")

    def run_until(self, update: int) -> str:
        """Go on until so many updates are made; stand still if they are, or a limit is reached."""
        if isinstance(self.status, Finished):
            return self.status.reason
        if self.trainer.update >= update:
            return self.pause()
        said = self.resume()
        made = mark("{count} update is made.") if update == 1 else mark("{count} updates are made.")
        self.status = Running(update, phrase(made, count=f"{update:,}"))
        return said

    def step(self) -> str:
        """Do one update, then stand still."""
        said = self.resume()
        self.advance(1)
        self.pause()
        return said

    def go_on(self) -> str:
        """Go on, whatever stopped it; say which limit that lifts."""
        self._leave_past()
        why = self.trainer.finished_reason() if self.limited else ""
        self.limited = self.limited and not why
        self.status = Running()
        return phrase("Going on although {why}: no limit stops it now.", why=why) if why else ""

    def advance(self, most: int) -> int:
        """Do up to `most` updates; fewer where something has to happen first.

        Returns:
            How many updates were done.
        """
        trainer, timeline = self.trainer, self.timeline
        before, step, finished = trainer.update, trainer.step, trainer.finished_reason
        going = self.status if isinstance(self.status, Running) else Running()
        limited = self.limited
        for _ in range(most):
            report = step()
            if report.update >= timeline.due:
                timeline.update_made()
            if report.diverged or trainer.validating or report.update == going.until:
                break
            if limited and finished():
                break
        timeline.update_made()
        self.loss = report.loss
        if report.diverged:
            trainer.history.mark(report.update, DIVERGED)
            self.status = Diverged(find(trainer, report))
        else:
            self.norms.add(report.update, report.grad_norm)
            self.status = self._next_status(going)
        return trainer.update - before

    def validated(self) -> None:
        """Stop if it is here that validation says so."""
        if isinstance(self.status, Running):
            self.status = self._next_status(self.status)
        elif isinstance(self.status, Paused):
            self._finish_at_head()

    def update_undone(self, loss: float) -> None:
        """Stand before an update that was made and taken back; `loss` is that before it."""
        self.loss = loss
        self.timeline.update_undone()
        self.status = self._paused()

    def set_out(
        self,
        update: int | Moment,
        branch: Branch | None = None,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Stand still and go to an update of this or another branch; `then` is called there."""
        self.timeline.set_out(update, branch)
        self._travelled(then)

    def travel_on(self, most: int) -> int:
        """Replay at most so many updates on the way; return how many it were."""
        then = self.status.then if isinstance(self.status, Travelling) else None
        before = self.trainer.update
        self.timeline.travel(most)
        self._travelled(then)
        return self.trainer.update - before

    def stand(self) -> None:
        """Stand still where the timeline has been put to."""
        self._travelled(None)
        self._finish_at_head()

    def to_head(self) -> None:
        """Be at the end of the branch again; weights that were taken back there stay so."""
        at_head = self.timeline.goal is None and self.trainer.update == self.timeline.head
        if self.in_past and not at_head:
            self.timeline.go_to(self.timeline.branch.end)
            self._travelled(None)

    def set_learning_rate(self, value: float) -> str:
        """Use this rate from the next update on.

        A run that has diverged stays so: the update that was not made has its loss and its gradient
        from the weights as they are, whatever the rate.
        """
        if not (math.isfinite(value) and value > 0):
            raise RefusalError(
                phrase("A learning rate is a number above 0, not {value}.", value=value)
            )
        self._leave_past()
        before = self.trainer.learning_rate
        self.trainer.set_learning_rate(value)
        self.timeline.knob_turned()
        self.chosen_rate = value
        return phrase("Learning rate {old} → {new}.", old=f"{before:.3g}", new=f"{value:.3g}")

    def set_clip_norm(self, value: float) -> None:
        """Clip the gradient to this norm from the next update on."""
        self._leave_past()
        self.trainer.set_clip_norm(value)
        self.timeline.knob_turned()

    def turn(self, asked: Turn, label: str) -> None:
        """Turn weights by hand; a run that has diverged can try its update again.

        Raises:
            InputError: It cannot be done; nothing has changed.
        """
        norms = self.norms.until(self.trainer.update, self.norms) if self.in_past else self.norms
        self.timeline.turn(asked, label)
        self.norms = norms
        if not isinstance(self.status, Finished):
            self.status = self._paused()

    def restarted(self, seed: int | None) -> "Run":
        """Return a run at its first update; a learning rate that was chosen stays chosen."""
        if seed is not None and seed < 0:
            raise RefusalError(phrase("A seed is a whole number from 0, not {seed}.", seed=seed))
        run = Run(self.trainer.restarted(seed), paused=self.status.name == "paused")
        run.chosen_rate = self.chosen_rate
        if self.chosen_rate is not None:
            run.trainer.base_rate = self.chosen_rate
            run.timeline.knob_turned()
        return run

    def _next_status(self, going: Running) -> Status:
        """Return the same, unless it is here that it has to stop."""
        trainer = self.trainer
        if self.limited and (why := trainer.finished_reason()):
            return Finished(sentence(why))
        if going.until is not None and trainer.update >= going.until:
            return Paused(going.there)
        return going

    def _finish_at_head(self) -> None:
        if not self.in_past and isinstance(there := self._next_status(Running()), Finished):
            self.status = there

    def _paused(self) -> Paused:
        update, head = self.trainer.update, self.timeline.head
        if turned := self.timeline.turned_next:
            return Paused(
                phrase(
                    "Before {turn} at update {update}: going on from here starts a branch.",
                    turn=turned.label,
                    update=f"{update:,}",
                )
            )
        if self.in_past:
            return Paused(
                phrase(
                    "Update {update} of {head}: going on from here starts a branch.",
                    update=f"{update:,}",
                    head=f"{head:,}",
                )
            )
        if not update:
            return Paused(mark("Paused before the first update."))
        return Paused(phrase("Paused after update {update}.", update=f"{update:,}"))

    def _travelled(self, then: Callable[[], object] | None) -> None:
        self.loss = self.trainer.history.loss
        goal = self.timeline.goal
        self.status = self._paused() if goal is None else Travelling(goal, then)
        if goal is None and then is not None:
            then()

    def _leave_past(self) -> None:
        """Start a branch, if this is a past moment."""
        if isinstance(self.status, Travelling):
            raise RefusalError(
                phrase("Update {update} is not reached yet.", update=f"{self.status.goal:,}")
            )
        if self.in_past:
            self.norms = self.norms.until(self.trainer.update, self.norms)
            self.timeline.branch_off()
