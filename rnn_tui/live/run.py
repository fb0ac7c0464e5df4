"""A training run that can be held, stepped and begun again; knows no pipe and no clock."""

import math
from collections.abc import Callable
from typing import Literal

from rnn_tui.inspection.diagnosis.cause import find
from rnn_tui.inspection.diagnosis.report import Finding
from rnn_tui.live.remedies import DIVERGED, KEYS, clip_words, remedies, told
from rnn_tui.protocol.remedies import Trouble
from rnn_tui.protocol.snapshot import RunState
from rnn_tui.training.history import History
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import StepReport, Trainer

STRIDES = 50
"""Strides from the first update to the last."""


class RefusalError(Exception):
    """A command that cannot be carried out; the message is the reason, in one sentence."""


class Run:
    """A trainer and whether it goes on."""

    def __init__(self, trainer: Trainer, *, paused: bool = False) -> None:
        self.trainer = trainer
        self.timeline = Timeline(trainer)
        self.state: RunState = "paused" if paused else "running"
        self.reason = self._where() if paused else ""
        self.loss = trainer.history.loss
        """Of the last update, finite or not."""
        self.norms = History(trainer.history.smoothing)
        """Gradient norms, one for every stretch of updates done at once."""
        self._finding: Finding | None = None
        self._at_goal: Callable[[], object] | None = None
        """What to do at the end of a journey."""
        self._goal: int | None = None
        self._unlimited = False
        self._chosen_rate: float | None = None
        self._stop_where_due()

    @property
    def running(self) -> bool:
        """Whether updates follow one another."""
        return self.state == "running"

    @property
    def trouble(self) -> Trouble | None:
        """Why the next update was not made, and what can be done."""
        if self.state != "diverged" or self._finding is None:
            return None
        return Trouble(self._finding, remedies(self.timeline, self._finding))

    def pause(self) -> str:
        """Stand still; a run that is finished or has diverged stays so."""
        self._at_goal = None
        if self.running:
            self._stand(self._where())
        return self.reason

    def resume(self) -> str:
        """Go on; say so when that means going past a limit. From a past moment: as a branch."""
        self._refuse_if_diverged()
        self._leave_past()
        lifted = self._lift_limits()
        self._goal, self.state, self.reason = None, "running", ""
        return lifted

    def run_to_epoch_end(self) -> str:
        """Go on until the epoch that the next update belongs to is done."""
        said = self.resume()
        trainer = self.trainer
        self._goal = trainer.epoch * trainer.windows_per_epoch
        return said or f"To the end of epoch {trainer.epoch:,}."

    def step(self) -> str:
        """Do one update, then stand still."""
        self._refuse_if_diverged()
        self._leave_past()
        said = self._lift_limits()
        self._goal, self.state = None, "running"
        self.advance(1)
        if self.running:
            self.pause()
        return said

    def update_undone(self, loss: float) -> None:
        """Stand before an update that was made and taken back; `loss` is that before it."""
        self.loss = loss
        self.timeline.update_undone()
        self._stand(self._where())

    def travel(self, strides: int) -> str:
        """Stand still and set out for a moment some fiftieths of the run away."""
        timeline, here = self.timeline, self.trainer.update
        start, head = timeline.start, timeline.head
        stride = max(1, round((head - start) / STRIDES))
        goal = here if timeline.goal is None else timeline.goal
        goal = min(max(goal + strides * stride, start), head)
        self.pause()
        if goal == here and timeline.goal is None:
            return "This is the end of the branch." if strides > 0 else self._beginning()
        timeline.set_out(goal)
        self._travelled()
        return ""

    def _beginning(self) -> str:
        start = self.timeline.start
        if not start:
            return "This is the beginning."
        return f"Update {start:,} is the first here: its checkpoint holds none before it."

    def other_branch(self) -> str:
        """Stand still and set out for the end of the next branch."""
        timeline = self.timeline
        if len(timeline.branches) == 1:
            raise RefusalError(
                "There is one branch only: {time.back} goes back, and going on from there starts "
                "another."
            )
        self.pause()
        branch = timeline.other_branch()
        timeline.set_out(branch.head, branch)
        self._travelled()
        return f"Branch {branch.number}" + (f": {branch.change}." if branch.change else ".")

    def mend(self, how: Literal["back", "clip", "anyway"]) -> str:
        """Go on after divergence: back with half the rate, clipped, or regardless."""
        if (trouble := self.trouble) is None:
            raise RefusalError("Nothing has gone wrong here: this key is for when it does.")
        offered, kind = trouble.remedies, trouble.finding.kind
        if how == "anyway":
            # Making the same update again, it would be stopped by the same at once.
            self.trainer.stop_for("finite" if kind == "high" else "nothing")
            self.timeline.knob_turned()
            self.resume()
            if kind == "high":
                return "Going on: from here on only what is not finite stops it."
            return "Going on: what is not finite spreads to every weight; {time.back} goes back."
        if how == "clip":
            before = self.trainer.config.clip_norm
            self._go_back(offered.clip_at, lambda: self._clip(offered.clip))
            return clip_words(before, offered.clip)
        self._go_back(offered.back_to, lambda: self._lower(offered.rate))
        return f"Back to update {offered.back_to:,}, with a learning rate of {offered.rate:.3g}."

    def travel_on(self, most: int) -> int:
        """Replay at most so many updates of the journey under way; return how many it were."""
        before = self.trainer.update
        self.timeline.travel(most)
        self._travelled()
        return self.trainer.update - before

    def to_head(self) -> None:
        """Be at the end of the branch again."""
        if self.timeline.in_past:
            self.timeline.go_to(self.timeline.head)
            self._travelled()

    def advance(self, most: int) -> int:
        """Do up to `most` updates; fewer where something has to happen first.

        Returns:
            How many updates were done.
        """
        trainer, goal = self.trainer, self._goal
        before, step, finished = trainer.update, trainer.step, trainer.finished_reason
        timeline = self.timeline
        for _ in range(most):
            report = step()
            if report.update >= timeline.due:
                timeline.update_made()
            if report.diverged or trainer.validating or report.update == goal:
                break
            if finished() and not self._unlimited:
                break
        timeline.update_made()
        self._take_in(report)
        self._stop_where_due()
        return trainer.update - before

    def set_learning_rate(self, value: float) -> str:
        """Use this rate from the next update on.

        A run that has diverged stays so: the update that was not made has its loss and its gradient
        from the weights as they are, whatever the rate.
        """
        if not (math.isfinite(value) and value > 0):
            raise RefusalError(f"A learning rate is a number above 0, not {value}.")
        self._leave_past()
        before = self.trainer.learning_rate
        self.trainer.set_learning_rate(value)
        self.timeline.knob_turned()
        self._chosen_rate = value
        return f"Learning rate {before:.3g} → {value:.3g}."

    def restarted(self, seed: int | None) -> "Run":
        """A run at its first update; a learning rate that was chosen stays chosen."""
        if seed is not None and seed < 0:
            raise RefusalError(f"A seed is a whole number from 0, not {seed}.")
        run = Run(self.trainer.restarted(seed), paused=self.state == "paused")
        run._chosen_rate = self._chosen_rate
        if self._chosen_rate is not None:
            run.trainer.base_rate = self._chosen_rate
            run.timeline.knob_turned()
        return run

    def _go_back(self, update: int, turn: Callable[[], object]) -> None:
        """Turn a knob at a moment and go on from there."""

        def turn_and_go_on() -> None:
            turn()
            self.resume()

        if update == self.trainer.update:
            turn_and_go_on()
            return
        self._stand("")
        self._at_goal = turn_and_go_on
        self.timeline.set_out(update)
        self._travelled()

    def _lower(self, rate: float) -> None:
        self.trainer.stop_for(self.trainer.watch)
        self.set_learning_rate(rate)

    def _clip(self, value: float) -> None:
        if self.trainer.diverged:  # at the moment itself, where the loss is as high as before
            self.trainer.stop_for("finite")
        self._leave_past()
        self.trainer.set_clip_norm(value)
        self.timeline.knob_turned()

    def _take_in(self, report: StepReport) -> None:
        self.loss = report.loss
        if not report.diverged:
            self.norms.add(report.update, report.grad_norm)
        if report.diverged:
            self.trainer.history.mark(report.update, DIVERGED)
            self._goal, self.state = None, "diverged"
            self._finding = find(self.trainer, report)
            self.reason = told(self._finding)

    def _leave_past(self) -> None:
        """Start a branch, if this is a past moment."""
        timeline, update = self.timeline, self.trainer.update
        if timeline.goal is not None:
            raise RefusalError(f"Update {timeline.goal:,} is not reached yet.")
        if timeline.in_past:
            self.norms = self.norms.until(update, self.norms)
            timeline.branch_off()

    def _travelled(self) -> None:
        self.loss = self.trainer.history.loss
        goal = self.timeline.goal
        self._stand(self._where() if goal is None else f"Going to update {goal:,} …")
        if goal is None and self._at_goal is not None:
            turn, self._at_goal = self._at_goal, None
            turn()

    def _stop_where_due(self) -> None:
        trainer = self.trainer
        if not self.running:
            return
        if self._goal is not None and trainer.update >= self._goal:
            self._stand(f"Epoch {trainer.epoch - 1:,} is done.")
        if not self._unlimited and (why := trainer.finished_reason()):
            self._goal, self.state = None, "finished"
            self.reason = f"{why[0].upper()}{why[1:]}."

    def _where(self) -> str:
        update, head = self.trainer.update, self.timeline.head
        if self.timeline.in_past:
            return f"Update {update:,} of {head:,}: going on from here starts a branch."
        return f"Paused after update {update:,}." if update else "Paused before the first update."

    def _stand(self, reason: str) -> None:
        self._goal, self.state, self.reason = None, "paused", reason

    def _lift_limits(self) -> str:
        why = self.trainer.finished_reason()
        if self._unlimited or not why:
            return ""
        self._unlimited = True
        return f"Going on although {why}: no limit stops it now."

    def _refuse_if_diverged(self) -> None:
        if self.trainer.diverged:
            raise RefusalError(f"The same update would fail again: {KEYS}.")
