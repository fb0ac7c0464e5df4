"""Standard output and standard error in a terminal that has not all characters."""

import codecs
import io
import os
import sys
from typing import TextIO

from rnn_tui.charsets.choice import charset_of

ERRORS = "rnn_tui.spelled"
"""The name of the error handler that spells what an encoding lacks."""
ESCAPED = "rnn_tui.escaped"
r"""… and of the one that keeps it: our own signs are spelled, all else is escaped as `\u4e00`."""


def spell_what_is_missing(stream: TextIO | None) -> None:
    r"""Let a terminal get `->` for an arrow, `Han` for 한, but never an exception.

    A file or a pipe gets `\ud55c`, so that nothing is lost.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=ERRORS if stream.isatty() else ESCAPED)


def keep_to_ascii(charset: str | None) -> None:
    """Write nothing but ASCII to terminals if asked for, or if the locale says so."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.isatty():
            chosen = charset or charset_of(stream.encoding, os.environ)
            encoding = "ascii" if chosen == "ascii" else stream.encoding
            stream.reconfigure(encoding=encoding, errors=ERRORS)


def _spelled(error: UnicodeError) -> tuple[str, int]:
    # Only now: it needs rich, and most output lacks no character
    from rnn_tui.charsets.spelling import spell_prose

    if not isinstance(error, UnicodeEncodeError):
        raise error
    return spell_prose(error.object[error.start : error.end]), error.end


def _escaped(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    # Only now, as above
    from rnn_tui.charsets.glyphs import LONGER, SINGLE

    signs = (LONGER.get(c) or SINGLE.get(c) or escaped(c) for c in lacking)
    return "".join(signs), error.end


def escaped(character: str) -> str:
    r"""Write a character as Python does: `\xe9`, `\ud55c`, `\U0001f600`."""
    return character.encode("ascii", "backslashreplace").decode()


codecs.register_error(ERRORS, _spelled)
codecs.register_error(ESCAPED, _escaped)
