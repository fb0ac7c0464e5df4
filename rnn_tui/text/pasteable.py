"""Text made safe to paste: as it truly is, but for what a shell or an editor would obey."""

import re

from rnn_tui.text.visible import visible

_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Controls but the newline, which makes lines of a text, and which today's shells hold back in what
is pasted (bracketed paste). An escape sequence would be carried out, a tab complete a name; a lone
surrogate cannot be written as UTF-8."""


def pasteable(text: str) -> str:
    """Replace controls other than newline by their pictures, lone surrogates by U+FFFD."""
    return text if text.isprintable() else _OBEYED.sub(lambda match: visible(match[0]), text)
