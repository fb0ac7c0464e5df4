"""Networks to export, and the interpreters that have what others read them with."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.nn.loss import softmax
from rnn_tui.text.corpus import Corpus, TextOptions, read_corpus
from rnn_tui.training.checkpoint.file import Checkpoint, load, save
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer

ROOT = Path(__file__).parents[2]
PEERS = Path(__file__).parent / "peers"
TEXT = "the cat sat on the mat — and the dog ran to the red barn while it rained\r\n" * 9

Settings = dict[str, object]


def settings(layers: int, **others: object) -> Settings:
    dtype = "float64" if layers == 2 else "float32"
    return {"num_layers": layers, "dtype": dtype, **others}


CELLS = (("rnn", "tanh"), ("rnn", "relu"), ("lstm", "tanh"), ("gru", "tanh"))
RECURRENT = [
    settings(layers, cell=cell, activation=activation)
    for cell, activation in CELLS
    for layers in (1, 2, 3)
]
"""Every cell, with one to three layers."""
LOOKING_BACK = [
    settings(layers, network=network, activation=activation, **{sees: size})
    for network, sees, activation, sizes in (
        ("dense", "context", "tanh", (1, 5, 12)),
        ("dense", "context", "relu", (4, 2, 6)),
        ("cnn", "kernel_size", "tanh", (2, 3, 4)),
        ("cnn", "kernel_size", "relu", (1, 4, 2)),
    )
    for layers, size in zip((1, 2, 3), sizes, strict=True)
]
"""The others, with one to three layers, down to one symbol seen and up to more than a window."""


def name_of(settings: Settings) -> str:
    return "-".join(map(str, settings.values()))


Make = Callable[..., Checkpoint]


@pytest.fixture(scope="session")
def text(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("text") / "text.txt"
    path.write_bytes(TEXT.encode())
    return path


@pytest.fixture
def make(tmp_path: Path, text: Path) -> Make:
    """Train a small network for some updates and write its checkpoint, `tmp_path/net.…`."""

    def trained(
        updates: int = 40, path: Path = text, options: TextOptions | None = None, **settings: object
    ) -> Checkpoint:
        trainer = trainer_of(read_corpus(path, options), **settings)
        for _ in range(updates):
            trainer.step()
        save(tmp_path / "net.safetensors", trainer)
        return load(tmp_path / "net.safetensors")

    return trained


def trainer_of(corpus: Corpus, **settings: object) -> Trainer:
    usual = {"hidden_size": 7, "seq_length": 9, "batch_size": 3, "learning_rate": 0.02}
    return Trainer(Config(**{"preset": "auto", **usual, **settings}), corpus)  # type: ignore[arg-type]


def probabilities(checkpoint: Checkpoint, text: Path) -> np.ndarray:
    """What the NumPy network expects after every symbol of the whole text (N, V)."""
    model, ids = checkpoint.model(), read_corpus(text, checkpoint.options).ids
    logits, _ = model.forward(ids.astype(np.intp)[:, None], model.zero_state(1))
    return softmax(logits[:, 0].astype(np.float64))


def interpreter_with(*modules: str, variable: str) -> str:
    """A Python that has them: this one, or the one the variable names; skip where there is none."""
    if all(importlib.util.find_spec(module) for module in modules):
        return sys.executable
    if not (named := os.environ.get(variable)):
        pytest.skip(f"{' and '.join(modules)} not installed; {variable} may name a Python with it")
    return named


@pytest.fixture(scope="session")
def torch_python() -> str:
    return interpreter_with("torch", variable="TORCH_PYTHON")


@pytest.fixture(scope="session")
def onnx_python() -> str:
    return interpreter_with("onnx", "onnxruntime", variable="ONNX_PYTHON")


def run(*words: object) -> str:
    """Run a program; return what it prints."""
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "PYTHONIOENCODING": "utf-8",
            "OMP_NUM_THREADS": "1",  # more would wait for one another on networks so small
        },
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
