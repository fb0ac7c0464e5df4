"""Which characters a terminal gets where nobody says."""

import codecs
import sys
from collections.abc import Mapping

from rnn_tui.charsets.names import Charset


def charset_of(
    encoding: str | None, environ: Mapping[str, str], utf8_mode: int = sys.flags.utf8_mode
) -> Charset:
    """Return the charset for a stream of this encoding (None: unknown) in this environment.

    The console of Linux has a font of 512 characters, no braille among them.

    Python itself turns a locale of C into UTF-8 (PEP 538 and 540), and then nothing but its
    UTF-8 mode tells of it; who asks for C wants ASCII, who asks for nothing has most likely a
    terminal of today.
    """
    if encoding and codecs.lookup(encoding).name != "utf-8":
        return "ascii"
    if environ.get("TERM") == "linux":
        return "ascii"
    if environ.get("PYTHONUTF8") == "1" or not utf8_mode:
        return "unicode"
    locale = environ.get("LC_ALL") or environ.get("LANG") or ""
    return "ascii" if locale in ("C", "POSIX") else "unicode"
