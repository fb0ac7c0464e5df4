"""Whose turn it is in a sweep's folder: one program at a time, and the runs that it began.

The program holds a lock on a file as long as it lives, and writes a word of its own into it. A run
on any machine looks there every second: where the word is gone the sweep was left, and the run
saves and leaves; where another stands the run is another program's now, and nothing is written.
"""

import os
import socket
from pathlib import Path
from typing import Literal, Self
from uuid import uuid4

from rnn_tui.errors import InputError
from rnn_tui.text.visible import visible

try:
    import fcntl
except ImportError:  # Windows: nobody is kept out
    fcntl = None  # type: ignore[assignment]

NAME = "sweep.lock"
LENGTH = 32
"""Characters of a word."""

Standing = Literal["ours", "left", "taken"]


class Claim:
    """A folder that this program sweeps in, until it leaves it."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made.

        Raises:
            InputError: Another program sweeps in it, or nothing can be written there.
        """
        self._path = folder / NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
        except OSError as error:
            raise self._unwritable(error) from None
        if fcntl is not None:
            self._lock()

    def _lock(self) -> None:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            who = visible(os.read(self._file, 300).decode("utf-8", "replace")[LENGTH + 1 :])
            os.close(self._file)
            raise InputError(
                f"{visible(str(self._path.parent))}: a sweep is at work there ({who}); wait for "
                "it, or name another folder: --out FOLDER"
            ) from None
        except OSError:  # a network's file system without locks
            pass

    def new_word(self) -> str:
        """Return a word for runs that are begun now; those begun before write no more.

        Raises:
            InputError: It cannot be written.
        """
        word = uuid4().hex
        said = f"{word} process {os.getpid()} on {socket.gethostname()}".encode()
        try:
            # At no moment is it empty, which would tell runs to save.
            os.pwrite(self._file, said, 0)
            os.ftruncate(self._file, len(said))
        except OSError as error:
            raise self._unwritable(error) from None
        return word

    def _unwritable(self, error: OSError) -> InputError:
        return InputError(f"cannot write {visible(str(self._path))}: {error.strerror}")

    def leave(self) -> None:
        """Tell all runs that the sweep is left."""
        os.ftruncate(self._file, 0)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.leave()
        os.close(self._file)


def standing(folder: Path, word: str) -> Standing:
    """Return whether a sweep with this word is at work in a folder."""
    try:
        with (folder / NAME).open("rb") as file:
            found = file.read(LENGTH).decode("ascii", "replace")
    except OSError:  # the folder is gone, or a network between
        return "left"
    if found == word:
        return "ours"
    return "taken" if found else "left"
