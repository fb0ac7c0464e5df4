"""The screen in a terminal of its own, made of a pty.

No emulator: tens of thousands of keys can be pressed, and every byte that is painted is looked at.
"""

import contextlib
import fcntl
import os
import re
import signal
import struct
import sys
import termios
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from rnn_tui.process.stopped import is_stopped

PATIENCE = 60.0
"""Seconds after which something is taken never to happen; a loaded machine is slow."""
GLANCE = 0.01
ROOT = Path(__file__).parents[1]

SEQUENCES = re.compile(
    rb"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI
    rb"|\x1bP[0-9=$;]*[a-z]?\x1b\\"  # DCS, of the kind that begins and ends a picture
    rb"|\x1b\]22;[a-z-]*(?:\x07|\x1b\\)"  # OSC, the shape of the pointer
    rb"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"  # OSC, what was marked and copied
    rb"|\x1b[78=>cM]|\x1b[()][A-Z0-9]"
)
"""What a painter may send."""
BEGUN = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*|[\]P][^\x07\x1b]{0,9000}\x1b?|[()])?\Z|\xc2\Z")
"""A sequence or character whose end has not come yet."""
STRAY = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]")
"""What must not be left of the picture without them; newlines and tabs are the shell's."""
MODES = {b"?1049": False, b"?25": True, b"?1000": False, b"?1003": False, b"?2004": False}
"""Private modes that a program may leave a terminal in; the shell expects these."""


class PtyScreen:
    """A shell in a pty that runs one command and tells its exit code."""

    def __init__(
        self,
        arguments: Iterable[str],
        folder: Path,
        size: tuple[int, int] = (120, 40),
        program: Iterable[str] = ("-m", "rnn_tui"),
    ) -> None:
        """Start the screen, or another `program` of Python, in `folder`, its home, too."""
        self.folder = folder
        self.suspended = 0
        """How often the program was brought back."""
        self.listen()
        self._ours, self._theirs = os.openpty()
        self.resize(*size)
        self.settings = termios.tcgetattr(self._theirs)
        self._pid = os.fork()
        if self._pid == 0:
            os.login_tty(self._theirs)
            _become_shell([sys.executable, *program, *arguments], folder)
        self._reader = threading.Thread(target=self._drain, daemon=True)
        self._reader.start()

    def listen(self) -> None:
        """Forget what was painted."""
        self.painted = bytearray()
        """The newest part of it."""
        self.strays: set[bytes] = set()
        """Control bytes that are no painter's."""
        self.around = b""
        """What stood around the first of them."""
        self.modes: dict[bytes, bool] = {}
        """Private modes, as they were set last."""
        self._tail, self._lock = b"", threading.Lock()

    def _drain(self) -> None:
        with contextlib.suppress(OSError):
            while data := os.read(self._ours, 65536):
                self.look_at(data)

    def look_at(self, data: bytes) -> None:
        """Take in what is painted."""
        with self._lock:
            data = self._tail + data
            begun = BEGUN.search(data)
            whole = begun.start() if begun else len(data)
            data, self._tail = data[:whole], data[whole:]
            for mode, what in re.findall(rb"\x1b\[(\?\d+)([hl])", data):
                self.modes[mode] = what == b"h"
            rest = SEQUENCES.sub(b"", data)
            if self.modes.get(b"?1049", True):  # afterwards the shell echoes what was typed
                self.strays.update(STRAY.findall(rest))
            if self.strays and not self.around:
                at = STRAY.search(rest)
                self.around = rest[max(at.start() - 40, 0) : at.end() + 80] if at else b""
            self.painted += data
            del self.painted[:-100_000]

    def press(self, data: bytes) -> None:
        """Send bytes as a keyboard or mouse would."""
        os.write(self._ours, data)

    def resize(self, width: int, height: int) -> None:
        """Change the size of the window."""
        fcntl.ioctl(self._ours, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    @property
    def unread(self) -> int:
        """Bytes of the keyboard that nobody has read."""
        return int(struct.unpack("i", fcntl.ioctl(self._theirs, termios.FIONREAD, bytes(4)))[0])

    def wait_for(self, happened: Callable[[], Any], what: str, patience: float = PATIENCE) -> None:
        """Look until it has happened."""
        end, never = time.monotonic() + patience, threading.Event()
        while not happened():
            if time.monotonic() > end:
                raise AssertionError(f"in {patience:g} seconds there was no {what}")
            never.wait(GLANCE)

    def wait_for_text(self, text: str, patience: float = PATIENCE) -> None:
        """Wait until something is painted."""
        self.wait_for(lambda: text.encode() in self.painted, text, patience)

    @property
    def program(self) -> int | None:
        """The process of the screen."""
        return next(iter(children(self._pid)), None)

    @property
    def workers(self) -> list[int]:
        """The processes that train."""
        program = self.program
        found = children(program) if program else []
        return [pid for pid in found if "spawn_main" in command(pid)]

    @property
    def worker(self) -> int | None:
        """The one that trains; None: there is none."""
        return next(iter(self.workers), None)

    def bring_back(self) -> None:
        """Do what `fg` does, should the program have suspended itself."""
        program = self.program
        if program and is_stopped(program):
            self.suspended += 1
            os.kill(program, signal.SIGCONT)

    @property
    def exit_code(self) -> int | None:
        """What the shell was told; None while the screen is open."""
        found = re.search(rb"EXIT:(\d+)", bytes(self.painted[-2_000:]))
        return int(found[1]) if found else None

    @property
    def broken(self) -> list[str]:
        """In what the terminal differs from how it was."""
        wrong = [
            f"{mode.decode()} is {'on' if on else 'off'}"
            for mode, on in self.modes.items()
            if MODES.get(mode, on) != on
        ]
        if (now := termios.tcgetattr(self._theirs)) != self.settings:
            wrong.append(f"its settings are {now}, not {self.settings}")
        return wrong

    def close(self) -> None:
        """Close the window and wait for everybody in it."""
        everybody = [pid for pid in (self.program, self.worker, self._pid) if pid]
        for pid in everybody:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._theirs)  # or the reader would never come to the end
        self._reader.join(PATIENCE)
        os.close(self._ours)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()


def _become_shell(words: list[str], folder: Path) -> None:
    environment = {
        **os.environ,
        "HOME": str(folder),
        "XDG_STATE_HOME": str(folder / "state"),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }
    os.chdir(folder)
    # The shell stays, so that the terminal does too, whatever becomes of the screen.
    script = 'trap : INT QUIT TSTP; "$@"; echo EXIT:$?; while [ -t 0 ]; do read -r _; done'
    os.execvpe("sh", ["sh", "-c", script, "sh", *words], environment)


def children(parent: int | None) -> list[int]:
    """Return the processes that a process has started and that still live."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, IndexError):
            state, above = path.read_text().rpartition(")")[2].split()[:2]
            if above == str(parent) and state != "Z":
                found.append(int(path.parent.name))
    return found


def command(pid: int) -> str:
    """Its command line."""
    with contextlib.suppress(OSError):
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
    return ""


def alive(pid: int) -> bool:
    """Return whether a process is there and no zombie."""
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def asleep(pid: int) -> bool:
    """Return whether no thread of a process wants the processor or a disk."""
    states = []
    for path in Path(f"/proc/{pid}/task").glob("*/stat"):
        with contextlib.suppress(OSError, IndexError):
            states.append(path.read_text().rpartition(")")[2].split()[0])
    return set(states) <= {"S"}
