"""Files that are replaced whole or not at all."""

import os
import tempfile
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.language import Phrase, mark, phrase
from rnn_tui.limits import reached
from rnn_tui.text.visible import visible

OF_THE_SYSTEM = (
    mark("No such file or directory"),
    mark("Permission denied"),
    mark("No space left on device"),
    mark("Read-only file system"),
)
"""What systems say most often, for the catalogs."""


class UnwritableError(InputError):
    """A file cannot be written."""

    def __init__(self, path: Path, reason: str) -> None:
        """Say which, and the reason, which is also kept apart."""
        super().__init__(
            phrase("cannot write {file}: {reason}", file=visible(str(path)), reason=reason)
        )
        self.reason = reason


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that at every moment either the old or the new one is there, whole.

    The bytes go to a temporary file beside it, which is synced and then takes its name.

    Raises:
        InputError: It cannot be written; what stood there is untouched.
    """
    temporary: Path | None = None
    try:
        target = target_of(path)
        handle, temporary = open_beside(target)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode_for(target))
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise unwritable(path, error) from None


def require_writable(path: Path) -> None:
    """Find out before long work whether `write_whole` could write there; nothing is left behind.

    Raises:
        InputError: It could not.
    """
    try:
        handle, temporary = open_beside(target_of(path))
        os.close(handle)
        temporary.unlink()
    except OSError as error:
        raise unwritable(path, error) from None


def target_of(path: Path) -> Path:
    """Return the file itself, not a link to it; OSError for what must not be replaced by a file."""
    target = path.resolve() if path.is_symlink() else path
    if target.is_dir():
        raise IsADirectoryError(None, phrase("is a folder"))
    if target.exists() and not target.is_file():
        raise OSError(None, phrase("is a pipe or a device"))
    if target.exists() and not target.stat().st_mode & 0o222:
        # The new file only takes its name, which the folder's permissions allow for any old one.
        raise PermissionError(None, phrase("is protected from writing (chmod u+w allows it)"))
    return target


def open_beside(target: Path) -> tuple[int, Path]:
    """Return a temporary file in the same folder: its handle and its name."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    return handle, Path(name)


def unwritable(path: Path, error: OSError) -> UnwritableError:
    """Make the error that says what the system does not allow."""
    said = error.strerror or str(error)
    why = said if isinstance(said, Phrase) else phrase(visible(said))
    return UnwritableError(path, reached(error) or why)


def mode_for(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those any new file gets."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def sync_folder(folder: Path) -> None:
    """Make a rename last through a power cut; where folders cannot be opened, it has to do."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
