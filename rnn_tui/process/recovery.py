"""After a fault: what of the run is still good, and where the next worker goes on."""

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.live.loop import Loop
from rnn_tui.protocol.job import Job
from rnn_tui.saving.last_saved import ago, last_saved
from rnn_tui.training.bundle.file import Bundle
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.checkpoint.resume import resume
from rnn_tui.training.trainer import Trainer


@dataclass(frozen=True, eq=False, slots=True)
class Start:
    """Where a worker starts."""

    trainer: Trainer
    notes: tuple[str, ...]
    """For `RunInfo`."""
    said: str = ""
    """A sentence for whoever had the worker started again."""
    bundle: Bundle | None = None
    """What it is to be put to; None: it is where it is to be."""


def begin(job: Job) -> Start:
    """Return the trainer: new, as the checkpoint left it, or after a fault as it was saved last."""
    if job.again:
        for path in last_saved(job):
            if found := _from_file(job, path):
                return found
    if job.checkpoint is None:
        again = phrase("Begun again at update 0: nothing of this run had been saved.")
        said = again if job.again else ""
        return Start(Trainer(job.config, job.corpus), job.notes, said)
    trainer, notes = resume(job.checkpoint, job.corpus, job.overrides)
    said = phrase(
        "Goes on from update {update}, as opened: nothing of this run had been saved since.",
        update=f"{trainer.update:,}",
    )
    return Start(trainer, job.notes + notes, said if job.again else "", job.bundle)


def save_last_good_state(loop: Loop) -> None:
    """Save the last state known to be whole; the present one may be half an update.

    Whatever fails here is for the log: the fault itself is told in any case.
    """
    with suppress(Exception):
        run = loop.engine.run
        run.timeline.fall_back()
        loop.keeper.save_after_fault(run.trainer)


def _from_file(job: Job, path: Path) -> Start | None:
    try:
        trainer, notes = resume(load(path), job.corpus, {})
    except InputError as error:
        print(f"not gone on from {path}: {error}", flush=True)
        return None
    said = phrase(
        "Goes on from update {update}, saved {ago}.", update=f"{trainer.update:,}", ago=ago(path)
    )
    return Start(trainer, job.notes + notes, said)
