"""Standard streams that are closed or full, in real processes."""

import subprocess
import sys
from pathlib import Path

import pytest

from rnn_tui.cli import main
from tests.cli.forked import run_forked

HELLO = str(Path(__file__).parents[2] / "corpora" / "hello.txt")


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("net") / "hello.safetensors"
    assert main(["train", HELLO, "--updates", "9", "--checkpoint", str(path)]) == 0
    return str(path)


def shell(line: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run `line` in a shell, where "$@" is the program and these words."""
    command = ["sh", "-c", line, "sh", sys.executable, "-m", "rnn_tui", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("closed", "open_ones"), [(">&-", "2"), ("2>&-", "1"), ("<&- >&- 2>&-", "")]
)
def test_a_closed_stream_leads_nowhere(closed: str, open_ones: str, net: str) -> None:
    lines = [
        ["eval", net, HELLO, "--tsv"],
        ["eval", net, HELLO, "--surprise"],
        ["export", net, "-", "--format", "csv"],
        ["sample", net, "--length", "9"],
        ["train", HELLO, "--updates", "2", "--json", "--no-save"],
    ]
    for done in run_forked(lines, streams=open_ones, shell=f'"$@" {closed}'):
        assert (done.returncode, done.stderr) == (0, b""), done.args
        assert bool(done.stdout) == (closed == "2>&-"), done.args


def test_nothing_stray_ends_up_in_a_file(tmp_path: Path) -> None:
    log = tmp_path / "run.jsonl"
    words = ["train", HELLO, "--updates", "2", "--log", str(log)]
    assert shell('"$@" >&- 2>&-', *words).returncode == 0
    assert all(line.startswith("{") for line in log.read_text("utf-8").splitlines())


@pytest.mark.parametrize("stderr", ["2>&-", "2>/dev/full"])
def test_the_exit_code_tells_where_no_line_can(stderr: str) -> None:
    if "full" in stderr and not Path("/dev/full").exists():
        pytest.skip("no device that is always full")
    lines = [["train", "missing.txt", "--updates", "1"], ["train", "--nope"]]
    for done in run_forked(lines, streams="1", shell=f'"$@" {stderr}'):
        assert (done.returncode, done.stdout, done.stderr) == (2, b"", b""), done.args
