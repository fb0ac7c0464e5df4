"""Where records are: a file for each run, `ID.jsonl`, in the folder `runs` of the user's data.

Each is a log as `--log` writes it, with other events besides: `name` and `tag`, the last of which
hold, and `checkpoint`. An id is the time at which the run was begun and three letters, such as
`1130-1243-kqf`.
"""

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from platformdirs import user_data_path

from rnn_tui.errors import InputError
from rnn_tui.text.visible import visible

SUFFIX = ".jsonl"
LETTERS = "bcdfghjkmnpqrstvwxz"
"""No vowels, so that no word comes about, and nothing that looks like a digit."""
MOST_READ = 4 << 20
"""Bytes from which a file is no record: one is a few hundred thousand at most."""


def folder() -> Path:
    """Return where records are kept."""
    return user_data_path("rnn-tui", appauthor=False) / "runs"


def fresh_id(began: datetime) -> str:
    """Return an id that another run has with a probability of 1 in 6,859 at most."""
    letters = "".join(LETTERS[byte % len(LETTERS)] for byte in os.urandom(3))
    return f"{began:%m%d-%H%M}-{letters}"


def create(where: Path, began: datetime) -> tuple[Path, int]:
    """Make the file of a run, whatever other processes make at the same time.

    Returns:
        The file, and its descriptor, to append to.

    Raises:
        OSError: It cannot be made.
    """
    where.mkdir(parents=True, exist_ok=True)
    while True:
        path = where / f"{fresh_id(began)}{SUFFIX}"
        try:
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL
            return path, os.open(path, flags, 0o600)
        except FileExistsError:
            continue


def files(where: Path) -> Iterator[Path]:
    """Yield what has the name of a record, in no order; whether it is one is not known yet."""
    try:
        with os.scandir(where) as entries:
            names = [entry.name for entry in entries if entry.name.endswith(SUFFIX)]
    except FileNotFoundError:
        return
    except OSError as error:
        raise unreadable(where, error) from None
    yield from (where / name for name in names if not name.startswith("."))


def read(path: Path) -> bytes:
    """Return what is in a record.

    Raises:
        InputError: It cannot be read, or is no plain file of a size that a record may have.
    """
    try:
        # A pipe would be waited for, and a link may lead anywhere.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        try:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                raise InputError(f"{visible(str(path))}: is no plain file")
            if status.st_size > MOST_READ:
                raise InputError(f"{visible(str(path))}: is too large for the record of a run")
            with os.fdopen(handle, "rb", closefd=False) as file:
                return file.read(MOST_READ)
        finally:
            os.close(handle)
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: Path, error: OSError, done: str = "read") -> InputError:
    """Return the error that says what cannot be done with a file, and why."""
    why = "is a link" if path.is_symlink() else f"cannot be {done}: {error.strerror or error}"
    return InputError(f"{visible(str(path))}: {visible(why)}")
