"""Where races are kept: a folder for each, with a file for every network."""

import os
import re
import shlex
from datetime import datetime
from pathlib import Path
from shutil import rmtree

from platformdirs import user_state_path

from rnn_tui.errors import InputError
from rnn_tui.saving.autosave_files import SUFFIX, modified
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.file import require_target

MOST_RACES = 5
"""Each has up to six networks."""


def folder() -> Path:
    """Return where races are kept."""
    return user_state_path("rnn-tui", appauthor=False) / "races"


def fresh_race(corpus: Corpus) -> Path:
    """Return a folder for a race of this process, not made yet."""
    return folder() / f"{corpus.sha256[:16]}-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}"


def prune_races() -> None:
    """Delete the oldest races beyond their number; once another is kept, and not before."""
    kept = sorted(folder().glob("*"), key=last_saved, reverse=True)
    for old in kept[MOST_RACES:]:
        rmtree(old, ignore_errors=True)


def newest_race(sha256: str | None) -> Path:
    """Return the folder saved to last, of the text with this digest or of any.

    Raises:
        InputError: There is none.
    """
    pattern = f"{sha256[:16] if sha256 else ''}*"
    found = max(folder().glob(pattern), key=last_saved, default=None)
    if found is None:
        of = " of this text" if sha256 else ""
        raise InputError(f"no race{of} is kept in {visible(str(folder()))}")
    return found


def saved_in(race: Path) -> dict[str, Path]:
    """Return what each network of a race was first saved as, in order, and its newest file.

    One that began again is kept in a second file besides.

    Raises:
        InputError: Two networks have one number.
    """
    files = sorted(race.glob(f"[1-9]*-*{SUFFIX}"), key=lambda file: (len(file.name), file.name))
    found: dict[str, list[Path]] = {}
    for file in files:
        first = next((name for name in found if _is_again(file, name)), file.name)
        found.setdefault(first, []).append(file)
    if len({name.partition("-")[0] for name in found}) < len(found):
        raise InputError(f"{visible(str(race))}: two networks there have the same number")
    return {name: max(again, key=modified) for name, again in sorted(found.items(), key=_number)}


def _is_again(file: Path, first: str) -> bool:
    """Return whether a file is of the network that was first saved under a name."""
    return bool(re.fullmatch(rf"{re.escape(first.removesuffix(SUFFIX))}-\d+", file.stem))


def _number(found: tuple[str, list[Path]]) -> int:
    digits = found[0].partition("-")[0]
    return int(digits) if digits.isdecimal() else 0


def require_folder(race: Path, names: set[str], *, goes_on: bool) -> None:
    """Make a folder for files of these names, unless another race is saved there.

    Args:
        race: The folder.
        names: What is to be saved in it.
        goes_on: Whether the race goes on from what is saved there, and replaces it.

    Raises:
        InputError: Another race is, or nothing can be written there.
    """
    where = visible(str(race))
    try:
        race.mkdir(exist_ok=True)
        others = [name for name in saved_in(race) if not (goes_on and name in names)]
    except OSError as error:
        raise InputError(f"cannot write to {where}: {error.strerror}") from error
    if others:
        raise InputError(
            f"{where}: another race is saved there ({visible(others[0])}); name another folder"
            + (f", or go on with it: --resume {visible(shlex.quote(str(race)))}" * (not goes_on))
        )
    for name in names:
        require_target(race / name)


def last_saved(race: Path) -> float:
    """Return when one of its networks was last saved; very long ago if none is."""
    return max(map(modified, race.glob(f"*{SUFFIX}")), default=0.0)
