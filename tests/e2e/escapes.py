"""A program on a pseudo-terminal, and everything it writes there, read by a strict parser."""

import contextlib
import fcntl
import os
import pty
import re
import select
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Thread

PATIENCE = 15.0
"""Seconds after which something is taken never to happen."""

# What Textual and rich say to a terminal: modes and questions about them, cursor, erasing, colors
# (numbers up to 255), the keyboard protocol, the shape of the mouse pointer. No other strings.
_SGR = r"(?:25[0-5]|2[0-4]\d|1\d\d|\d?\d)?"
_OURS = re.compile(
    rf"\x1b\[(?:[\d;]*[ABCDGHJK]|{_SGR}(?:[;:]{_SGR})*m|[<>=]?\d*(?:;\d+)?u|\??[\d;]+[hl]"
    r"|\?\d+\$p)|\x1b\]22;[a-z-]+\x07"
)


def stripped(output: str) -> str:
    """The output without the program's own sequences; what a terminal would obey is left in it."""
    return _OURS.sub("", output)


def obeyed(output: str) -> set[str]:
    """The characters that a terminal would obey, line ends and the tabs of tables apart."""
    rest = re.sub("[\r\n\t]", "", stripped(output))
    return {c for c in rest if not (c.isprintable() or c in "\u200d\u200c") or c in _BIDI}


_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff\u200b"


class OnPty:
    """A command whose terminal is ours."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.output = ""
        self.code: int | None = None
        self._bytes = b""
        self.pid, self._fd = pty.fork()
        if not self.pid:
            os.execvpe(command[0], list(command), {**os.environ, **environment})
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def wait_for(self, pattern: str) -> None:
        """Read until what was written since the last wait matches a regular expression."""
        end, start = time.monotonic() + PATIENCE, len(self.output)
        while not re.search(pattern, stripped(self.output[start:])):
            assert time.monotonic() < end, f"no {pattern!r} in {self.output[start:]!r}"
            if not self._read(end - time.monotonic()):
                raise AssertionError(f"it ended before {pattern!r}: {self.output[start:]!r}")

    def type(self, text: str) -> None:
        """Press keys."""
        os.write(self._fd, text.encode())

    def finish(self) -> str:
        """Wait for the end; return everything that was written."""
        end = time.monotonic() + PATIENCE
        while self._read(end - time.monotonic()):
            assert time.monotonic() < end
        self.code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self.output

    def close(self) -> None:
        """End it, whatever it does."""
        if self.code is None:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(self.pid, 9)
                os.waitpid(self.pid, 0)
        os.close(self._fd)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], max(seconds, 0))
        try:
            data = os.read(self._fd, 1 << 16) if ready else b""
        except OSError:  # Linux says so where the other end is closed
            data = b""
        self._bytes += data
        self.output = self._bytes.decode(errors="replace")
        return bool(data)


def said_on_terminal(main: Callable[[list[str]], int], arguments: list[str]) -> tuple[int, str]:
    """Call the program's main function with a terminal for its output.

    Returns:
        The exit code, and all that was written.
    """
    ours, theirs = pty.openpty()
    chunks: list[bytes] = []
    reader = Thread(target=lambda: chunks.extend(_chunks(ours)))
    reader.start()
    with (
        open(theirs, "w", encoding="utf-8") as terminal,  # noqa: PTH123
        contextlib.redirect_stdout(terminal),
        contextlib.redirect_stderr(terminal),
    ):
        try:
            code = main(arguments)
        except SystemExit as exit:
            code = exit.code if isinstance(exit.code, int) else 1
    reader.join()
    os.close(ours)
    return code, b"".join(chunks).decode(errors="replace")


def _chunks(descriptor: int) -> Iterator[bytes]:
    with contextlib.suppress(OSError):  # Linux says so where the other end is closed
        while data := os.read(descriptor, 1 << 16):
            yield data
