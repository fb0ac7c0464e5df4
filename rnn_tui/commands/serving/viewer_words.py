"""The command line of a viewer's program: what `serve` was told, as far as it is theirs."""

import argparse
from typing import TYPE_CHECKING

from rnn_tui.commands import learn, screen
from rnn_tui.commands.options.parser import Parser
from rnn_tui.commands.options.shared import NEWEST
from rnn_tui.commands.runs import viewer

if TYPE_CHECKING:
    from rnn_tui.commands.registry import Command


NOTHING_KEPT = ("--no-autosave", "--no-record")
"""On a machine that is not the viewer's."""
UNDONE = ("--autosave", "--record", *NOTHING_KEPT)


def words(options: argparse.Namespace) -> list[str]:
    """Return the program of one viewer: the screen with the same options, saving nothing."""
    given = [
        spelled(action, getattr(options, action.dest))
        for action in options_of(screen if options.lesson is None else learn)
        if is_given(options, action)
    ]
    if options.lesson is not None:
        return [*viewer.PROGRAM, learn.NAME, *filter(None, given), "--", options.lesson]
    corpus = [] if options.corpus is None else ["--", options.corpus]
    return [*viewer.PROGRAM, *NOTHING_KEPT, *filter(None, given), *corpus]


def options_of(command: "Command") -> list[argparse.Action]:
    """Return the options of a command."""
    parser = Parser("rnn-tui")
    command.add_options(parser)
    return [action for action in parser._actions if action.option_strings]


def is_given(options: argparse.Namespace, action: argparse.Action) -> bool:
    """Return whether an option stands on the command line."""
    return bool(options.sources.get(action.dest) == "command line")


def spelled(action: argparse.Action, value: object) -> str:
    """Return an option as it was given; empty for one that takes back another one's default."""
    option = action.option_strings[0]
    if action.nargs == 0:
        return option if value is action.const and option not in UNDONE else ""
    return option if action.nargs == "?" and str(value) == NEWEST else f"{option}={value}"
