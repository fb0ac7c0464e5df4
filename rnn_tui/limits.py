"""Limits that the system sets to a process: which one an error means, and what to do about it."""

import errno
import os
from contextlib import suppress

from rnn_tui.errors import InputError
from rnn_tui.language import mark, phrase

NO_THREAD = "can't start new thread"
"""All that Python says where the system gives no thread, whatever the reason."""
NO_ROOM_FOR_CODE = ("failed to map segment", os.strerror(errno.ENOMEM))
"""What the loader says of a compiled library where addresses have run out."""
FILES_OF_A_SCREEN = 12
"""Files that a screen must be able to open at its start (measured: with 15 in all it runs);
a server is held to the same."""
LEAST_ADDRESSES = 120_000_000
"""Bytes of addresses below which OpenBLAS ends the process amid NumPy's import, by itself
(measured: it does with 110 MB; `train` runs with 120 MB, the screen with 200)."""


def reached(error: BaseException) -> str:
    """Say which limit an error comes from and what to do; empty where it is of another kind."""
    if is_about_processes(error):
        return processes()
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.EMFILE or _says(error, os.strerror(errno.EMFILE)):
        return files()
    if number == errno.ENFILE:
        return phrase("too many files are open on this machine; close some programs")
    if number == errno.EFBIG:
        return file_size()
    out_of_memory = isinstance(error, MemoryError) or number == errno.ENOMEM
    if (out_of_memory or _says(error, *NO_ROOM_FOR_CODE)) and addresses() is not None:
        return memory()
    return ""


def is_about_processes(error: BaseException) -> bool:
    """Return whether a thread or a process could not be started."""
    if isinstance(error, RuntimeError):
        return str(error) == NO_THREAD
    # A stream that would have to wait has the same number, but words of its own.
    return isinstance(error, BlockingIOError) and error.strerror == os.strerror(errno.EAGAIN)


def processes() -> str:
    """Return what to say where no process or thread can be started."""
    most, room = limit("NPROC"), addresses()
    said = {
        (False, False): mark(
            "the system gives no more processes or threads; end some, or raise its limit"
        ),
        (True, False): mark(
            "no more processes or threads: this user may have {most} (ulimit -u); end some of "
            "them, or raise the limit"
        ),
        (False, True): mark(  # each thread has a stack
            "no more processes or threads: this process {room} MB for their stacks (ulimit -v); "
            "end some of them, or raise the limit"
        ),
        (True, True): mark(
            "no more processes or threads: this user may have {most} (ulimit -u) and this process "
            "{room} MB for their stacks (ulimit -v); end some of them, or raise the limit"
        ),
    }
    return phrase(
        said[most is not None, room is not None],
        most=f"{most or 0:,}",
        room=f"{(room or 0) / 1e6:,.0f}",
    )


def files() -> str:
    """Return what to say where no file can be opened any more."""
    most = limit("NOFILE")
    if most is None:
        return phrase("too many open files; raise the limit, 32 are enough")
    return phrase(
        "too many open files: this process may have {most} (ulimit -n); raise the limit, 32 are "
        "enough",
        most=f"{most:,}",
    )


def file_size() -> str:
    """Return what to say where a file may not grow."""
    most = limit("FSIZE")
    if most is None:
        return phrase("a file would become too large; raise the limit")
    return phrase(
        "a file would become too large: at most {most} bytes (ulimit -f); raise the limit",
        most=f"{most:,}",
    )


def memory() -> str:
    """Return what to say where memory runs out and a limit is why."""
    most = addresses()
    if most is None:
        return phrase("out of memory; raise the limit, or try a smaller network")
    return phrase(
        "out of memory: this process may have {most} MB (ulimit -v); raise the limit, or try a "
        "smaller network",
        most=f"{most / 1e6:,.0f}",
    )


def too_few_addresses() -> str:
    """Return what to say where not even NumPy can be loaded; empty where it can."""
    most = addresses()
    return memory() if most is not None and most < LEAST_ADDRESSES else ""


def require_files(count: int = FILES_OF_A_SCREEN) -> None:
    """Find out whether so many files can be opened; what was opened is closed again.

    Where the event loop cannot open its own, the interpreter writes a page about it at exit.

    Raises:
        InputError: They cannot.
    """
    opened: list[int] = []
    try:
        while len(opened) < count:
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        raise InputError(reached(error) or str(error)) from None
    finally:
        for number in opened:
            os.close(number)


def addresses() -> int | None:
    """Bytes that this process may have, of addresses or of data; None: no limit is set."""
    set_ones = [most for name in ("AS", "DATA") if (most := limit(name)) is not None]
    return min(set_ones, default=None)


def machine_memory() -> int | None:
    """Bytes of memory this machine has; None where the system does not say."""
    with suppress(AttributeError, ValueError, OSError):
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    return None


def limit(name: str) -> int | None:
    """Return a limit of this process; None where it has none of this name."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    kind = getattr(resource, f"RLIMIT_{name}", None)
    if kind is None:
        return None
    most = resource.getrlimit(kind)[0]
    return None if most == resource.RLIM_INFINITY else most


def _says(error: BaseException, *words: str) -> bool:
    return isinstance(error, ImportError) and any(word in str(error) for word in words)
