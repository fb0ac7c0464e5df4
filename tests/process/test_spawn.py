import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.marks import needs_proc

BEAR = """
from pathlib import Path
from rnn_tui.process.spawn import spawn

if __name__ == "__main__":
    spawned = spawn(Path("/dev/null"))
"""
TELL = """
    print(Path(f"/proc/{spawned.process.pid}/status").read_text())
    spawned.pipe.close()
    spawned.process.join()
"""
FAIL = """
    raise LookupError
"""
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="signals")


def bear(tmp_path: Path, then: str) -> "subprocess.CompletedProcess[str]":
    """Spawn a worker in a process of its own, whose resource tracker has not been launched yet."""
    program, here = tmp_path / "program" / "bear.py", tmp_path / "here"
    for folder in (program.parent, here):
        folder.mkdir()
    program.write_text(BEAR + then)
    (here / "pickle.py").write_text("print('not the standard library')")
    return subprocess.run(
        [sys.executable, program], cwd=here, capture_output=True, text=True, timeout=60
    )


@needs_proc
def test_a_new_worker_hears_no_interrupt(tmp_path: Path) -> None:
    said = bear(tmp_path, TELL)
    status = dict(line.split(":\t", 1) for line in said.stdout.splitlines() if ":\t" in line)
    assert int(status["SigBlk"], 16) & 1 << signal.SIGINT - 1


@needs_proc
def test_modules_in_the_users_folder_are_left_alone(tmp_path: Path) -> None:
    said = bear(tmp_path, TELL)
    assert (said.returncode, said.stderr) == (0, "")
    assert "not the standard library" not in said.stdout


@posix_only
def test_a_new_worker_without_a_job_holds_nobody_up(tmp_path: Path) -> None:
    said = bear(tmp_path, FAIL)  # the traceback keeps its pipe
    assert said.returncode == 1
    assert said.stderr.endswith("LookupError\n")
