"""How `train` tells what happens: in words with a progress bar, or as JSON lines."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Protocol

from rnn_tui.inspection.diagnosis.report import Finding
from rnn_tui.plain.output import emit
from rnn_tui.plain.train.bar import Bar
from rnn_tui.protocol.remedies import Remedies
from rnn_tui.text.visible import visible
from rnn_tui.training.trainer import StepReport, Trainer


class Report(Protocol):
    """What `train` tells of, in the order in which it happens."""

    @contextmanager
    def on(self, trainer: Trainer, notes: tuple[str, ...]) -> Iterator[None]:
        """Training begins and, when the block is left, ends."""
        yield

    def updated(self, step: StepReport) -> None:
        """One update was done."""

    def validated(self, trainer: Trainer) -> None:
        """There may be a new validation loss."""

    def diverged(self, finding: Finding, way: Remedies | None) -> None:
        """Tell that an update was not made; training goes on in a way, or (None) it does not."""

    def ended(self, trainer: Trainer, reason: str, checkpoint: Path | None) -> None:
        """Training is over and what was to be saved is saved."""


class TextReport:
    """Notes and a progress bar on a terminal, the result on standard output."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.bar: Bar | None = None

    @contextmanager
    def on(self, trainer: Trainer, notes: tuple[str, ...]) -> Iterator[None]:
        """Say what was chosen and show the bar, if somebody is there to see it."""
        for note in notes if sys.stderr.isatty() else ():
            print(note, file=sys.stderr)
        with Bar(trainer) as self.bar:
            yield

    def updated(self, step: StepReport) -> None:
        """Move the bar."""
        if self.bar is not None:
            self.bar.show()

    def validated(self, trainer: Trainer) -> None:
        """Do nothing: the bar looks for itself."""

    def diverged(self, finding: Finding, way: Remedies | None) -> None:
        """Say what was found, and what to do or what is done."""
        if way is None:
            next_step = "Try a lower --learning-rate, --clip-norm 1, or --on-divergence rewind."
        else:
            next_step = f"Back to update {way.back_to:,}, with a learning rate of {way.rate:.3g}."
        print(f"rnn-tui: {finding.what} It began {finding.where}.", file=sys.stderr)
        print(f"rnn-tui: The cause is probably {finding.cause} {next_step}", file=sys.stderr)

    def ended(self, trainer: Trainer, reason: str, checkpoint: Path | None) -> None:
        """Say how it ended."""
        history, unit = trainer.history, trainer.corpus.vocab.unit
        validation = "" if history.validation is None else f" · validation {history.validation:.4g}"
        print(
            f"{reason}: update {trainer.update:,} · loss {history.loss:.4g} · smoothed "
            f"{history.smoothed:.4g}{validation} nats per {unit} · "
            f"{time.monotonic() - self.started:.1f} s"
        )
        if checkpoint is not None:
            print(f"saved to {visible(str(checkpoint))}")


class JsonReport:
    """One JSON object a line on standard output: start, update, validation, divergence, end."""

    def __init__(self) -> None:
        self.validated_last: tuple[int, float] | None = None

    @contextmanager
    def on(self, trainer: Trainer, notes: tuple[str, ...]) -> Iterator[None]:
        """Tell the settings and what was chosen unasked."""
        emit({"event": "start", "config": asdict(trainer.config), "notes": notes})
        yield

    def updated(self, step: StepReport) -> None:
        """All numbers of the update."""
        emit({"event": "update", **asdict(step)})

    def validated(self, trainer: Trainer) -> None:
        """Tell the newest validation loss, once."""
        last = trainer.history.validations[-1]
        if last != self.validated_last:
            self.validated_last, (update, loss) = last, last
            emit({"event": "validation", "update": update, "loss": loss})

    def diverged(self, finding: Finding, way: Remedies | None) -> None:
        """Tell what was found, with all figures, and what is done."""
        emit(
            {
                "event": "divergence",
                "update": finding.update,
                "kind": finding.kind,
                "phase": finding.value.phase,
                "time_step": finding.value.t or None,
                "result": finding.value.name,
                "size": finding.value.size,
                **asdict(finding.figures),
                "said": finding.what,
                "cause": finding.cause,
                "action": "stop" if way is None else "rewind",
                "back_to": None if way is None else way.back_to,
                "new_learning_rate": None if way is None else way.rate,
            }
        )

    def ended(self, trainer: Trainer, reason: str, checkpoint: Path | None) -> None:
        """Tell the last numbers and where they were saved."""
        history = trainer.history
        emit(
            {
                "event": "end",
                "reason": reason,
                "update": trainer.update,
                "loss": history.loss,
                "smoothed": history.smoothed,
                "validation": history.validation,
                "checkpoint": None if checkpoint is None else str(checkpoint),
            }
        )
