"""What the worker process is asked to do: it travels down the pipe and is run at the other end."""

import traceback
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint import Checkpoint
from rnn_tui.training.config import Config
from rnn_tui.training.trainer import Trainer
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

    def run(self, pipe: Connection, log: Path) -> int:
        """Train until told to close or nobody is there any more; return the exit code."""
        try:
            loop = Loop(
                self.trainer(),
                pipe,
                paused=self.paused,
                notes=self.notes,
                chores=lambda: shorten(log),
            )
            loop.run()
        except (EOFError, ConnectionError):
            return 0
        except Exception as error:
            with suppress(ConnectionError):
                pipe.send(failure(error))
            return 1
        return 0

    def trainer(self) -> Trainer:
        """The trainer, at the first update or where the checkpoint was written."""
        if self.checkpoint is None:
            return Trainer(self.config, self.corpus)
        return self.checkpoint.trainer(self.corpus)


def failure(error: Exception) -> Failed:
    """What to tell of an exception: one line, and the traceback for those who want it."""
    details = "".join(traceback.format_exception(error))
    print(details, end="", flush=True)
    lines = traceback.format_exception_only(error)[-1].strip().splitlines() or [
        type(error).__name__
    ]
    safe = "\n".join(visible(line) for line in details[-LONGEST_DETAILS:].splitlines())
    return Failed(visible(lines[0][:500]), safe)
