"""The save at the end: where the file cannot be written, the run is kept elsewhere."""

from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.saving.autosave_files import fresh_path
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.file import save
from rnn_tui.training.trainer import Trainer


def save_at_the_end(path: Path, trainer: Trainer, spare: Path | None = None) -> None:
    """Save a run that is over.

    Args:
        path: Where it was asked for.
        trainer: The run.
        spare: Where to keep it if that fails; None: a new file in the user's state folder.

    Raises:
        InputError: It is not there; the message says why and where it is instead.
    """
    try:
        save(path, trainer)
    except InputError as error:
        raise InputError(
            f"{error}; {_kept(spare or fresh_path(trainer.corpus), trainer)}"
        ) from None


def _kept(path: Path, trainer: Trainer) -> str:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        save(path, trainer)
    except (InputError, OSError):
        return "the run is lost"
    return f"the run is kept in {visible(str(path))}"
