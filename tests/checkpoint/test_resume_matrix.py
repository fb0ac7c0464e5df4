"""Updates, saved, as many more after loading: all in one go, bit for bit, whatever the settings.

Every pair of values of any two settings occurs in some case, which is checked. Some of
them are gone on with in a process of its own, the way a person does.
"""

import hashlib
import itertools
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rnn_tui.models.registry import named
from rnn_tui.models.sampling import sample
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.checkpoint.file import load, save, tensors_of
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer

SETTINGS: dict[str, tuple[Any, ...]] = {
    "network": ("rnn", "lstm", "gru", "dense", "cnn"),
    "optimizer": ("sgd", "momentum", "adagrad", "rmsprop", "adam"),
    "dtype": ("float32", "float64"),
    "num_layers": (1, 2),
    "batch_size": (1, 3),
    "threads": (1, 2),
    "lr_decay": (1.0, 0.97),
    "activation": ("tanh", "relu"),
    "clip_norm": (None, 1.0),
    "val_fraction": (0.0, 0.1),
    "seq_length": (5, 8),
    "weight_decay": (0.0, 0.1),
    "dropout": (0.0, 0.4),
}
UPDATES = 120
"""Three epochs and a bit, of the longest."""
TEXT = b"the tide came in, the tide went out, and no one had told it to. " * 3

Case = tuple[Any, ...]


def pairs(case: Case) -> set[tuple[int, Any, int, Any]]:
    numbered = enumerate(case)
    return {(i, a, j, b) for (i, a), (j, b) in itertools.combinations(numbered, 2)}


CASES: list[Case] = [
    ("gru", "rmsprop", "float64", 1, 1, 1, 1.0, "tanh", None, 0.1, 8, 0.1, 0.0),
    ("lstm", "momentum", "float32", 2, 1, 2, 0.97, "relu", 1.0, 0.0, 5, 0.1, 0.4),
    ("rnn", "adagrad", "float32", 2, 3, 2, 1.0, "tanh", None, 0.0, 8, 0.0, 0.4),
    ("rnn", "adam", "float64", 1, 3, 1, 1.0, "relu", 1.0, 0.1, 5, 0.1, 0.0),
    ("gru", "sgd", "float64", 2, 3, 2, 0.97, "relu", None, 0.0, 8, 0.1, 0.0),
    ("lstm", "adam", "float32", 1, 1, 1, 0.97, "tanh", 1.0, 0.0, 8, 0.1, 0.4),
    ("lstm", "momentum", "float64", 1, 3, 2, 1.0, "tanh", None, 0.1, 8, 0.1, 0.0),
    ("gru", "adagrad", "float64", 1, 1, 1, 0.97, "tanh", 1.0, 0.1, 5, 0.1, 0.4),
    ("rnn", "sgd", "float32", 2, 1, 1, 1.0, "tanh", None, 0.1, 5, 0.1, 0.4),
    ("gru", "rmsprop", "float32", 2, 1, 2, 0.97, "relu", 1.0, 0.0, 5, 0.0, 0.0),
    ("gru", "adam", "float32", 2, 3, 2, 0.97, "tanh", None, 0.0, 5, 0.0, 0.4),
    ("lstm", "sgd", "float32", 1, 1, 2, 1.0, "relu", 1.0, 0.0, 8, 0.1, 0.0),
    ("rnn", "momentum", "float64", 1, 3, 1, 0.97, "tanh", None, 0.0, 5, 0.0, 0.0),
    ("lstm", "rmsprop", "float32", 2, 3, 1, 0.97, "relu", 1.0, 0.1, 8, 0.0, 0.4),
    ("lstm", "adagrad", "float32", 2, 3, 1, 1.0, "relu", 1.0, 0.0, 5, 0.1, 0.0),
    ("rnn", "rmsprop", "float64", 2, 3, 2, 1.0, "relu", 1.0, 0.0, 8, 0.0, 0.4),
    ("gru", "momentum", "float32", 1, 3, 1, 0.97, "tanh", None, 0.1, 8, 0.1, 0.0),
    ("cnn", "rmsprop", "float32", 2, 3, 2, 0.97, "relu", 1.0, 0.0, 5, 0.0, 0.4),
    ("dense", "sgd", "float64", 2, 3, 2, 0.97, "relu", 1.0, 0.1, 5, 0.0, 0.4),
    ("cnn", "momentum", "float64", 1, 1, 1, 1.0, "tanh", None, 0.1, 8, 0.1, 0.0),
    ("dense", "rmsprop", "float32", 1, 1, 1, 0.97, "tanh", None, 0.0, 8, 0.1, 0.0),
    ("dense", "adam", "float32", 2, 3, 2, 1.0, "tanh", 1.0, 0.0, 5, 0.0, 0.4),
    ("cnn", "adam", "float64", 2, 1, 1, 0.97, "relu", 1.0, 0.1, 5, 0.1, 0.4),
    ("dense", "momentum", "float64", 2, 3, 2, 0.97, "relu", None, 0.0, 8, 0.1, 0.4),
    ("dense", "adagrad", "float64", 2, 3, 2, 1.0, "tanh", None, 0.0, 5, 0.1, 0.4),
    ("cnn", "adagrad", "float64", 1, 3, 1, 1.0, "relu", None, 0.1, 8, 0.0, 0.0),
    ("cnn", "sgd", "float32", 1, 1, 1, 1.0, "relu", None, 0.1, 8, 0.1, 0.0),
]
"""Each time, of 200 cases by chance, the one with the most pairs that were in none before."""


