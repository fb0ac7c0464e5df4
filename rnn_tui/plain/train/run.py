"""`rnn-tui train`: the trainer without a screen, until a stop rule or a signal says so."""

import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rnn_tui.live.sinks import sink_for
from rnn_tui.plain.train.logged import LoggedReport, warn
from rnn_tui.plain.train.recorded import RecordedReport, broken_off
from rnn_tui.plain.train.report import JsonReport, Report, TextReport
from rnn_tui.plain.train.rewinding import MOST, Rewinder
from rnn_tui.plain.train.saving import Saver
from rnn_tui.plain.train.stop import Stop
from rnn_tui.protocol.job import Recording
from rnn_tui.records.record import Record
from rnn_tui.training.trainer import Trainer

DIVERGED = 3
"""Exit code: an update was not made, since training diverged."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What `train` was asked for besides training."""

    as_json: bool = False
    checkpoint: Path | None = None
    checkpoint_every: int | None = None
    no_save: bool = False
    """Without a checkpoint: whether that is meant, so that nothing need be said of it."""
    notes: tuple[str, ...] = ()
    rewind: bool = False
    """After divergence: go back and on with half the learning rate, some times."""
    log: Path | None = None
    """Where what happens is noted besides; None: nowhere."""
    tensorboard: Path | None = None
    """Where TensorBoard finds the same; None: nowhere."""
    keep_best: bool = False
    """Whether the best is kept beside the checkpoint."""
    record: Recording | None = None
    """What is kept of the run by itself; None: nothing."""


def train(trainer: Trainer, plan: Plan) -> int:
    """Train until a stop rule or a signal says so; save what was asked to be saved.

    Returns:
        0, 3 where training diverged, or 128 + n after signal n.

    Raises:
        InputError: The checkpoint cannot be written.
    """
    report: Report = JsonReport() if plan.as_json else TextReport()
    sink = sink_for(plan.log, plan.tensorboard, warn)
    report = report if sink is None else LoggedReport(report, sink, trainer)
    record = Record(plan.record, time.monotonic, warn)
    report = report if plan.record is None else RecordedReport(report, record, trainer)
    saver = Saver(
        trainer,
        plan.checkpoint,
        plan.checkpoint_every,
        plan.no_save,
        plan.keep_best,
        saved=record.saved,
    )
    # A loss that overflows is reported in words; NumPy's own warning would say it in code.
    quiet = np.errstate(all="ignore")
    with Stop().listening() as stop, quiet, broken_off(record, trainer):
        try:
            with report.on(trainer, plan.notes + saver.notes):
                reason = updates(trainer, plan, stop, report, saver)
                if trainer.begin_validation():
                    evaluate(trainer, stop, report, saver)
        except OSError:  # nobody reads on, or the disk is full: what was learned is kept
            saver.end()
            raise
        saver.end()
        report.ended(trainer, reason, plan.checkpoint)
    if trainer.diverged:
        return DIVERGED
    return 128 + stop.signal if stop.signal else 0


def updates(trainer: Trainer, plan: Plan, stop: Stop, report: Report, saver: Saver) -> str:
    """Do updates until there is a reason not to; return the reason."""
    due = time.monotonic()
    rewinder = Rewinder(trainer, most=MOST if plan.rewind else 0)
    evaluate(
        trainer, stop, report, saver
    )  # a run that goes on may have been stopped amid a validation
    while not (reason := stop.reason or trainer.finished_reason()):
        step = trainer.step()
        if step.diverged:
            finding, way = rewinder.update_refused(step)
            report.diverged(finding, way)
            if way is None:
                return f"update {finding.update:,} was not made"
            continue
        rewinder.update_made()
        report.updated(step)
        evaluate(trainer, stop, report, saver)
        saver.update_made()
        if trainer.config.speed:
            due = max(due + 1 / trainer.config.speed, time.monotonic() - 1)
            stop.event.wait(max(0.0, due - time.monotonic()))
    return reason


def evaluate(trainer: Trainer, stop: Stop, report: Report, saver: Saver) -> None:
    """Do what is left of a validation under way, and report it; a signal cuts it short."""
    begun = trainer.validating
    while trainer.validating and not stop.pressing:
        trainer.validate_slice()
    if begun and not trainer.validating:
        report.validated(trainer)
        saver.validated()
