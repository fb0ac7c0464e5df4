"""What `rnn-tui export` writes where, and what it refuses."""

import importlib.util
from pathlib import Path

import pytest

from rnn_tui.cli import main
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.file import save
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer


@pytest.fixture
def file(tmp_path: Path, hello: Corpus) -> Path:
    save(tmp_path / "hello.safetensors", Trainer(PRESETS["hello"], hello))
    return tmp_path / "hello.safetensors"


def said(capsys: pytest.CaptureFixture[str], *words: object) -> str:
    """The one line it says when it refuses."""
    assert main(["export", *map(str, words)]) == 2
    out, err = capsys.readouterr()
    assert not out
    assert err.count("\n") == 1
    return err


def test_the_weights_lie_beside_the_script(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.with_name("net.py")
    assert main(["export", str(file), str(out), "--format", "torch"]) == 0
    assert file.with_name("net.safetensors").read_bytes() == file.read_bytes()
    assert capsys.readouterr().out.splitlines() == [
        f"saved to {file.with_name('net.safetensors')}",
        f"saved to {out}",
    ]


def test_or_are_there_already(file: Path) -> None:
    before = file.read_bytes()
    assert main(["export", str(file), str(file.with_suffix(".py")), "--format", "torch"]) == 0
    assert file.read_bytes() == before
    assert {path.name for path in file.parent.iterdir()} == {"hello.safetensors", "hello.py"}


def test_nothing_is_replaced_unasked(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.with_name("net.csv")
    out.write_text("mine")
    assert "--force replaces it" in said(capsys, file, out)
    assert out.read_text() == "mine"
    assert main(["export", str(file), str(out), "--force"]) == 0
    assert out.read_text().startswith("update,")


def test_where_one_of_two_is_taken_none_is_written(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = file.with_name("net.safetensors")
    weights.write_text("mine")
    out = file.with_name("net.py")
    assert "is there already" in said(capsys, file, out, "--format", "torch")
    assert not out.exists()


@pytest.mark.parametrize("form", ["csv", "json", "numpy"])
def test_the_checkpoint_is_never_replaced(
    file: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    assert "the checkpoint itself" in said(capsys, file, file, "--format", form, "--force")
    assert file.read_bytes() == before


def test_what_else_it_refuses(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--format is missing" in said(capsys, file, "net.py")
    assert "not standard output" in said(capsys, file, "-", "--format", "torch")
    assert "must end in .py" in said(capsys, file, "net", "--format", "torch")
    assert "no such file" in said(capsys, "nowhere", "net.csv")
    assert "cannot write" in said(capsys, file, file / "net.csv")


@pytest.mark.skipif(importlib.util.find_spec("onnx") is not None, reason="onnx is installed")
def test_onnx_says_what_it_needs(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "pip install" in said(capsys, file, "net.onnx")
