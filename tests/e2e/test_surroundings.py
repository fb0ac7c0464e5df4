"""The screen where Python or the system is set up in unusual ways."""

from pathlib import Path

from shake.pty_screen import PtyScreen
from tests.marks import needs_proc

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")
FEW_FILES = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_NOFILE, (32, 32))\n"
    "from rnn_tui.cli import main; sys.exit(main(sys.argv[1:]))"
)


@needs_proc
def test_the_screen_opens_trains_and_is_left_under_python_oo_with_32_open_files(
    tmp_path: Path,
) -> None:
    require_a_whole_run(tmp_path, "-OO", "-c", FEW_FILES)


def require_a_whole_run(folder: Path, *program: str) -> None:
    with PtyScreen([HELLO], folder, program=program) as screen:
        screen.wait_for_text("running")
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert not screen.broken


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
    require_a_whole_run(tmp_path, "-c", program)
