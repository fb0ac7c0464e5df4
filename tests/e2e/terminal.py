"""A program in a real terminal: tmux on a socket of its own, watched until it shows something."""

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

PATIENCE = 60.0
"""Seconds after which something is taken never to happen; a loaded machine is slow."""
ENVIRONMENT = {**os.environ, "COLUMNS": "80", "LINES": "24"}
"""As seen by Python; without it readline's own settings would be passed on. The sizes are wrong:
the terminal knows better."""
GLANCE, RARELY = 0.04, 0.2
"""Seconds between two looks, each a process of its own: at first, and when one has waited long."""


def wait_for(happened: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Look until it has happened."""
    never, end, glance = Event(), time.monotonic() + patience, GLANCE
    while not happened():
        assert time.monotonic() < end, f"in {patience:g} seconds there was no {what}"
        never.wait(glance)
        glance = min(1.2 * glance, RARELY)


PROC = ("stat", "cmdline")


def children(parent: int, command: str = "") -> list[int]:
    """Return the processes that `parent` started and whose command line holds `command`."""
    return [pid for pid, above, line in _processes() if above == parent and command in line]


def _processes() -> Iterator[tuple[int, int, str]]:
    """Return number, parent and command line of every process; `ps` is not everywhere."""
    if not Path("/proc/self/stat").exists():
        table = subprocess.run(
            ["ps", "-axo", "pid=,ppid=,command="], capture_output=True, text=True
        )
        for pid, above, *words in map(str.split, table.stdout.splitlines()):
            yield int(pid), int(above), " ".join(words)
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has just ended
            # Other programs' names may be any bytes.
            stat, line = ((path / name).read_bytes().decode(errors="replace") for name in PROC)
            above = stat.rpartition(")")[2].split()[1]
            yield int(path.name), int(above), line.replace("\0", " ")


def colors(painted: bytes) -> set[int]:
    """Return the sizes of the palettes that what was painted takes colors from."""
    found = set()
    for numbers in re.findall(rb"\x1b\[([\d;]*)m", painted):
        values = numbers.replace(b"38", b"48").split(b";")
        if b"48" in values:
            found.add(1 << 24 if values[values.index(b"48") + 1] == b"2" else 256)
        elif any(re.fullmatch(rb"(3|4|9|10)[0-7]", value) for value in values):
            found.add(16)
    return found


class Terminal:
    """A window of tmux with a shell in it, so that one sees what a program leaves behind."""

    def __init__(self, folder: Path, size: tuple[int, int], environment: dict[str, str]) -> None:
        self._socket = folder / "tmux"
        self._exit = folder / "exit"
        self._environment = environment
        width, height = map(str, size)
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", width, "-y", height, "sh")
        self.wait_for("$")

    def _tmux(self, *words: str) -> str:
        command = [shutil.which("tmux") or "tmux", "-S", str(self._socket), *words]
        done = subprocess.run(
            command, env=ENVIRONMENT, capture_output=True, text=True, check=True, timeout=PATIENCE
        )
        return done.stdout

    def start(self, command: list[str]) -> None:
        """Type a command; its exit code will be `exit_code`."""
        self._exit.unlink(missing_ok=True)
        setting = " ".join(f"{k}={shlex.quote(v)}" for k, v in self._environment.items())
        line = f"env {setting} {shlex.join(command)}; echo $? > {shlex.quote(str(self._exit))}"
        self._tmux("send-keys", "-l", line)
        self.press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys, in tmux's names."""
        self._tmux("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type letters."""
        self._tmux("send-keys", "-l", text)

    @property
    def text(self) -> str:
        """What stands in the window."""
        return self._tmux("capture-pane", "-p")

    def wait_for(self, pattern: str) -> re.Match[str]:
        """Wait until the window shows something; `pattern` is a regular expression."""
        found: list[re.Match[str]] = []

        def shown() -> bool:
            match = re.search(pattern, self.text)
            found.extend([match] if match else [])
            return bool(match)

        try:
            wait_for(shown, repr(pattern))
        except AssertionError as error:
            raise AssertionError(f"{error} in\n{self.text}") from None
        return found[0]

    def number(self, name: str) -> float:
        """Return a number of the header."""
        match = self.wait_for(rf"\b{name} +([\d.,]+)")
        return float(match[1].replace(",", ""))

    def resize(self, width: int, height: int) -> None:
        """Give the window another size."""
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    @contextlib.contextmanager
    def recorded(self, file: Path) -> Iterator[None]:
        """Write every byte that reaches the window to a file."""
        self._tmux("pipe-pane", f"cat > {shlex.quote(str(file))}")
        yield
        self._tmux("pipe-pane")

    def setting(self, name: str, value: str) -> None:
        """Change a setting of tmux."""
        self._tmux("set-option", "-g", name, value)

    @property
    def clipboard(self) -> str:
        """What was copied last."""
        return self._tmux("show-buffer")

    @property
    def program(self) -> int:
        """The number of the process that was started."""
        shell = int(self._tmux("display-message", "-p", "#{pane_pid}"))
        return children(shell)[0]

    @property
    def modes(self) -> str:
        """Return alternate screen, mouse and cursor as tmux knows them: 0, 0, 1 in a shell."""
        return self._tmux(
            "display-message", "-p", "#{alternate_on} #{mouse_any_flag} #{cursor_flag}"
        ).strip()

    def exit_code(self) -> int:
        """Wait for the program's end and return its exit code."""
        wait_for(lambda: self._exit.exists() and self._exit.read_text().strip() != "", "end")
        return int(self._exit.read_text())

    def close(self) -> None:
        """Close the window, if it is open."""
        with contextlib.suppress(subprocess.CalledProcessError):
            self._tmux("kill-server")
