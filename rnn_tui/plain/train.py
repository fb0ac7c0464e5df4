"""`rnn-tui train`: the trainer without a screen, until a stop rule or a signal says so."""

import signal
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.plain.report import JsonReport, Report, TextReport
from rnn_tui.plain.stop import Stop
from rnn_tui.training.checkpoint import save
from rnn_tui.training.trainer import Trainer


@dataclass(frozen=True, slots=True)
class Plan:
    """What `train` was asked for besides training."""

    as_json: bool = False
    checkpoint: Path | None = None
    checkpoint_every: int | None = None
    notes: tuple[str, ...] = ()


def train(trainer: Trainer, plan: Plan) -> int:
    """Train until a stop rule or a signal says so; save what was asked to be saved.

    Returns:
        0, or 128 + n after signal n.

    Raises:
        InputError: The loss stopped being a number, or the checkpoint cannot be written.
    """
    report: Report = JsonReport() if plan.as_json else TextReport()
    # A loss that overflows is reported in words; NumPy's own warning would say it in code.
    with Stop().listening() as stop, np.errstate(all="ignore"):
        try:
            with report.on(trainer, plan.notes):
                reason = updates(trainer, plan, stop, report)
                if trainer.validate() is not None:
                    report.validated(trainer)
        except (
            OSError
        ):  # nobody reads on, or the disk is full: what was learned is kept all the same
            if plan.checkpoint is not None:
                save(plan.checkpoint, trainer)
            raise
        if plan.checkpoint is not None:
            save(plan.checkpoint, trainer)
        report.ended(trainer, reason, plan.checkpoint)
    if trainer.diverged:
        rate = trainer.learning_rate
        raise InputError(f"{reason}; try a --learning-rate below {rate:g}, or --clip-norm 1")
    return 128 + stop.signal if stop.signal else 0


def updates(trainer: Trainer, plan: Plan, stop: Stop, report: Report) -> str:
    """Do updates until there is a reason not to; return the reason."""
    due = time.monotonic()
    while not (reason := trainer.finished_reason()):
        step = trainer.step()
        if step.diverged:
            return f"the loss is not a finite number after {trainer.update:,} updates"
        report.updated(step)
        if trainer.validating:
            trainer.finish_validation()
            report.validated(trainer)
        every = plan.checkpoint_every
        if plan.checkpoint and every and step.update % every == 0:
            save(plan.checkpoint, trainer)
        if trainer.config.speed:
            due = max(due + 1 / trainer.config.speed, time.monotonic() - 1)
            stop.event.wait(max(0.0, due - time.monotonic()))
        if stop.signal:
            return f"ended by {signal.Signals(stop.signal).name}"
    return reason
