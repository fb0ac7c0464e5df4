"""A report that writes the event log besides."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rnn_tui.inspection.diagnosis.report import Finding
from rnn_tui.live.info import describe
from rnn_tui.live.samples import PAUSE_FLAT_OUT, SampleBook
from rnn_tui.plain.train.report import Report
from rnn_tui.protocol.remedies import Remedies
from rnn_tui.runlog.recorder import Observation, Recorder, SampleLike, Sink
from rnn_tui.training.branches import Branch
from rnn_tui.training.trainer import StepReport, Trainer


class LoggedReport:
    """Passes everything on, and notes it; samples, which `train` tells of nowhere else, too."""

    def __init__(self, report: Report, sink: Sink, trainer: Trainer) -> None:
        self.report, self.trainer = report, trainer
        self.recorder = Recorder(sink, time.monotonic, trainer.corpus.vocab)
        self.book = SampleBook(trainer, time.monotonic)

    @contextmanager
    def on(self, trainer: Trainer, notes: tuple[str, ...]) -> Iterator[None]:
        """Note that the run begins."""
        self.recorder.begin(asdict(describe(trainer, notes)), trainer.update, trainer.history)
        with self.report.on(trainer, notes):
            yield

    def updated(self, step: StepReport) -> None:
        """One update was done."""
        self.report.updated(step)
        if self.book.until_due(PAUSE_FLAT_OUT) == 0:
            self.book.begin(self.trainer.config.temperature)
            while self.book.writing:
                self.book.advance(PAUSE_FLAT_OUT)
        self._look()

    def validated(self, trainer: Trainer) -> None:
        """There may be a new validation loss."""
        self.report.validated(trainer)
        self._look()

    def diverged(self, finding: Finding, way: Remedies | None) -> None:
        """Note that an update was not made."""
        self.report.diverged(finding, way)
        self._look("diverged", f"Update {finding.update:,} was not made.")

    def ended(self, trainer: Trainer, reason: str, checkpoint: Path | None) -> None:
        """Training is over."""
        self.report.ended(trainer, reason, checkpoint)
        self._look("finished", sentence(reason))
        self.recorder.end(sentence(reason), trainer.update)

    def _look(self, state: str = "running", reason: str = "") -> None:
        samples = (self.book.samples[-1],) if self.book.samples else ()
        self.recorder.look(observation_of(self.trainer, state, reason, samples))


def observation_of(
    trainer: Trainer,
    state: str = "running",
    reason: str = "",
    samples: tuple[SampleLike, ...] = (),
) -> Observation:
    """Return what is seen now of a run that has one branch."""
    return Observation(
        branch=Branch(1, trainer.history, [], trainer.update),
        update=trainer.update,
        epoch=trainer.epoch,
        grad_norm=trainer.grad_norm,
        learning_rate=trainer.learning_rate,
        state=state,
        reason=reason,
        temperature=trainer.config.temperature,
        speed=trainer.config.speed,
        samples=samples,
    )


def sentence(reason: str) -> str:
    """Return a reason for the end as a sentence."""
    return f"{reason[0].upper()}{reason[1:]}."


def warn(said: str) -> None:
    """Say it beside the results."""
    print(f"rnn-tui: {said}", file=sys.stderr)
