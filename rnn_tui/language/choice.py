"""Which language where nobody says."""

from collections.abc import Mapping

from rnn_tui.language.sentences import ENGLISH, languages

AUTO = "auto"
"""Stands for the language of the locale."""


def language_of(wanted: str, environ: Mapping[str, str], *, ascii_only: bool = False) -> str:
    """Return the language to speak.

    Args:
        wanted: One of `languages()`, or `AUTO`.
        environ: Where the locale stands.
        ascii_only: Whether the terminal has no other letters: what is asked for is spelled in
            them, but nobody wants that unasked.
    """
    if wanted != AUTO:
        return wanted
    # In this order by POSIX; an empty one does not count.
    named = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    locale = next(filter(None, named), "").replace(".", "_").split("_")[0]
    return locale if locale in languages() and not ascii_only else ENGLISH
