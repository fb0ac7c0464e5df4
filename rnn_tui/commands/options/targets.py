"""The files that a run is to be written to, checked before hours went by."""

import argparse
import errno
import os
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.text.visible import visible


def require_checkpoint(options: argparse.Namespace) -> None:
    """Refuse a file that cannot be saved to, and an interval without a file."""
    if options.checkpoint is not None and getattr(options, "no_save", False):
        raise InputError(
            phrase("--no-save and --checkpoint exclude each other; leave out one of them")
        )
    saved_back = options.resume is not None and not getattr(options, "no_save", True)
    if options.checkpoint_every is not None and options.checkpoint is None and not saved_back:
        raise InputError(phrase("--checkpoint-every needs --checkpoint FILE"))
    if options.checkpoint_every is not None and options.checkpoint_every < 1:
        raise InputError(
            phrase(
                "{option} is at least 1, not {given}",
                option="--checkpoint-every",
                given=options.checkpoint_every,
            )
        )
    best = options.keep == "best"
    if best and options.checkpoint is None and not saved_back:
        raise InputError(phrase("--keep best needs --checkpoint FILE"))
    if options.checkpoint is not None:
        from rnn_tui.training.checkpoint.file import require_target

        require_target(options.checkpoint)
        if best:
            from rnn_tui.saving.best import best_beside

            require_target(best_beside(options.checkpoint))


def require_log(options: argparse.Namespace) -> None:
    """Refuse where no log can be written, and a file that a checkpoint would replace."""
    if options.log is not None:
        if options.checkpoint and options.checkpoint.resolve() == options.log.resolve():
            raise InputError(
                phrase(
                    "--log and --checkpoint are the same file, {file}; name another for one of "
                    "them",
                    file=visible(str(options.log)),
                )
            )
        from rnn_tui.runlog.file import require_log_target

        require_log_target(options.log)
    if options.tensorboard is not None:
        require_tensorboard(options.tensorboard)


def require_tensorboard(folder: Path) -> None:
    """Refuse to note anything for TensorBoard where that cannot be."""
    from importlib.util import find_spec

    if find_spec("tensorboardX") is None:
        raise InputError(
            "--tensorboard needs the package tensorboardX: pip install tensorboardX, or "
            "'rnn-tui[tensorboard]'"
        )
    where = visible(str(folder))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        reason = visible(error.strerror or str(error))
        raise InputError(f"--tensorboard {where}: cannot be written ({reason})") from None
