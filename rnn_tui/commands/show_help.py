"""`rnn-tui help`: what `--help` says."""

import argparse

from rnn_tui.commands.options.parser import Parser
from rnn_tui.commands.registry import LISTED

NAME = "help"
DOES = "what there is, or what a command takes: help train"
MORE = (
    "The same as --help. On the screen, ? explains every panel and key; "
    "rnn-tui keys lists your own."
)


def add_options(parser: Parser) -> None:
    """Add its options."""
    parser.add_argument(
        "command", nargs="?", choices=tuple(LISTED), metavar="COMMAND", help="a command's name"
    )


def run(options: argparse.Namespace) -> int:
    """Run `rnn-tui help`: what `--help` says."""
    from rnn_tui.commands.parsers import COMMANDS, command_parser, screen_parser

    named = options.command
    (command_parser(COMMANDS[named]) if named else screen_parser()).print_help()
    return 0
