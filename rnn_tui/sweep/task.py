"""What a worker does, on whichever machine: one run, begun or gone on with, to its end."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.inspection.diagnosis.report import Finding
from rnn_tui.plain.train.logged import LoggedReport
from rnn_tui.plain.train.run import Plan, evaluate, updates
from rnn_tui.plain.train.saving import Saver
from rnn_tui.plain.train.stop import Stop
from rnn_tui.protocol.remedies import Remedies
from rnn_tui.runlog.file import LogFile, require_log_target
from rnn_tui.sweep.claim import standing
from rnn_tui.sweep.run import Result
from rnn_tui.sweep.seconds import seconds_before
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import StepReport, Trainer

LOOK = 1.0
"""Seconds between two looks whether the sweep is still at work."""
EVERY = 10.0
"""Seconds between two saves on the way: what a killed worker loses at most …"""
SHARE = 0.01
"""… but at most so much of the time goes into saving."""


@dataclass(frozen=True, slots=True)
class Job:
    """A run as a worker gets it."""

    name: str
    config: Config
    notes: tuple[str, ...]
    folder: str
    """Of the sweep; all workers see it under this name."""
    word: str
    """Of the program that sweeps (`claim`)."""
    checkpoint_every: int | None
    keep_best: bool

    def file(self, suffix: str) -> Path:
        """Return one of its files."""
        return Path(self.folder, self.name + suffix)


class Told(Stop):
    """Ends a run by a signal, or once the sweep is left."""

    def __init__(self, job: Job) -> None:
        super().__init__()
        self.job = job
        self.left = False
        self._due = -math.inf

    def _look(self) -> bool:
        if not self.left and time.monotonic() >= self._due:
            self.left = self.standing != "ours"
            self._due = time.monotonic() + LOOK
        return self.left

    @property
    def standing(self) -> str:
        """Whose the folder is now."""
        return standing(Path(self.job.folder), self.job.word)

    @property
    def reason(self) -> str:
        """Why to end; empty: there is no reason."""
        return super().reason or ("the sweep was left" if self._look() else "")

    @property
    def pressing(self) -> bool:
        """Whether what can be left out has to be."""
        return super().pressing or self._look()


class Keeper(Saver):
    """Saves now and then; where that fails, the save at the end says so."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._due = time.monotonic() + EVERY

    def update_made(self) -> None:
        """Call after an update."""
        super().update_made()
        began = time.monotonic()
        if self.path is not None and began >= self._due:
            self._try(partial(save, self.path))
            self._due = began + max(EVERY, (time.monotonic() - began) / SHARE)


class Silent:
    """Tells nothing: the log has it all."""

    @contextmanager
    def on(self, trainer: Trainer, notes: tuple[str, ...]) -> Iterator[None]:
        """Training begins and, when the block is left, ends."""
        yield

    def updated(self, step: StepReport) -> None:
        """One update was done."""

    def validated(self, trainer: Trainer) -> None:
        """There may be a new validation loss."""

    def diverged(self, finding: Finding, way: Remedies | None) -> None:
        """Do nothing: the result tells that an update was not made."""

    def ended(self, trainer: Trainer, reason: str, checkpoint: Path | None) -> None:
        """Training is over."""


def train_run(job: Job, corpus: Corpus, stop: Told | None = None) -> Result | None:
    """Train a run to its end, from where it was saved if it was.

    Args:
        job: The run.
        corpus: The text.
        stop: Receives signals, where somebody has it listen; None: nobody does.

    Returns:
        What came of it; None: it was left before its end, and is saved.

    Raises:
        InputError: A file of it cannot be read or written.
    """
    stop = stop or Told(job)
    require_seen(job)
    try:
        return None if stop.reason else _train(job, corpus, stop)
    except InputError as error:  # of that very class: others may not come through a pipe whole
        raise InputError(str(error)) from None


def _train(job: Job, corpus: Corpus, stop: Told) -> Result | None:
    began, checkpoint, log = time.monotonic(), job.file(".safetensors"), job.file(".jsonl")
    require_log_target(log)
    trainer = trainer_of(job, corpus, checkpoint)
    if not checkpoint.exists():  # killed before its first save: what its log tells came to nothing
        log.unlink(missing_ok=True)
    before = seconds_before(log, trainer.update)
    report = LoggedReport(Silent(), LogFile(log, nowhere), trainer)
    keeper = Keeper(
        trainer, checkpoint, job.checkpoint_every, keep_best=job.keep_best, tell=nowhere
    )
    # A loss that overflows is told in words.
    with np.errstate(all="ignore"), report.on(trainer, job.notes):
        reason = updates(trainer, Plan(), stop, report, keeper)
        over = trainer.diverged or bool(trainer.finished_reason())
        # Not where it is left on the way: a run that is gone on with has none there either.
        if over and trainer.begin_validation():
            evaluate(trainer, stop, report, keeper)
            over = not trainer.validating
    if stop.left and stop.standing == "taken":
        return None
    save(checkpoint, trainer)
    report.ended(trainer, reason, checkpoint)
    seconds = before + time.monotonic() - began
    return result_of(trainer, reason, seconds) if over else None


def require_seen(job: Job) -> None:
    """Refuse to work where the sweep's folder is not.

    Raises:
        InputError: The worker is on a machine that does not see it.
    """
    if not Path(job.folder).is_dir():
        raise InputError(
            f"a worker does not see {visible(job.folder)}; name a folder that all of them share: "
            "--out FOLDER"
        )


def trainer_of(job: Job, corpus: Corpus, checkpoint: Path) -> Trainer:
    """Return the run as it was saved, else a new one.

    Raises:
        InputError: What was saved there is another run, or cannot be read.
    """
    if not checkpoint.exists():
        return Trainer(job.config, corpus)
    stored = load(checkpoint)
    if stored.config != job.config:
        raise InputError(f"{visible(str(checkpoint))}: another run is saved there; move it away")
    return stored.trainer(corpus)


def result_of(trainer: Trainer, reason: str, seconds: float) -> Result:
    """Return what came of a run that is at its end."""
    history, lowest = trainer.history, trainer.history.lowest()
    return Result(
        update=trainer.update,
        reason=str(reason),
        diverged=trainer.diverged,
        loss=finite(history.smoothed),
        validation=finite(history.validation),
        best=finite(lowest and lowest[1]),
        best_update=lowest and lowest[0],
        parameters=int(trainer.model.flat.size),
        seconds=round(seconds, 3),
    )


def finite(loss: float | None) -> float | None:
    """Return a loss, None for one that is none."""
    return float(loss) if loss is not None and math.isfinite(loss) else None


def nowhere(sentence: str) -> None:
    """Say nothing: a worker has no one to say it to."""
