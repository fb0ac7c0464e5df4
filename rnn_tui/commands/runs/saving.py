"""Where `train` saves to: the file that was named, else the one it goes on from."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.errors import InputError, reason
from rnn_tui.language import phrase

if TYPE_CHECKING:
    from rnn_tui.commands.options.order import Order


def target(options: argparse.Namespace, order: "Order") -> Path | None:
    """Return where the run is saved; None: nowhere.

    Raises:
        InputError: The file it goes on from cannot be replaced; or nothing is named to be saved to.
    """
    named: Path | None = options.checkpoint
    if order.on_other_text:  # the file is another run's
        require_named(options)
        return named
    if named is not None or order.file is None or options.no_save:
        return named
    from rnn_tui.training.checkpoint.atomic import require_writable

    try:
        require_writable(order.file)
    except InputError as error:
        ways = phrase(
            "{why}; save elsewhere with --checkpoint FILE, or nowhere with --no-save",
            why=reason(error),
        )
        raise InputError(ways) from None
    return order.file


def require_named(options: argparse.Namespace) -> None:
    """Refuse what is to be done to a file where none is named, as on another text."""
    for given, option in (
        (options.checkpoint_every is not None, "--checkpoint-every"),
        (options.keep == "best", "--keep best"),
    ):
        if given and options.checkpoint is None:
            raise InputError(
                phrase(
                    "{option} needs --checkpoint FILE: on another text it is another run, and the "
                    "one it goes on from stays as it is",
                    option=option,
                )
            )
