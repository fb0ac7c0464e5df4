"""The command line: which command is meant, and what becomes of its errors.

Neither Textual nor NumPy is imported before it is needed: `--help` answers at once.
"""

import argparse
import errno
import sys
from collections.abc import Sequence

from rnn_tui.charsets.streams import spell_what_is_missing
from rnn_tui.commands import screen
from rnn_tui.commands.parser import HelpWithList, Parser, path
from rnn_tui.commands.registry import LISTED, Command, Commands
from rnn_tui.errors import InputError
from rnn_tui.standard_streams import complain, lead_nowhere, open_what_is_closed
from rnn_tui.threads import one_thread
from rnn_tui.version import __version__

COMMANDS = Commands()
"""Anything else in first place is a corpus for the screen."""

NO_ROOM = (
    "this does not fit into memory; try a smaller --hidden-size, --num-layers, --seq-length "
    "or --batch-size"
)
"""What to say where NumPy gets no room for its arrays."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The words after the program's name; those of the process when None.

    Returns:
        The exit code: 0 done, 2 something given cannot be used, 3 training came apart, 128 + n
        after signal n.
    """
    one_thread()
    open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        spell_what_is_missing(stream)
    options = argparse.Namespace()
    try:
        command, options = parse(sys.argv[1:] if arguments is None else arguments)
        return command.run(options)
    except InputError as error:
        complain(with_source(str(error), options))
        return 2
    except MemoryError:
        complain(NO_ROOM)
        return 2
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EIO):
            raise
        # The reader has had enough, or the disk; keep the interpreter from complaining at exit.
        lead_nowhere(sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            return 141
        complain(f"cannot write standard output: {error.strerror}")
        return 2
    except KeyboardInterrupt:
        return 130


def parse(arguments: Sequence[str]) -> tuple[Command, argparse.Namespace]:
    """The command that is meant, the screen where none is named, and its options.

    Raises:
        InputError: The user's settings cannot be used.
    """
    command = COMMANDS.get(arguments[0]) if arguments else None
    if not command and len(arguments) > 1:
        require_no_slip(arguments[0])
    words = arguments[1:] if command else arguments
    parser = command_parser(command) if command else screen_parser()
    options = parser.parse_args(words)
    if "config" in options:
        from rnn_tui.commands.sources import settle

        settle(options, parser, words, all_parsers)
    return command or screen, options


def require_no_slip(word: str) -> None:
    """Refuse a first word that is almost a command and no file.

    Else the text after it would be what is "unrecognized".
    """
    if word.startswith("-") or path(word).exists():
        return
    from difflib import get_close_matches

    if near := get_close_matches(word, LISTED, 1, 0.75):
        from rnn_tui.text.visible import visible

        raise InputError(f"{visible(word)}: no command and no file; did you mean {near[0]}?")


def with_source(message: str, options: argparse.Namespace) -> str:
    """An error, and where the option it speaks of was set if not in this call."""
    if "sources" not in options:
        return message
    from rnn_tui.commands.sources import explained

    return explained(message, options.sources)


def all_parsers() -> list[Parser]:
    """The screen's and those of all commands."""
    return [screen_parser(), *map(command_parser, COMMANDS.values())]


def screen_parser() -> Parser:
    """`rnn-tui CORPUS`, and what else there is."""
    listing = "\n".join(f"  {name:10} {does}" for name, (_, does) in LISTED.items())
    parser = Parser(
        prog="rnn-tui",
        description=sentence(screen.DOES),
        epilog=f"commands (COMMAND --help tells more):\n{listing}\n\n"
        "On the screen, ? explains every panel and key. A corpus named like a command: ./train",
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
    """`rnn-tui COMMAND`."""
    description = f"{sentence(command.DOES)} {command.MORE}"
    parser = Parser(prog=f"rnn-tui {command.NAME}", description=description)
    command.add_options(parser)
    return parser


def sentence(words: str) -> str:
    """With a capital and a full stop."""
    return f"{words[0].upper()}{words[1:]}."
