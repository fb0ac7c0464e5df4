"""Somebody who looks at the screen: a pseudo terminal, what was painted into it, and when."""

import contextlib
import fcntl
import os
import pty
import re
import select
import shutil
import signal
import struct
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

PATIENCE = 30.0
CLOCK_TICKS = os.sysconf("SC_CLK_TCK")
PROGRAM = shutil.which("rnn-tui", path=str(Path(sys.executable).parent)) or "rnn-tui"
_ESCAPES = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_=>])")
LONGEST_ESCAPE = 40
PAUSE = 0.02
"""Seconds between two frames, at least."""


class Viewer:
    """A started screen; use as a context manager."""

    def __init__(
        self,
        *words: str,
        size: tuple[int, int] = (120, 40),
        program: Sequence[str] = (PROGRAM,),
    ) -> None:
        """Start the program.

        Args:
            words: What stands after its name.
            size: Columns and rows.
            program: Another one.
        """
        self.started = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            os.environ["TERM"] = "xterm-256color"
            # With it each start might compile the program anew, which users' second one does not.
            os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
            os.execv(program[0], [*program, *words])
        self._columns, self._rows = size
        self._resize(0)
        self.painted = b""
        """Everything since `forget`, without escape sequences."""
        self.bytes = self.frames = 0
        """Since `forget`; a frame is what comes without a pause."""
        self._heard = 0.0
        self._begun = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGTERM)
        end = time.perf_counter() + PATIENCE
        with contextlib.suppress(OSError):
            while time.perf_counter() < end and os.read(self._terminal, 65536):
                pass
        os.waitpid(self.pid, 0)
        os.close(self._terminal)

    def _resize(self, by: int) -> None:
        self._columns += by
        window = struct.pack("HHHH", self._rows, self._columns, 0, 0)
        fcntl.ioctl(self._terminal, termios.TIOCSWINSZ, window)

    def forget(self) -> None:
        """Forget what was painted: what comes is new."""
        self.painted, self.bytes, self.frames = b"", 0, 0

    def look(self, patience: float = 0.05, most: int = 65536) -> bool:
        """Read what was painted; whether there was anything."""
        if not select.select([self._terminal], [], [], patience)[0]:
            return False
        painted, now = os.read(self._terminal, most), time.perf_counter()
        self.bytes += len(painted)
        self.frames += now - self._heard > PAUSE
        self._heard = now
        whole, escape, rest = (self._begun + painted).rpartition(b"\x1b")
        # The last escape sequence may be cut in two by the reading.
        self._begun = escape + rest if len(rest) < LONGEST_ESCAPE else b""
        self.painted += _ESCAPES.sub(b"", whole if self._begun else whole + escape + rest)
        return True

    def watch(self, seconds: float) -> None:
        """Look for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.look(min(left, 0.05))

    def watch_slowly(self, seconds: float, bytes_a_second: int) -> None:
        """Do the same through a line that carries so many bytes a second."""
        start = time.perf_counter()
        carried = self.bytes
        while (passed := time.perf_counter() - start) < seconds:
            room = int(passed * bytes_a_second) - (self.bytes - carried)
            if room < 200:
                time.sleep(0.01)
            else:
                self.look(0.01, room)

    def wait_for(self, pattern: bytes) -> re.Match[bytes]:
        """Look until the pattern has been painted since `forget`."""
        start = time.perf_counter()
        while not (match := re.search(pattern, self.painted)):
            if time.perf_counter() - start > PATIENCE:
                raise TimeoutError(f"nothing painted says {pattern!r}: {self.painted[-500:]!r}")
            self.look(0.01)
        return match

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._terminal, keys.encode())

    def answer(self, keys: str, word: bytes) -> float:
        """Press keys; seconds until the word is painted."""
        self.forget()
        start = time.perf_counter()
        self.press(keys)
        self.wait_for(word)
        return time.perf_counter() - start

    def update(self, pattern: bytes) -> tuple[float, int]:
        """Return when which update was painted: another width has all of it painted."""
        self._resize(1 if self._columns % 2 == 0 else -1)
        self.forget()
        match = self.wait_for(pattern)
        return time.perf_counter(), int(match[1].replace(b",", b""))

    def processor_seconds(self) -> float:
        """Return what the screen's own process has used so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / CLOCK_TICKS

    def processes(self) -> list[int]:
        """Return the screen's process and those it started."""
        found = [self.pid]
        for path in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                above = (path / "stat").read_text().rpartition(")")[2].split()[1]
                if int(above) == self.pid:
                    found.append(int(path.name))
        return found

    def megabytes(self) -> list[float]:
        """Memory of each process; what two share counts half for each."""
        return [_proportional(pid) for pid in self.processes()]


def _proportional(pid: int) -> float:
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    match = re.search(r"^Pss: +(\d+) kB", text, re.MULTILINE)
    return int(match[1]) / 1024 if match else 0.0
