"""Where terminals have the cursor after a line: asked of the terminal itself (CSI 6n).

    python -m shake.cursor_reports LINES ANSWERS

is what runs inside the terminal: it paints the lines of a JSON file one after the other.
"""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import termios
import tty
from collections.abc import Sequence
from pathlib import Path

from tests.e2e.terminal import wait_for

ROOT = Path(__file__).parent.parent
WINDOWS = {
    "tmux": "tmux -S {socket} -f /dev/null new-session -x 200 -y 40 -d {program}",
    "xterm": "xvfb-run -a xterm -u8 -geometry 200x40 -e {program}",
    "kitty": "xvfb-run -a kitty --config NONE -o remember_window_size=no"
    " -o initial_window_width=200c -o initial_window_height=40c sh -c {program}",
}
"""How each is opened without a screen."""
AT_ONCE = 64
"""Lines painted before their answers are read; more could fill the pipe both ways."""


def columns(terminal: str, lines: Sequence[str]) -> list[int]:
    """Return the column of the cursor after each of `lines`, painted from column 0."""
    with tempfile.TemporaryDirectory(prefix="rnn-tui-") as folder:
        asked, answers = Path(folder) / "lines", Path(folder) / "answers"
        asked.write_text(json.dumps(list(lines)))
        inside = [sys.executable, "-m", "shake.cursor_reports", str(asked), str(answers)]
        program = shlex.quote(shlex.join(inside))
        command = WINDOWS[terminal].format(socket=Path(folder) / "tmux", program=program)
        settings = {**os.environ, "LC_ALL": "C.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1"}
        window = subprocess.Popen(
            shlex.split(command), cwd=ROOT, env=settings, stderr=subprocess.DEVNULL
        )
        wait_for(answers.exists, f"answer from {terminal}", 300)
        window.wait(60)
        found: list[int] = json.loads(answers.read_text())
        return found


def is_here(terminal: str) -> bool:
    """Tell whether a terminal is installed, and what it needs."""
    needed = WINDOWS[terminal].replace("xvfb-run -a", "xvfb-run").split()[:2]
    return all(map(shutil.which, needed[: 1 if terminal == "tmux" else 2]))


def ask(lines: Sequence[str], descriptor: int) -> list[int]:
    """Paint `lines` on the terminal one over the other and ask for the cursor after each."""
    answers: list[int] = []
    unread = b""
    _write(descriptor, b"\x1b[?7l\x1b[2J")  # a line too long stays at the edge
    for start in range(0, len(lines), AT_ONCE):
        part = lines[start : start + AT_ONCE]
        _write(descriptor, b"".join(b"\x1b[3;1H\x1b[2K" + t.encode() + b"\x1b[6n" for t in part))
        while len(answers) < start + len(part):
            unread += os.read(descriptor, 4096)
            *whole, unread = unread.split(b"R")
            answers += [int(re.findall(rb"\x1b\[\d+;(\d+)", one)[0]) - 1 for one in whole]
    return answers


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def main() -> None:
    """Answer in a file that is there only when it is whole."""
    asked, answers = map(Path, sys.argv[1:])
    descriptor = os.open("/dev/tty", os.O_RDWR)
    before = termios.tcgetattr(descriptor)
    tty.setraw(descriptor)
    found = ask(json.loads(asked.read_text()), descriptor)
    termios.tcsetattr(descriptor, termios.TCSANOW, before)
    answers.with_suffix(".new").write_text(json.dumps(found))
    answers.with_suffix(".new").replace(answers)


if __name__ == "__main__":
    main()
