"""What the worker process is asked to do: it travels down the pipe and is run at the other end."""

import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint import Checkpoint, load
from rnn_tui.training.config import Config
from rnn_tui.training.resume import resume
from rnn_tui.training.trainer import Trainer
from rnn_tui.worker.autosave import newest_of_run
from rnn_tui.worker.keeping import Keeping
from rnn_tui.worker.log import shorten
from rnn_tui.worker.loop import Loop
from rnn_tui.worker.replies import Failed

LONGEST_DETAILS = 20_000
"""Characters of a traceback; its end says what happened."""


@dataclass(frozen=True, eq=False, slots=True)
class Job:
    """A run to train."""

    config: Config
    corpus: Corpus
    paused: bool = False
    notes: tuple[str, ...] = ()
    checkpoint: Checkpoint | None = None
    """Where to go on; None: at the first update."""
    overrides: Mapping[str, object] = field(default_factory=dict)
    """Settings that change from the checkpoint on."""
    keeping: Keeping = field(default_factory=Keeping)
    """What is saved without being asked for."""
    again: bool = False
    """Whether a worker before this one is gone: the run goes on where it was last kept."""

    def run(self, pipe: Connection, log: Path) -> int:
        """Train until told to close or nobody is there any more; return the exit code."""
        try:
            trainer, notes = self.begin()
            chores = partial(shorten, log)
            loop = Loop(
                trainer,
                pipe,
                paused=self.paused,
                notes=notes,
                chores=chores,
                keeping=self.keeping,
            )
            loop.run()
        except (EOFError, ConnectionError):
            return 0
        except Exception as error:
            with suppress(ConnectionError):
                pipe.send(failure(error))
            return 1
        return 0

    def begin(self) -> tuple[Trainer, tuple[str, ...]]:
        """The trainer, new or as the checkpoint left it, and what there is to say about it."""
        if self.again and (kept := self._kept()):
            return kept
        if self.checkpoint is None:
            return Trainer(self.config, self.corpus), self.notes
        trainer, notes = resume(self.checkpoint, self.corpus, self.overrides)
        return trainer, self.notes + notes

    def _kept(self) -> tuple[Trainer, tuple[str, ...]] | None:
        """The run as the worker before this one kept it last; None where it did not."""
        path = newest_of_run(self.keeping.autosave)
        if path is None:
            return None
        try:
            trainer, notes = resume(load(path), self.corpus, {})
        except InputError as error:
            print(f"not gone on from {path}: {error}", flush=True)
            return None
        return trainer, self.notes + notes


def failure(error: Exception) -> Failed:
    """What to tell of an exception: one line, and the traceback for those who want it."""
    details = "".join(traceback.format_exception(error))
    print(details, end="", flush=True)
    safe = "\n".join(visible(line) for line in details[-LONGEST_DETAILS:].splitlines())
    return Failed(visible(in_one_line(error)), safe)


def in_one_line(error: Exception) -> str:
    """What happened, as far as one line can say it."""
    message = (str(error).splitlines() or [""])[0][:500]
    if isinstance(error, InputError):
        return message
    kind = "out of memory" if isinstance(error, MemoryError) else type(error).__name__
    return f"{kind}: {message}" if message else kind
