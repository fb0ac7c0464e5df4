"""A log on disk: one JSON object a line, each written at once and whole."""

import json
import math
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.language import phrase
from rnn_tui.text.visible import visible

FORMAT = "rnn-tui log"
VERSION = 2
"""1 knew recurrent networks only and did not say so."""
HEAD = 200
"""Bytes at the start of a log that say that it is one."""
BEGINNING = re.compile(rb'\{\s*"event"\s*:\s*"start"\s*,\s*"format"\s*:\s*"rnn-tui log"')


class LogFile:
    """Appends events; the first fault is told, and nothing is written any more.

    Every line is one write to a file opened for appending: whoever is killed leaves all lines but
    perhaps the last one whole.
    """

    def __init__(self, path: Path, tell: Callable[[str], None]) -> None:
        self.path, self.tell = path, tell
        self._file: int | None = None
        try:
            broken = ends_amid_a_line(path)
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o666)
            if broken:
                os.write(self._file, b"\n")
        except OSError as error:
            self._fail(error)

    def write(self, event: Mapping[str, Any]) -> None:
        """Append an event."""
        if self._file is None:
            return
        data = memoryview(line_of(event))
        try:
            while data:
                data = data[os.write(self._file, data) :]
        except OSError as error:
            self._fail(error)

    def close(self) -> None:
        """Write no more."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _fail(self, error: OSError) -> None:
        self.close()
        reason = visible(error.strerror or str(error))
        self.tell(
            phrase(
                "The log is not written any more: {file}: {reason}.",
                file=visible(str(self.path)),
                reason=reason,
            )
        )


def ends_amid_a_line(path: Path) -> bool:
    """Return whether the last writer of a log was interrupted."""
    if not path.exists() or not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def line_of(event: Mapping[str, Any]) -> bytes:
    """Return an event as a line of a log."""
    line = json.dumps(plain(event), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return line.encode() + b"\n"


def plain(value: Any) -> Any:
    """Return the value as JSON knows it; a number that is not finite becomes null."""
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def is_log(path: Path) -> bool:
    """Return whether a file begins as a log does."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    return BEGINNING.match(head) is not None


def require_log_target(path: Path) -> None:
    """Find out before training whether a log can be written there without spoiling anything.

    Raises:
        InputError: It cannot be written, or something else than a log is there.
    """
    where = visible(str(path))
    try:
        fresh = not path.exists()
        if not fresh and not path.is_file():  # opening a pipe might never end
            raise InputError(f"cannot write {where}: a folder, a pipe or a device is no log")
        if not fresh and path.stat().st_size and not is_log(path):
            raise InputError(f"{where}: holds something else than a log; name another file")
        with path.open("ab"):
            pass
        if fresh:
            path.unlink()
    except OSError as error:
        reason = visible(error.strerror or str(error))
        raise InputError(f"cannot write {where}: {reason}") from None
