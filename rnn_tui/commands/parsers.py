"""The parser of the screen and those of all commands."""

import argparse

from rnn_tui.commands import screen
from rnn_tui.commands.options.parser import HelpWithList, Parser
from rnn_tui.commands.registry import LISTED, Command, Commands
from rnn_tui.version import __version__

COMMANDS = Commands()
"""Anything else in first place is a corpus for the screen."""


def all_parsers() -> list[Parser]:
    """Return the screen's and those of all commands."""
    return [screen_parser(), *map(command_parser, COMMANDS.values())]


def screen_parser() -> Parser:
    """Run `rnn-tui CORPUS`, and what else there is."""
    listing = "\n".join(f"  {name:10} {does}" for name, (_, does) in LISTED.items())
    parser = Parser(
        prog="rnn-tui",
        description=sentence(screen.DOES),
        epilog=f"commands (COMMAND --help tells more):\n{listing}\n\n"
        "On the screen, ? explains every panel and key; rnn-tui keys lists your own.\n"
        "A corpus named like a command: ./train\n"
        "Without CORPUS: hello, one of the built-in texts (rnn-tui corpora)",
        formatter_class=HelpWithList,
    )
    parser.add_argument("--version", action="version", version=f"rnn-tui {__version__}")
    parser.add_argument(
        "--print-completion",
        action=PrintCompletion,
        choices=("bash", "zsh", "fish"),
        metavar="SHELL",
        help="print a script that lets bash, zsh or fish complete commands and options, and exit",
    )
    screen.add_options(parser)
    return parser


class PrintCompletion(argparse.Action):
    """Prints the script and leaves, as `--version` does."""

    def __call__(self, parser: argparse.ArgumentParser, *found: object) -> None:
        """Print the script for the shell that was named."""
        from rnn_tui.commands.completion import script

        print(script(str(found[1]), screen, COMMANDS.values()))
        parser.exit()


def command_parser(command: Command) -> Parser:
    """Run `rnn-tui COMMAND`."""
    description = f"{sentence(command.DOES)} {command.MORE}"
    parser = Parser(prog=f"rnn-tui {command.NAME}", description=description)
    command.add_options(parser)
    return parser


def sentence(words: str) -> str:
    """With a capital and a full stop."""
    return f"{words[0].upper()}{words[1:]}."
