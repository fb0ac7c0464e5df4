import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_tui.process.stopped import is_stopped
from tests.marks import needs_proc


@pytest.mark.parametrize(
    ("stat", "stopped"),
    [
        ("7 (python) S 1", False),
        ("7 (python) T 1", True),
        ("7 (T) R 1", False),
        ("7 (a) T (b) t 1", True),
        ("", False),
    ],
)
def test_the_state_follows_the_name(tmp_path: Path, stat: str, stopped: bool) -> None:
    (tmp_path / "7").mkdir()
    (tmp_path / "7" / "stat").write_text(stat)
    assert is_stopped(7, tmp_path) == stopped


def test_who_is_not_there_is_not_stopped(tmp_path: Path) -> None:
    assert not is_stopped(8, tmp_path)
    assert not is_stopped(None)


@needs_proc
def test_a_process_that_is_held() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert not is_stopped(process.pid)
        process.send_signal(signal.SIGSTOP)
        os.waitpid(process.pid, os.WUNTRACED)
        assert is_stopped(process.pid)
        process.kill()
