"""Limits of the system: each is one line that names it, and no screen is left half open."""

import errno
import os
import re
import resource
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rnn_tui import limits
from rnn_tui.cli import main
from rnn_tui.commands.runs.worker import start_worker
from rnn_tui.errors import InputError
from rnn_tui.limits import reached
from shake.pty_screen import PtyScreen
from tests.marks import needs_proc

HELLO = str(Path(__file__).parents[1] / "corpora" / "hello.txt")
RUN = "from rnn_tui.cli import main; sys.exit(main(sys.argv[1:]))"
NO_THREAD_AFTER = """
import sys, threading
left, start = [{count}], threading.Thread.start
def limited(thread):
    left[0] -= 1
    if left[0] < 0:
        raise RuntimeError("can't start new thread")
    start(thread)
if __name__ == "__main__":
    threading.Thread.start = limited
"""
ORDINARY = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_NPROC, ({most}, {most}))
if os.getuid() == 0:
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    os.chown(".", 65534, 65534)
    os.setuid(65534)
"""
LIMITED = """
import os, resource, sys
os.closerange(3, 1024)  # whoever runs the tests may have left files open: the limit counts them too
sys.dont_write_bytecode = True  # where files may not grow, Python leaves halves of it behind
resource.setrlimit(resource.RLIMIT_{name}, ({most}, {most}))
"""
THREAD = RuntimeError("can't start new thread")
FORK = BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))


def said_last(screen: PtyScreen) -> list[str]:
    """What stands on the terminal once the screen is gone."""
    text = re.sub(r"\x1b\[[0-?]*[ -/]*[@-~]", "", screen.painted.decode(errors="replace"))
    return [
        line for line in text.splitlines() if line.startswith(("rnn-tui", "Traceback", "  File"))
    ]


def refused(program: str, folder: Path) -> str:
    """The one line of a screen that leaves with exit code 2, and with the terminal as it was."""
    with PtyScreen([HELLO], folder, program=("-c", program)) as screen:
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 2, bytes(screen.painted)
        assert not screen.broken
        assert screen.program is None
        (line,) = said_last(screen)
        return line


@needs_proc
@pytest.mark.parametrize("count", [0, 1, 2, 3], ids=["to", "from", "painter", "keyboard"])
def test_without_a_thread_there_is_no_screen(tmp_path: Path, count: int) -> None:
    line = refused(NO_THREAD_AFTER.format(count=count) + "    " + RUN, tmp_path)
    assert line.startswith("rnn-tui: no more processes or threads: this user may have ") or (
        "the system gives no more processes or threads" in line
    )


@needs_proc
@pytest.mark.parametrize("most", [1, 4, 6])
def test_as_an_ordinary_user_with_few_processes(tmp_path: Path, most: int) -> None:
    if os.getuid() == 0:
        way = [Path(sys.executable).resolve(), *Path(sys.executable).resolve().parents]
        if not all(part.stat().st_mode & 0o001 for part in (*way, *tmp_path.parents)):
            pytest.skip("no ordinary user can start this Python here")
    line = refused(ORDINARY.format(most=most) + RUN, tmp_path)
    assert f"this user may have {most} (ulimit -u)" in line


@needs_proc
@pytest.mark.parametrize("most", [8, 12, 14])
def test_with_few_files_there_is_no_screen(tmp_path: Path, most: int) -> None:
    line = refused(LIMITED.format(name="NOFILE", most=most) + RUN, tmp_path)
    assert line == (
        f"rnn-tui: too many open files: this process may have {most} (ulimit -n); "
        "raise the limit, 32 are enough"
    )


@needs_proc
def test_with_fifteen_files_the_screen_runs_even_under_python_oo(tmp_path: Path) -> None:
    program = LIMITED.format(name="NOFILE", most=3 + limits.FILES_OF_A_SCREEN) + RUN
    with PtyScreen([HELLO], tmp_path, program=("-OO", "-c", program)) as screen:
        screen.wait_for_text("running")
        screen.press(b"q")
        screen.wait_for(lambda: screen.exit_code is not None, "end")
        assert screen.exit_code == 0
        assert not screen.broken


@pytest.mark.parametrize("most", [8, 14])
def test_with_few_files_nothing_is_served(most: int) -> None:
    pytest.importorskip("aiohttp", reason="the extra web is not installed")
    program = LIMITED.format(name="NOFILE", most=most) + RUN
    done = subprocess.run(
        [sys.executable, "-c", program, "serve", HELLO, "--port", "8177"],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert f"this process may have {most} (ulimit -n)" in done.stderr


def limited_train(name: str, most: int, *words: str) -> "subprocess.CompletedProcess[str]":
    program = LIMITED.format(name=name, most=most) + RUN
    train = ["train", HELLO, "--updates", "2", *words]
    return subprocess.run(
        [sys.executable, "-c", program, *train], capture_output=True, text=True, timeout=60
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to it")
@pytest.mark.parametrize("most", [60_000_000, 100_000_000])
def test_with_few_addresses_nothing_is_begun(most: int) -> None:
    done = limited_train("AS", most, "--no-save")
    assert (done.returncode, done.stderr) == (
        2,
        f"rnn-tui: out of memory: this process may have {most / 1e6:.0f} MB (ulimit -v); "
        "raise the limit, or try a smaller network\n",
    )


@pytest.mark.parametrize("most", [0, 1000])
def test_a_file_that_may_not_grow_is_named(tmp_path: Path, most: int) -> None:
    file = tmp_path / "a.safetensors"
    done = limited_train("FSIZE", most, "--checkpoint", str(file))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        f"rnn-tui: cannot write {file}: a file would become too large: at most {most:,} bytes "
        "(ulimit -f); raise the limit; the run is lost"
    )


def test_standard_output_that_may_not_grow_is_named(tmp_path: Path) -> None:
    program = LIMITED.format(name="FSIZE", most=500) + RUN
    with (tmp_path / "out").open("w") as out:
        done = subprocess.run(
            [sys.executable, "-c", program, "--print-completion", "bash"],
            stdout=out, stderr=subprocess.PIPE, text=True, timeout=60,
        )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "ulimit -f" in done.stderr


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (THREAD, "no more processes or threads: this user may have 7 (ulimit -u)"),
        (FORK, "no more processes or threads: this user may have 7 (ulimit -u)"),
        (OSError(errno.EMFILE, "x"), "this process may have 7 (ulimit -n)"),
        (OSError(errno.ENFILE, "x"), "too many files are open on this machine"),
        (ImportError(f"a.so: {os.strerror(errno.EMFILE)}"), "(ulimit -n)"),
        (OSError(errno.EFBIG, "x"), "at most 7 bytes (ulimit -f)"),
        (MemoryError(), "out of memory: this process may have 0 MB (ulimit -v)"),
        (ImportError("libscipy.so: failed to map segment from shared object"), "(ulimit -v)"),
        (BlockingIOError(errno.EAGAIN, "write could not complete without blocking"), ""),
        (RuntimeError("dictionary changed size during iteration"), ""),
        (ImportError("no such module"), ""),
        (OSError(errno.ENOENT, "x"), ""),
    ],
)
def test_which_limit_an_error_means(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, words: str
) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda kind: (7, 7))
    said = reached(error)
    assert words in said
    assert bool(said) == bool(words)


def test_without_a_limit_nothing_is_called_one(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    monkeypatch.setattr(resource, "getrlimit", lambda kind: endless)
    assert reached(MemoryError()) == ""
    assert "ulimit" not in reached(THREAD)
    assert limits.too_few_addresses() == ""


@pytest.mark.parametrize("error", [FORK, OSError(errno.EMFILE, "x")])
def test_a_worker_that_a_limit_forbids_ends_the_start(
    monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    def refuse(_: Path) -> None:
        raise error

    monkeypatch.setattr("rnn_tui.process.spawn.spawn", refuse)
    with pytest.raises(InputError, match="ulimit"):
        start_worker()


@pytest.mark.parametrize("error", [THREAD, FORK, OSError(errno.EMFILE, "x")])
def test_a_command_says_it_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def fail(*_: object) -> int:
        raise error

    monkeypatch.setattr("rnn_tui.plain.train.run.train", fail)
    assert main(["train", HELLO, "--updates", "1"]) == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"rnn-tui: {reached(error)}"


@pytest.mark.parametrize(
    "words",
    [
        ["eval", "c.st", HELLO],
        ["train", "--resume", "c.st"],
        ["export", "c.st", "a", "--format", "csv"],
    ],
)
def test_a_folder_that_may_not_be_entered_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    there = Path.stat

    def refuse(path: Path, **how: Any) -> os.stat_result:
        if path.name == "c.st":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
        return there(path, **how)

    monkeypatch.setattr(Path, "stat", refuse)
    assert main(words) == 2
    assert capsys.readouterr().err == (
        "rnn-tui: c.st: may not be looked at; check the permissions of its folder (ls -ld)\n"
    )


WITHOUT = """
import sys
sys.modules[{module!r}] = None
"""


@needs_proc
@pytest.mark.parametrize("module", ["_posixshmem", "_multiprocessing"])
def test_a_python_that_starts_no_process_says_so(tmp_path: Path, module: str) -> None:
    line = refused(WITHOUT.format(module=module) + RUN, tmp_path)
    assert line == (
        f"rnn-tui: this Python was built without {module}, which other processes need; "
        "`rnn-tui train` works without a screen"
    )
