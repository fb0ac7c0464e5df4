"""`rnn-tui train`: the trainer without a screen, until a stop rule or a signal says so."""

import signal
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from rnn_tui.plain.bar import Bar
from rnn_tui.plain.output import emit
from rnn_tui.plain.stop import Stop
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint import save
from rnn_tui.training.trainer import Trainer


@dataclass(frozen=True, slots=True)
class Plan:
    """What `train` was asked for besides training."""

    as_json: bool = False
    checkpoint: Path | None = None
    checkpoint_every: int | None = None
    notes: tuple[str, ...] = ()


def run(trainer: Trainer, plan: Plan) -> int:
    """Train until a stop rule or a signal says so.

    Returns:
        0 done, 1 diverged, 128 + n after signal n, having saved what was asked to be saved.
    """
    started = time.monotonic()
    if plan.as_json:
        emit({"event": "start", "config": asdict(trainer.config), "notes": plan.notes})
    else:
        for note in plan.notes:
            print(note, file=sys.stderr)
    with Stop().listening() as stop, Bar(trainer, quiet=plan.as_json) as bar:
        reason = train(trainer, plan, stop, bar)
        trainer.validate()
    if plan.checkpoint is not None:
        save(plan.checkpoint, trainer)
    report_end(trainer, plan, reason, time.monotonic() - started)
    if stop.signal:
        return 128 + stop.signal
    return 1 if trainer.diverged else 0


def train(trainer: Trainer, plan: Plan, stop: Stop, bar: "Bar") -> str:
    """Do updates until there is a reason not to; return the reason."""
    validations = len(trainer.history.validations)
    due = time.monotonic()
    while not (reason := trainer.finished_reason()):
        report = trainer.step()
        trainer.finish_validation()
        if plan.as_json:
            emit({"event": "update", **asdict(report)})
            if len(trainer.history.validations) != validations:
                validations = len(trainer.history.validations)
                emit_validation(trainer)
        bar.show(report)
        if report.diverged:
            return "the loss is no longer a number; try a lower --learning-rate"
        every = plan.checkpoint_every
        if plan.checkpoint and every and report.update % every == 0:
            save(plan.checkpoint, trainer)
        if trainer.config.speed:
            due = max(due + 1 / trainer.config.speed, time.monotonic() - 1)
            stop.event.wait(max(0.0, due - time.monotonic()))
        if stop.signal:
            return f"signal {signal.Signals(stop.signal).name}"
    return reason


def report_end(trainer: Trainer, plan: Plan, reason: str, seconds: float) -> None:
    """Say how it ended."""
    history = trainer.history
    if plan.as_json:
        emit_validation(trainer)
        emit(
            {
                "event": "end",
                "reason": reason,
                "update": trainer.update,
                "loss": history.loss,
                "smoothed": history.smoothed,
                "validation": history.validation,
                "checkpoint": None if plan.checkpoint is None else str(plan.checkpoint),
            }
        )
        return
    validation = "" if history.validation is None else f" · validation {history.validation:.3f}"
    print(
        f"{reason}: update {trainer.update:,} · loss {history.loss:.3f}{validation}"
        f" nats per character · {seconds:.1f} s"
    )
    if plan.checkpoint is not None:
        print(f"saved to {visible(str(plan.checkpoint))}")


def emit_validation(trainer: Trainer) -> None:
    """The newest validation loss as a JSON line, if there is one."""
    if trainer.history.validations:
        update, loss = trainer.history.validations[-1]
        emit({"event": "validation", "update": update, "loss": loss})
