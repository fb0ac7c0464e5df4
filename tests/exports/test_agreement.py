"""Other tools and the NumPy network, on the probabilities over a whole text."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.text.corpus import read_corpus
from tests.exports.conftest import (
    LOOKING_BACK,
    PEERS,
    RECURRENT,
    Make,
    Settings,
    name_of,
    probabilities,
    run,
)

FURTHEST = 1e-5


def laid_out(
    tmp_path: Path, make: Make, text: Path, networks: list[Settings]
) -> tuple[Path, dict[str, np.ndarray]]:
    """A folder with a checkpoint of every network and the ids, and the right probabilities."""
    folder, expected = tmp_path / "all", {}
    folder.mkdir()
    for settings in networks:
        name, checkpoint = name_of(settings), make(**settings)
        expected[name] = probabilities(checkpoint, text)
        shutil.copy(tmp_path / "net.safetensors", folder / f"{name}.safetensors")
        np.save(folder / f"{name}.ids.npy", read_corpus(text).ids.astype(np.int64))
    return folder, expected


def furthest(folder: Path, expected: dict[str, np.ndarray]) -> float:
    found = {name: np.load(folder / f"{name}.probs.npy") for name in expected}
    return max(float(np.abs(found[name] - expected[name]).max()) for name in expected)


def test_pytorch(
    tmp_path: Path, make: Make, text: Path, torch_python: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, expected = laid_out(tmp_path, make, text, RECURRENT + LOOKING_BACK)
    for name in expected:
        checkpoint, script = folder / f"{name}.safetensors", folder / f"{name}.py"
        assert main(["export", str(checkpoint), str(script), "--format", "torch"]) == 0
    run(torch_python, PEERS / "torch_peer.py", folder)
    assert furthest(folder, expected) < FURTHEST


def test_onnxruntime(tmp_path: Path, make: Make, text: Path, onnx_python: str) -> None:
    folder, expected = laid_out(tmp_path, make, text, RECURRENT + LOOKING_BACK)
    run(onnx_python, PEERS / "onnx_peer.py", folder)
    assert furthest(folder, expected) < FURTHEST
