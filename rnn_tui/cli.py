"""The command line: which command is meant, and what becomes of its errors.

Neither Textual nor NumPy is imported before it is needed: `--help` answers at once.
"""

import argparse
import errno
import os
import sys
from collections.abc import Sequence

from rnn_tui.charsets.streams import spell_what_is_missing
from rnn_tui.commands import screen
from rnn_tui.commands.parsers import COMMANDS, all_parsers, command_parser, screen_parser
from rnn_tui.commands.registry import LISTED, Command
from rnn_tui.errors import InputError, reason
from rnn_tui.language import AUTO, languages, mark, phrase, tr
from rnn_tui.limits import reached, too_few_addresses
from rnn_tui.standard_streams import complain, lead_nowhere, open_what_is_closed
from rnn_tui.threads import one_thread

__all__ = ["COMMANDS", "command_parser", "main", "parse", "screen_parser"]

EMPTY_IS_UNSET = ("NO_COLOR", "TEXTUAL_THEME")
"""Variables that Textual takes for set where they are there but empty (`NO_COLOR= rnn-tui`).

Source: https://no-color.org, "when present and not an empty string".
"""

NO_ROOM = mark(
    "this does not fit into memory; try a smaller --hidden-size, --num-layers, --seq-length "
    "or --batch-size"
)
"""What to say where NumPy gets no room for its arrays."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: The words after the program's name; those of the process when None.

    Returns:
        The exit code: 0 done, 2 something given cannot be used, 3 training diverged, 128 + n
        after signal n.
    """
    one_thread()
    open_what_is_closed()
    for name in EMPTY_IS_UNSET:
        if os.environ.get(name) == "":
            del os.environ[name]
    for stream in (sys.stdout, sys.stderr):
        spell_what_is_missing(stream)
    options = argparse.Namespace()
    try:
        command, options = parse(sys.argv[1:] if arguments is None else arguments)
        if too_few := too_few_addresses():
            raise InputError(too_few)
        return command.run(options)
    except InputError as error:
        complain(with_source(told(reason(error), options), options))
        return 2
    except MemoryError as error:
        complain(told(reached(error) or NO_ROOM, options))
        return 2
    except (RuntimeError, ImportError) as error:
        if not (limit := reached(error)):
            raise
        complain(told(limit, options))
        return 2
    except OSError as error:
        if said := refusal(error):
            if error.errno == errno.EFBIG:
                lead_nowhere(sys.stdout.fileno())  # as below
            complain(told(said, options))
            return 2
        if error.errno not in (errno.EPIPE, errno.ENOSPC, errno.EIO):
            raise
        # The reader has had enough, or the disk; keep the interpreter from complaining at exit.
        lead_nowhere(sys.stdout.fileno())
        if error.errno == errno.EPIPE:
            return 141
        complain(told(phrase("cannot write standard output: {why}", why=error.strerror), options))
        return 2
    except KeyboardInterrupt:
        return 130


def parse(arguments: Sequence[str]) -> tuple[Command, argparse.Namespace]:
    """Return the command that is meant, the screen where none is named, and its options.

    Raises:
        InputError: The user's settings cannot be used.
    """
    command = COMMANDS.get(arguments[0]) if arguments else None
    if not command and arguments:
        require_no_slip(arguments[0])
    words = arguments[1:] if command else arguments
    parser = command_parser(command) if command else screen_parser()
    options = parser.parse_args(words)
    if "config" in options:
        from rnn_tui.commands.options.sources import settle

        settle(options, parser, words, all_parsers)
    return command or screen, options


def require_no_slip(word: str) -> None:
    """Refuse a first word that is no file and no built-in text, but almost a command or text.

    Else the text after it would be what is "unrecognized".
    """
    from rnn_tui.text.built_in import BUILT_IN, is_there

    if word.startswith("-") or word in BUILT_IN or is_there(word):
        return
    from rnn_tui.slips import near

    if hint := near(word, (*LISTED, *BUILT_IN), cutoff=0.75):
        from rnn_tui.text.visible import visible

        raise InputError(f"{visible(word)}: no command and no file; {hint}")


def refusal(error: OSError) -> str:
    """Return what to say of a limit of the system, and of a folder that may not be looked into."""
    if isinstance(error, PermissionError) and error.filename is not None:
        from rnn_tui.text.visible import visible

        where = visible(os.fsdecode(error.filename))
        return phrase(
            "{file}: may not be looked at; check the permissions of its folder (ls -ld)", file=where
        )
    return reached(error)


def told(message: str, options: argparse.Namespace) -> str:
    """Return what an error says in the language that is asked for, or that of the locale."""
    from rnn_tui.commands.options.appearance import speak

    settings = options.settings.tables if "settings" in options else {}
    by_all = os.environ.get("RNN_TUI_LANGUAGE") or settings.get("language")
    wanted = getattr(options, "language", by_all)  # not every command has the option
    if wanted not in languages():
        wanted = AUTO
    charset = getattr(options, "charset", None)
    speak(argparse.Namespace(charset=charset, language=wanted), sys.stderr.encoding)
    return tr(message)


def with_source(message: str, options: argparse.Namespace) -> str:
    """Return an error, and where the option it speaks of was set if not in this call."""
    if "sources" not in options:
        return message
    from rnn_tui.commands.options.sources import explained

    return explained(message, options.sources)
