"""Whole files with a right digest that say what cannot be: refused by name, before any work."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus
from rnn_tui.training.checkpoint.container import digest
from rnn_tui.training.checkpoint.file import load, metadata_of, tensors_of
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer


def written(path: Path, hello: Corpus, key: str, changes: dict[str, Any], **tensors: Any) -> Path:
    trainer = Trainer(PRESETS["hello"], hello)
    for _ in range(5):
        trainer.step()
    arrays, metadata = tensors_of(trainer) | tensors, metadata_of(trainer)
    content = json.loads(metadata[key])
    for name, value in changes.items():
        place, _, inner = name.rpartition("/")
        (content[place] if place else content)[inner] = value
    metadata[key] = json.dumps(content)
    metadata["digest"] = digest(arrays, metadata)
    safetensors.numpy.save_file(arrays, path, metadata)
    return path


@pytest.mark.parametrize(
    ("key", "changes", "words"),
    [
        ("config", {"num_layers": 10**9}, "weight_ih_l1 should be .*, found nothing"),
        ("config", {"batch_size": 10**9}, "windows do not fit"),
        ("config", {"seq_length": 10**12}, "windows do not fit"),
        ("config", {"val_fraction": 0.9}, "nothing of the text is left"),
        ("numbers", {"update": True}, "update is True"),
        ("numbers", {"update": 2**60}, "update is"),
        ("numbers", {"optimizer_count": "9"}, "optimizer_count is '9'"),
        ("numbers", {"base_rate": 0}, "base_rate is 0"),
        ("numbers", {"base_rate": "x"}, "base_rate is 'x'"),
        ("numbers", {"seconds": -1}, "seconds is -1"),
        ("numbers", {"seconds": "1"}, "seconds is '1'"),
        ("numbers", {"watch": "everything"}, "what it watches"),
        ("numbers", {"history/stride": 0}, "at odds"),
        ("numbers", {"history/smoothing": 1.5}, "at odds"),
        ("numbers", {"history/mean": "1e5"}, "mean is '1e5'"),
        ("numbers", {"history/loss": 10**400}, "loss is 1000"),
        ("numbers", {"history/marks": [[1, 2]]}, "a mark is called 2"),
    ],
)
def test_metadata(
    tmp_path: Path, hello: Corpus, key: str, changes: dict[str, Any], words: str
) -> None:
    path = written(tmp_path / "odd.safetensors", hello, key, changes)
    with pytest.raises(InputError, match=words) as error:
        load(path).trainer(hello)
    assert len(str(error.value).splitlines()) == 1


@pytest.mark.parametrize(
    ("name", "array", "words"),
    [
        ("state.0.h", np.zeros(3), r"state\.0\.h should be float64 \(1, 3\)"),
        ("state.0.h", np.zeros((1, 3), np.float32), r"state\.0\.h should be"),
        ("optimizer.mean", np.zeros(1), r"optimizer\.mean should be"),
        ("history.low", np.zeros(4), "differ in length"),
        ("history.update", np.zeros(5), "no whole numbers"),
        ("history.smoothed", np.zeros(5, np.int64), "not float64"),
        ("history.validation", np.zeros((0, 2)), "differ in length"),
    ],
)
def test_arrays(tmp_path: Path, hello: Corpus, name: str, array: Any, words: str) -> None:
    path = written(tmp_path / "odd.safetensors", hello, "numbers", {}, **{name: array})
    with pytest.raises(InputError, match=words):
        load(path).trainer(hello)


def test_a_history_too_long_to_be_ours(tmp_path: Path, hello: Corpus) -> None:
    long = {f"history.{n}": np.zeros(9_000) for n in ("low", "high", "smoothed")}
    long["history.update"] = np.arange(9_000)
    path = written(tmp_path / "odd.safetensors", hello, "numbers", {}, **long)
    with pytest.raises(InputError, match="too long"):
        load(path).trainer(hello)


def test_the_file_itself_is_fine(tmp_path: Path, hello: Corpus) -> None:
    path = written(tmp_path / "fine.safetensors", hello, "numbers", {"base_rate": 1})
    assert load(path).trainer(hello).update == 5
