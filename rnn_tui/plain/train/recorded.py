"""A report that keeps the record of the run besides."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.inspection.diagnosis.report import Finding
from rnn_tui.live.info import describe
from rnn_tui.plain.train.logged import observation_of, sentence
from rnn_tui.plain.train.report import Report
from rnn_tui.protocol.remedies import Remedies
from rnn_tui.records.record import Record
from rnn_tui.runlog.rhythm import RECORD
from rnn_tui.training.trainer import StepReport, Trainer

EVERY = 0.05
"""Seconds between two looks, once the first updates are made: a look takes as long as a tenth of an
update of the smallest network."""
COUNTED = 200_000
"""Characters whose entropies are counted: of more, training would wait for it."""


class RecordedReport:
    """Passes everything on, and notes it."""

    def __init__(self, report: Report, record: Record, trainer: Trainer) -> None:
        self.report, self.record, self.trainer = report, record, trainer
        self._eager, self._due = RECORD.first, 0.0

    @contextmanager
    def on(self, trainer: Trainer, notes: tuple[str, ...]) -> Iterator[None]:
        """Note that the run begins."""
        self.record.begin(trainer, lambda: asdict(describe(trainer, notes, COUNTED)))
        with self.report.on(trainer, notes):
            yield

    def updated(self, step: StepReport) -> None:
        """One update was done."""
        self.report.updated(step)
        if self._eager or time.monotonic() >= self._due:
            self._eager = max(0, self._eager - 1)
            self._due = time.monotonic() + EVERY
            self.record.look(observation_of(self.trainer))

    def validated(self, trainer: Trainer) -> None:
        """There may be a new validation loss."""
        self.report.validated(trainer)
        self.record.look(observation_of(trainer))

    def diverged(self, finding: Finding, way: Remedies | None) -> None:
        """Note that an update was not made."""
        self.report.diverged(finding, way)
        said = f"Update {finding.update:,} was not made."
        self.record.look(observation_of(self.trainer, "diverged", said))

    def ended(self, trainer: Trainer, reason: str, checkpoint: Path | None) -> None:
        """Training is over."""
        self.report.ended(trainer, reason, checkpoint)
        finished = "finished" if trainer.finished_reason() else "running"
        state, said = "diverged" if trainer.diverged else finished, sentence(reason)
        self.record.end(said, observation_of(trainer, state, said))


@contextmanager
def broken_off(record: Record, trainer: Trainer) -> Iterator[None]:
    """Note that an error ended the run: nobody reads on, or it cannot be saved."""
    try:
        yield
    except (OSError, InputError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        record.end(f"Broken off: {why}.", observation_of(trainer))
        raise
