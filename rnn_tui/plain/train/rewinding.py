"""What `train` does when training diverges: stop, or go back and take smaller steps."""

from rnn_tui.inspection.diagnosis.cause import find
from rnn_tui.inspection.diagnosis.report import Finding
from rnn_tui.live.remedies import DIVERGED, remedies
from rnn_tui.protocol.remedies import Remedies
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import StepReport, Trainer

MOST = 5
"""Rewinds of one run: a thirty-second of the learning rate ought to be small enough."""


class Rewinder:
    """Keeps the past of a run as far as it may be needed."""

    def __init__(self, trainer: Trainer, *, most: int = MOST) -> None:
        """Begin where the trainer stands.

        Args:
            trainer: Whose updates to follow.
            most: Rewinds, at most; 0: nothing is kept, the first divergence is the last.
        """
        self.trainer = trainer
        self.left = most
        self.timeline = Timeline(trainer)
        self._following = most > 0

    def update_made(self) -> None:
        """Call after an update."""
        if self._following:
            self.timeline.update_made()

    def update_refused(self, step: StepReport) -> tuple[Finding, Remedies | None]:
        """Call for an update that was not made; goes back if it may.

        Returns:
            What was found, and where training goes on; None: it does not.
        """
        finding = find(self.trainer, step)
        self.trainer.history.mark(step.update, DIVERGED)
        if not self.left:
            return finding, None
        self.left -= 1
        way = remedies(self.timeline, finding)
        self.timeline.go_to(way.back_to)
        self.timeline.branch_off()
        self.trainer.stop_for(self.trainer.watch)
        self.trainer.set_learning_rate(way.rate)
        self.timeline.knob_turned()
        return finding, way