def corpus() -> Corpus:
    return corpus_from_bytes(TEXT, "tide.txt")


def config(case: Case) -> Config:
    network, *others = case
    return Config(
        preset="auto", hidden_size=4, context=4, kernel_size=3, learning_rate=0.01, seed=3,
        **named(network), **dict(zip(list(SETTINGS)[1:], others, strict=True)),
    )  # fmt: skip


def fingerprint(trainer: Trainer) -> str:
    """Parameters, optimizer, hidden state, counters, the whole history, and a sample."""
    trainer.finish_validation()
    total = hashlib.sha256()
    for name, array in sorted(tensors_of(trainer).items()):
        total.update(name.encode() + np.ascontiguousarray(array).tobytes())
    total.update(repr((trainer.update, trainer.knobs, trainer.optimizer.count)).encode())
    total.update(repr(trainer.history.scalars()).encode())
    rng = np.random.default_rng(trainer.update)
    ids, probs = sample(trainer.model, np.array([1]), 30, 0.8, rng)
    total.update(ids.tobytes() + probs.tobytes())
    return total.hexdigest()


def run(trainer: Trainer, updates: int) -> list[float]:
    return [trainer.step().loss for _ in range(updates)]


def test_every_pair_occurs() -> None:
    met = set().union(*map(pairs, CASES))
    for (i, one), (j, two) in itertools.combinations(enumerate(SETTINGS.values()), 2):
        assert {(i, a, j, b) for a, b in itertools.product(one, two)} <= met
    assert len(CASES) < 40


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(map(str, case)))
def test_resumed_is_as_in_one_go(tmp_path: Path, case: Case) -> None:
    whole, first = Trainer(config(case), corpus()), Trainer(config(case), corpus())
    losses = run(whole, 2 * UPDATES)
    run(first, UPDATES)
    save(path := tmp_path / "half.safetensors", first)
    again = load(path).trainer(corpus())
    assert run(again, UPDATES) == losses[UPDATES:]
    assert fingerprint(again) == fingerprint(whole)


@pytest.mark.parametrize("updates", [1, 17, 37, 38, 39, 40, 75, 76])
def test_anywhere_in_an_epoch(tmp_path: Path, updates: int) -> None:
    case = ("lstm", "adam", "float32", 2, 1, 1, 0.97, "tanh", 1.0, 0.0, 5, 0.1, 0.4)
    whole, first = Trainer(config(case), corpus()), Trainer(config(case), corpus())
    assert whole.windows_per_epoch == 39
    run(whole, 120)
    run(first, updates)
    save(path := tmp_path / "half.safetensors", first)
    again = load(path).trainer(corpus())
    run(again, 120 - updates)
    assert fingerprint(again) == fingerprint(whole)


GO_ON = """
import sys
from pathlib import Path
from rnn_tui.training.checkpoint.file import load
from tests.checkpoint.test_resume_matrix import UPDATES, corpus, fingerprint, run
for name in sys.argv[1:]:
    trainer = load(Path(name)).trainer(corpus())
    run(trainer, UPDATES)
    print(fingerprint(trainer))
"""


def test_in_a_new_process(tmp_path: Path) -> None:
    paths, expected = [], []
    for number, case in enumerate(CASES[4::5]):
        trainer = Trainer(config(case), corpus())
        run(trainer, UPDATES)
        save(path := tmp_path / f"{number}.safetensors", trainer)
        run(trainer, UPDATES)
        paths.append(str(path))
        expected.append(fingerprint(trainer))
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", GO_ON, *paths]
    found = subprocess.run(command, capture_output=True, text=True, cwd=root, check=False)
    assert found.stderr == ""
    assert found.stdout.split() == expected


@pytest.mark.parametrize("updates", [3, 9, 100])
def test_along_a_cosine(tmp_path: Path, updates: int) -> None:
    case = ("gru", "momentum", "float64", 2, 3, 1, 1.0, "tanh", 1.0, 0.1, 5, 0.1, 0.4)
    along = replace(config(case), lr_schedule="cosine", warmup=9, updates=120)
    whole, first = Trainer(along, corpus()), Trainer(along, corpus())
    run(whole, 120)
    run(first, updates)
    save(path := tmp_path / "part.safetensors", first)
    again = load(path).trainer(corpus())
    run(again, 120 - updates)
    assert fingerprint(again) == fingerprint(whole)
    assert 0 < whole.learning_rate < 1e-5
