"""The files that a run is to be written to, checked before hours went by."""

import argparse

from rnn_tui.errors import InputError
from rnn_tui.text.visible import visible


def require_checkpoint(options: argparse.Namespace) -> None:
    """Refuse a file that cannot be saved to, and an interval without a file."""
    if options.checkpoint is not None and getattr(options, "no_save", False):
        raise InputError("--no-save and --checkpoint exclude each other; leave out one of them")
    saved_back = options.resume is not None and not getattr(options, "no_save", True)
    if options.checkpoint_every is not None and options.checkpoint is None and not saved_back:
        raise InputError("--checkpoint-every needs --checkpoint FILE")
    if options.checkpoint_every is not None and options.checkpoint_every < 1:
        raise InputError(f"--checkpoint-every is at least 1, not {options.checkpoint_every}")
    best = options.keep == "best"
    if best and options.checkpoint is None and not saved_back:
        raise InputError("--keep best needs --checkpoint FILE")
    if options.checkpoint is not None:
        from rnn_tui.training.checkpoint.file import require_target

        require_target(options.checkpoint)
        if best:
            from rnn_tui.saving.best import best_beside

            require_target(best_beside(options.checkpoint))


def require_log(options: argparse.Namespace) -> None:
    """Refuse a file that no log can be appended to, and one that a checkpoint would replace."""
    if options.log is not None:
        if options.checkpoint and options.checkpoint.resolve() == options.log.resolve():
            raise InputError(
                f"--log and --checkpoint are the same file, {visible(str(options.log))}; "
                "name another for one of them"
            )
        from rnn_tui.runlog.file import require_log_target

        require_log_target(options.log)
