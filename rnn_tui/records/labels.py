"""Names and tags of runs: events at the end of their records, the last of which hold.

Each is appended in one piece, so that it is there or not, also while the run goes on.
"""

import errno
import os
from contextlib import suppress
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.records.events import backwards, begun, last
from rnn_tui.records.folder import SUFFIX, files, folder, read, unreadable
from rnn_tui.records.lock import is_held
from rnn_tui.runlog.file import line_of
from rnn_tui.text.visible import visible

LONGEST = 60
"""Signs of a name or a tag."""


def name_of(path: Path) -> str:
    """Return the name of a run; empty where it has none, or cannot be read."""
    with suppress(InputError):
        return name_in(read(path))
    return ""


def name_in(data: bytes) -> str:
    """Return the name that a record gives its run; empty: none."""
    name = last(data, "name").get("name")
    return name if isinstance(name, str) else ""


def tags_in(data: bytes) -> frozenset[str]:
    """Return the tags that were given to a run and not taken away."""
    found: dict[str, bool] = {}
    for event in backwards(data, "tag"):
        if isinstance(tag := event.get("tag"), str):
            found.setdefault(tag, event.get("on") is True)
    return frozenset(tag for tag, on in found.items() if on)


def give_name(path: Path, name: str) -> None:
    """Name a run; empty: it has no name any more.

    Raises:
        InputError: It cannot be called so, another run is, or it cannot be noted.
    """
    if name:
        require_word(name, "name")
        if not name[0].isalpha():  # as an id does not
            raise InputError(f"{visible(name)}: a name begins with a letter")
        for other in files(folder()):
            if other != path and name_of(other) == name:
                run = visible(other.name.removesuffix(SUFFIX))
                raise InputError(f"{visible(name)}: run {run} has this name already")
    append(path, "name", name=name)


def give_tag(path: Path, tag: str, *, on: bool) -> None:
    """Give a run a tag, or take it away.

    Raises:
        InputError: It cannot be one, or it cannot be noted.
    """
    if on:
        require_word(tag, "tag")
    elif tag not in tags_in(read(path)):
        raise InputError(f"{visible(tag)}: run {visible(path.stem)} has no such tag")
    append(path, "tag", tag=tag, on=on)


def remove(path: Path) -> None:
    """Delete the record of a run.

    Raises:
        InputError: It is being written, or cannot be deleted.
    """
    if is_held(path):
        raise InputError(f"{visible(path.stem)}: this run is under way; end it first")
    try:
        path.unlink()
    except OSError as error:
        raise unreadable(path, error, "deleted") from None


def require_word(word: str, kind: str) -> None:
    """Refuse what could not be typed, or would be taken for something else.

    Raises:
        InputError: It is not fit for a name or a tag.
    """
    if visible(word) != word or any(sign in " ,/\\" or sign.isspace() for sign in word):
        raise InputError(f"{visible(word)}: a {kind} has no blanks, commas, slashes or controls")
    if not 0 < len(word) <= LONGEST or word.startswith("-"):
        raise InputError(f"{visible(word)}: a {kind} has 1 to {LONGEST} signs, the first no hyphen")


def append(path: Path, kind: str, **fields: object) -> None:
    """Append an event to the record of a run, in one piece.

    Raises:
        InputError: It is no record, or cannot be written.
    """
    data = read(path)
    begun(data, path)
    there = last(data, "end") or last(data, "update")  # a replay goes by the time
    line = line_of({"event": kind, "seconds": there.get("seconds", 0.0), **fields})
    try:
        handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_NOFOLLOW)
        try:
            line = line if data.endswith(b"\n") else b"\n" + line
            if os.write(handle, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        finally:
            os.close(handle)
    except OSError as error:
        raise unreadable(path, error, "written") from None
