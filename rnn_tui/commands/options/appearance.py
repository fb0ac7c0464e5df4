"""How the screen looks and which keys it has: options of every command that opens it."""

import argparse
import os
import sys
from typing import TYPE_CHECKING, TypedDict

from rnn_tui.commands.options.shared import add_charset, add_fps, frames_per_second
from rnn_tui.language import AUTO, language_of, languages, use

if TYPE_CHECKING:
    from rnn_tui.charsets.names import Charset
    from rnn_tui.keys.in_force import KeyTable


class Appearance(TypedDict):
    """What `RnnApp` takes of it."""

    fps: int
    theme: str | None
    keys: "KeyTable"
    charset: "Charset"


def add_appearance(group: argparse._ActionsContainer) -> None:
    """Add its options."""
    add_fps(group)
    group.add_argument("--theme", metavar="NAME", help="a Textual theme, such as textual-light")
    add_charset(group)
    group.add_argument(
        "--language",
        choices=(AUTO, *languages()),
        default=AUTO,
        help="of the screen; auto: that of the locale, English where there are no others",
    )


def speak(options: argparse.Namespace, encoding: str | None) -> "Charset":
    """Speak the language that is asked for, and return the charset of a stream."""
    from rnn_tui.charsets.choice import charset_of

    charset: Charset = options.charset or charset_of(encoding, os.environ)
    use(language_of(options.language, os.environ, ascii_only=charset == "ascii"))
    return charset


def appearance(options: argparse.Namespace) -> Appearance:
    """Return what the options and the user's settings say, and speak the language they ask for.

    Raises:
        InputError: They cannot be used.
    """
    from rnn_tui.keys.in_force import keys_in_force

    charset = speak(options, sys.stderr.encoding)
    return {
        "fps": frames_per_second(options),
        "theme": options.theme,
        "keys": keys_in_force(options.settings),
        "charset": charset,
    }
