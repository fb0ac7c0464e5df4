"""The few lines that the documents show for PyTorch and onnxruntime."""

import re
from pathlib import Path

from tests.exports.conftest import ROOT, Make, run

HELLO = ROOT / "corpora" / "hello.txt"


def shown(page: str, module: str) -> str:
    """The block of a page that imports a module."""
    blocks = re.findall(r"```py\n(.*?)```", (ROOT / "docs" / page).read_text(), re.DOTALL)
    return next(block for block in blocks if f"import {module}" in block)


def run_in(folder: Path, python: str, *words: str) -> str:
    there = "import os, sys; os.chdir(sys.argv.pop(1)); exec(sys.argv.pop(1))"
    return run(python, "-c", there, folder, *words)


def hello_in(tmp_path: Path, make: Make) -> None:
    make(updates=300, path=HELLO, hidden_size=3, seq_length=4, batch_size=1)
    (tmp_path / "net.safetensors").rename(tmp_path / "hello.safetensors")


def test_loading_a_checkpoint_in_pytorch(tmp_path: Path, make: Make, torch_python: str) -> None:
    hello_in(tmp_path, make)
    code = shown("checkpoint.md", "torch")
    check = "\nassert torch.equal(rnn.weight_hh_l0, stored['rnn.weight_hh_l0']); print('same')"
    assert run_in(tmp_path, torch_python, code + check) == "same\n"


def test_running_an_onnx_model(tmp_path: Path, make: Make, onnx_python: str) -> None:
    hello_in(tmp_path, make)
    run(
        onnx_python,
        "-m",
        "rnn_tui",
        "export",
        tmp_path / "hello.safetensors",
        tmp_path / "hello.onnx",
    )
    assert run_in(tmp_path, onnx_python, shown("exports.md", "onnxruntime")) == "l\n"
