"""The screen where Python or the system is set up in unusual ways."""

from pathlib import Path

from shake.pty_screen import PtyScreen
from tests.marks import needs_proc

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")
WITHOUT = """
import _multiprocessing, sys
for name in ("SemLock", "sem_unlink"):  # as where the system has no sem_open
    if hasattr(_multiprocessing, name):
        delattr(_multiprocessing, name)
sys.modules["_bz2"] = sys.modules["_lzma"] = sys.modules["_sqlite3"] = None
"""


@needs_proc
def test_no_semaphores_are_needed_nor_does_python_x_dev_find_anything(tmp_path: Path) -> None:
    """Neither in the screen's process nor in the worker's: both read sitecustomize."""
    (tmp_path / "sitecustomize.py").write_text(WITHOUT)
    program = (
        f"import os, sys\nos.environ['PYTHONPATH'] += os.pathsep + {str(tmp_path)!r}\n"
        "os.execv(sys.executable, [sys.executable, '-X', 'dev', '-m', 'rnn_tui', *sys.argv[1:]])"
    )
    with PtyScreen([HELLO], tmp_path, program=("-c", program)) as screen:
        screen.wait_for_text("running")
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert not screen.broken
