"""A text from a pipe that has a name, as a shell makes one for `<(cat TEXT)`: read once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from rnn_tui.training.checkpoint.file import load

HELLO = Path(__file__).parents[2] / "corpora" / "hello.txt"

pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="needs <( ) of bash")


def bash(line: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """Run a line in which "$@" is the program, $0 the corpus."""
    command = ["bash", "-c", line, str(HELLO), sys.executable, "-m", "rnn_tui"]
    return subprocess.run(
        command, capture_output=True, text=True, timeout=60, cwd=folder, check=False
    )


def test_train_reads_it(tmp_path: Path) -> None:
    done = bash('"$@" train <(cat "$0") --updates 3 --checkpoint net.safetensors', tmp_path)
    assert done.returncode == 0, done.stderr
    checkpoint = load(tmp_path / "net.safetensors")
    assert "".join(checkpoint.vocab.symbols) == "helo"
    assert checkpoint.corpus_path == ""
    done = bash('"$@" train <(cat "$0") --resume net.safetensors --updates 5', tmp_path)
    assert done.returncode == 0, done.stderr
    assert load(tmp_path / "net.safetensors").update == 5


def test_eval_reads_it_and_a_fifo_that_a_user_made(tmp_path: Path) -> None:
    assert bash('"$@" train "$0" --updates 3 --checkpoint net', tmp_path).returncode == 0
    assert "perplexity" in bash('"$@" eval net <(cat "$0")', tmp_path).stdout
    line = 'mkfifo pipe; cat "$0" > pipe & "$@" eval net pipe'
    assert "perplexity" in bash(line, tmp_path).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("train <(:)", "is empty"),
        ("train <(cat /bin/sh)", "looks binary"),
        ("train --resume= <(cat $0)", ""),
        ("serve <(cat $0)", "name a file"),
    ],
)
def test_what_it_cannot_be_is_one_line(tmp_path: Path, words: str, said: str) -> None:
    done = bash(f'"$@" {words}', tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
