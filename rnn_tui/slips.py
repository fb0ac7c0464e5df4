"""What a word that means nothing was probably meant to be."""

from collections.abc import Iterable


def near(word: str, known: Iterable[str], before: str = "", cutoff: float = 0.6) -> str:
    """Return a question that names the likeliest of the known words; empty where none is like it.

    Args:
        word: What was written.
        known: What it could have been.
        before: Put before the word that is named: RNN_TUI_ makes a variable of it.
        cutoff: How like it has to be, from 0 to 1.
    """
    from difflib import get_close_matches

    exact = {name.lower(): name for name in known}
    found = get_close_matches(word.lower(), exact, 1, cutoff)
    if not found:
        return ""
    name = exact[found[0]]
    return f"did you mean {before + name.upper() if before else name}?"
