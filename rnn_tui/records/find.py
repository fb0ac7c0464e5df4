"""From what somebody types to the record that is meant."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.records.folder import SUFFIX, files, folder
from rnn_tui.records.labels import name_of
from rnn_tui.text.visible import visible

SHOWN = 5
"""Ids that are told where several are meant."""


def find(word: str) -> Path:
    """Return the record of a run.

    Args:
        word: Its name, its id, the beginning of that as far as no other has it, or the letters at
            its end.

    Raises:
        InputError: There is no such run, or there are several.
    """
    known = {path.name.removesuffix(SUFFIX): path for path in files(folder())}
    if word in known:
        return known[word]
    for found in meant(word, known):
        if found:
            return known[only(found, word)]
    raise InputError(f"{visible(word)}: no run has this name or id; rnn-tui runs lists them")


def meant(word: str, known: Mapping[str, Path]) -> Iterator[list[str]]:
    """Yield which runs a word may mean, the likelier way to mean them first."""
    if word:
        yield [run for run, path in known.items() if name_of(path) == word]
        yield [run for run in known if run.startswith(word)]
        yield [run for run in known if run.endswith(f"-{word}")]


def file_or_record(word: str) -> Path:
    """Return the file of this name if there is one, else the record of the run that is meant.

    Raises:
        InputError: There is neither.
    """
    path = Path(word)
    if path.exists() or path.is_symlink() or path.name != word or word.endswith(SUFFIX):
        return path
    try:
        return find(word)
    except InputError as error:
        if f"{visible(word)}: no run" not in str(error):
            raise
        raise InputError(
            f"{visible(word)}: No such file, and no run has this name or id; "
            "rnn-tui runs lists them"
        ) from None


def only(found: Sequence[str], word: str) -> str:
    """Return the one that was found.

    Raises:
        InputError: There are several.
    """
    if len(found) > 1:
        some = ", ".join(visible(run) for run in sorted(found)[:SHOWN])
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        raise InputError(f"{visible(word)}: could be any of {some}{more}; give more of the id")
    return found[0]
