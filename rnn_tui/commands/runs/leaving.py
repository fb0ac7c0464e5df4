"""What `rnn-tui CORPUS` says once the screen is closed."""

import argparse
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.commands.options.shared import NEWEST
from rnn_tui.standard_streams import complain
from rnn_tui.text.visible import visible

if TYPE_CHECKING:
    from rnn_tui.commands.options.order import Order
    from rnn_tui.process.session import Session

UNUSABLE = 2


def report_after_close(
    code: int, options: argparse.Namespace, order: "Order", session: "Session | None"
) -> int:
    """Say what became of the run, where that is not what was asked for or not to be seen.

    Args:
        code: How the screen ended.
        options: Of the call.
        order: What was to be trained.
        session: What trained; None: it never came to that.

    Returns:
        The exit code: 2 where the checkpoint that was asked for could not be written.
    """
    if session is None:
        return code
    for sentence in session.parting:
        complain(sentence)
    if session.unsaved:
        complain(session.unsaved)
        return code if code == 1 else UNUSABLE
    if code == 1:
        complain(where_it_is(options, order, session))
    elif session.left and order.checkpoint and not (options.checkpoint or order.bundle):
        update = session.left.update
        if update > order.checkpoint.update:
            complain(where_added(update, options, order, kept=session.left.kept))
    return code


def where_it_is(options: argparse.Namespace, order: "Order", session: "Session") -> str:
    """Return where the run is that a fault has ended, in one line."""
    if session.left is None:
        return "the run was not saved at the end: its worker was gone before it"
    update, file = session.left.update, options.checkpoint
    if file is not None:
        saved = visible(shlex.quote(str(file)))
        return f"update {update:,} is saved: rnn-tui --resume {saved} goes on from there"
    if order.checkpoint and update <= order.checkpoint.update:
        return f"nothing was added to update {update:,} of {visible(str(order.file))}"
    return where_added(update, options, order, kept=session.left.kept)


def where_added(update: int, options: argparse.Namespace, order: "Order", *, kept: bool) -> str:
    """Return where what was added to a checkpoint is: playing with it leaves the file alone."""
    if not kept:
        way = "" if order.bundle else ": --checkpoint FILE saves"
        return f"update {update:,} is saved nowhere{way}"
    from rnn_tui.saving.autosave_files import newest

    text, file = order.corpus.path, newest(order.corpus.sha256)
    words = f"{shlex.quote(text)} --resume" if text else f"- --resume {shlex.quote(str(file))}"
    said = f"update {update:,} is kept: rnn-tui {visible(words)} goes on from there"
    named = options.resume not in (None, Path(NEWEST))
    return f"{said}; {visible(str(order.file))} is as it was" if named else said
