"""The texts that come with the program: `rnn-tui hello` works where no such file exists.

No `pathlib` and no NumPy before a text is wanted: the list is printed, and completed, without.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FIRST = "hello"
"""What `rnn-tui` opens where nothing is named."""

BUILT_IN = {
    "hello": "five letters; what follows l is told by the hidden state alone",
    "period": "abacabad for ever: the last three letters foresee the next one",
    "repeat": "a new word, then four copies of it: to store and repeat",
    "count": "as many b as a: to count",
    "numbers": "1 to 2,000: was it the rule that was learned, or the list?",
    "brackets": "three kinds of brackets, eight deep: a stack",
    "sums": "62+74=136: how long the sum is comes soon, its last digit does not",
    "distance": "a digit that comes again up to 20 letters later: short gaps first",
    "korean": "Korean sentences: a large alphabet, and a text soon known by heart",
    "tidebook": "an English story: words come first, sense does not",
}
"""By name: what each of them shows."""


def built_in(name: str) -> "Path | None":
    """Return where a built-in text is; None where there is none of that name."""
    return folder() / f"{name}.txt" if name in BUILT_IN else None


def folder() -> "Path":
    """Find the built-in texts: in the package, or beside it where it is not installed."""
    from pathlib import Path

    package = Path(__file__).parents[1]
    inside = package / "corpora"
    return inside if inside.is_dir() else package.parent / "corpora"


def file_or_built_in(source: str) -> "Path":
    """Find the file of this name; where there is none, or a folder, the built-in text."""
    from pathlib import Path

    text = built_in(source)
    return text if text and (not is_there(source) or _is_folder(source)) else Path(source)


def is_there(source: str) -> bool:
    """Return whether there is such a file, or something that keeps us from knowing."""
    from pathlib import Path

    try:
        return Path(source).exists()
    except OSError:  # a name too long, a folder that may not be looked into
        return True


def _is_folder(source: str) -> bool:
    from pathlib import Path

    try:
        return Path(source).is_dir()
    except OSError:
        return False
