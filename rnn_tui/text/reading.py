"""The bytes of a text, from a file, a pipe or standard input: no more than this machine holds."""

import contextlib
import os
import stat
from collections.abc import Callable, Iterator
from io import BufferedReader
from pathlib import Path

from rnn_tui.errors import InputError
from rnn_tui.limits import addresses, machine_memory, reached
from rnn_tui.text.encoding_scores import Bytes
from rnn_tui.text.file_formats import as_word
from rnn_tui.text.visible import visible

MOST = 2_000_000_000
"""Bytes of a text, whatever the machine has."""
HEAD = 1 << 16
"""Bytes that are looked at before the rest is read."""
_PART = 1 << 20
# Bytes of memory for each byte of a text, at the worst that was measured (`python -m
# scripts.text_memory`, 100 MB each): 1.1 where each byte is a character as it stands; to decode
# Hangul 2.5, with emoji 5.7, with --normalize NFD 6.5, with --errors replace 8.1.
PLAIN, DECODED = 2, 9


def read_bounded(stream: BufferedReader, name: str, judge: Callable[[Bytes], None]) -> bytearray:
    """Read all of a stream, or refuse it before it takes the machine's memory.

    Args:
        stream: Where to read.
        name: What it is called, safe to paint.
        judge: Raises InputError where the first 64 KB are not what they should be; the rest is
            not read then.

    Raises:
        InputError: It is too long, or no text.
    """
    require_size(name, _left(stream), PLAIN)
    most = bound(PLAIN)
    data = bytearray()
    with within_memory(name), reading(name):
        while len(data) < HEAD and (part := stream.read1(HEAD - len(data))):
            data += part
        judge(data)
        ended = len(data) < HEAD  # a terminal's end is told once: who asks again waits for another
        while not ended and (part := stream.read1(_PART)):
            data += part
            if len(data) > most:
                raise InputError(f"{name}: does not end within {_shown(most)}; {_less(name)}")
    return data


def require_size(name: str, size: int, each: int) -> None:
    """Refuse a text that would not fit, with `each` bytes of memory for a byte of it.

    Raises:
        InputError: It would not.
    """
    if size > (most := bound(each)):
        to_decode = " to decode, on this machine" if each != PLAIN and most < MOST else ""
        raise InputError(
            f"{name}: {_shown(size)} are too much{to_decode} (at most {_shown(most)});"
            f" {_less(name)}"
        )


def bound(each: int) -> int:
    """Bytes that a text may have, with `each` bytes of memory for a byte of it."""
    rooms = [room for room in (machine_memory(), addresses()) if room is not None]
    return min([MOST, *(room // each for room in rooms)])


@contextlib.contextmanager
def within_memory(name: str) -> Iterator[None]:
    """Say of a text for which no memory was to be had that it is the text.

    Raises:
        InputError: There was none.
    """
    try:
        yield
    except MemoryError:
        most = addresses()
        limit = "" if most is None else f" (this process may have {most / 1e6:,.0f} MB: ulimit -v)"
        raise InputError(f"{name}: does not fit into memory{limit}; {_less(name)}") from None


@contextlib.contextmanager
def reading(name: str) -> Iterator[None]:
    """Say in one line why a text cannot be read.

    Raises:
        InputError: It cannot.
    """
    try:
        yield
    except FileNotFoundError:
        raise InputError(f"{name}: there is no such file") from None
    except PermissionError:
        raise InputError(f"{name}: may not be read; check its permissions (ls -l)") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = reached(error) or visible(str(getattr(error, "strerror", None) or error))
        raise InputError(f"{name}: cannot be read: {reason}") from None


def _left(stream: BufferedReader) -> int:
    """Bytes that a file has left; 0 where nobody knows."""
    try:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            return 0
        return status.st_size - os.lseek(stream.fileno(), 0, os.SEEK_CUR)
    except (OSError, ValueError):
        return 0


def _less(name: str) -> str:
    """Return how to train on a part, whose size every machine takes."""
    part = "head -c 100000000"
    again = f"{part} {as_word(name)}" if Path(name).is_file() else f"... | {part}"
    return f"train on a part of it: {again} | rnn-tui -"


def _shown(size: int) -> str:
    return f"{size / 1e9:,.1f} GB" if size >= 1e9 else f"{size / 1e6:,.0f} MB"
