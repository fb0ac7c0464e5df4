"""The checkpoint with the lowest validation loss, kept beside the newest."""

import math
from pathlib import Path

from rnn_tui.training.checkpoint.file import save
from rnn_tui.training.trainer import Trainer


def best_beside(path: Path) -> Path:
    """Return where the best is kept: `net.best.safetensors` beside `net.safetensors`."""
    return path.with_name(f"{path.stem}.best{path.suffix}")


class Best:
    """Saves one run whenever validation is better than ever before, on whichever branch."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.loss = math.inf
        """Of what was saved."""

    def look(self, trainer: Trainer) -> None:
        """Call between updates, when a validation may have been made.

        Raises:
            InputError: The file cannot be written; it is tried again with the next best.
        """
        history = trainer.history
        if not history.validations or history.validations[-1][0] != trainer.update:
            return
        last = history.validations[-1]
        if last[1] < self.loss and last == history.lowest():
            self.loss = last[1]
            save(self.path, trainer)
