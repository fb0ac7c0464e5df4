"""Damaged checkpoints: each loads correctly or is refused in one line; none hangs or eats memory.

    RNN_TUI_FUZZ=5000 python -m pytest tests/training/test_fuzz.py

tries thousands instead of a few hundred.
"""

import json
import os
import struct
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from rnn_tui.errors import InputError
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.checkpoint.container import digest
from rnn_tui.training.checkpoint.file import load, metadata_of, save, tensors_of
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer

CASES = int(os.environ.get("RNN_TUI_FUZZ", "300"))
MOST_BYTES = 8 << 20
"""What a damaged file of a few kilobytes may make the loader allocate."""
ODD: tuple[Any, ...] = (
    None, True, -1, 0, 1, 2**31, 10**9, 10**18, 1e308, -0.5, "", "x", "\x1b[31m", "lstm", "nan",
    [], [1], {}, {"a": 1}, "9" * 400,
)  # fmt: skip
KINDS = ("cut", "flip", "noise", "length", "header", "metadata", "value", "tensor")


class Bench:
    """One good checkpoint, and ways to spoil it."""

    def __init__(self, folder: Path) -> None:
        self.corpus: Corpus = corpus_from_bytes(b"the tide came in, the tide went out" * 3, "t.txt")
        config = Config(
            preset="auto", cell="lstm", hidden_size=4, num_layers=2, seq_length=6, batch_size=2,
            val_fraction=0.2, dropout=0.3,
        )  # fmt: skip
        trainer = Trainer(config, self.corpus)
        for _ in range(9):
            trainer.step()
        self.path = folder / "c.safetensors"
        save(self.path, trainer)
        self.good = self.path.read_bytes()
        self.flat = trainer.model.flat.copy()
        self.tensors, self.metadata = tensors_of(trainer), metadata_of(trainer)

    def spoil(self, kind: str, rng: np.random.Generator) -> bytes:
        good = self.good
        if kind == "cut":
            return good[: rng.integers(len(good))]
        if kind == "flip":
            data = bytearray(good)
            for _ in range(rng.integers(1, 9)):
                data[rng.integers(len(data))] ^= int(rng.integers(1, 256))
            return bytes(data)
        if kind == "noise":
            return rng.bytes(int(rng.integers(0, 3000)))
        (size,) = struct.unpack("<Q", good[:8])
        header, body = json.loads(good[8 : 8 + size]), good[8 + size :]
        if kind == "length":
            size = int(rng.choice([0, 1, size - 1, size + 1, len(good), 10**8, 2**62]))
            return struct.pack("<Q", size) + good[8:]
        if kind == "header":
            name = str(rng.choice(sorted(set(header) - {"__metadata__"})))
            field = str(rng.choice(["dtype", "shape", "data_offsets"]))
            values: list[Any] = ["F64", "I64", "BOOL", [0], [2**40], [2**62, 2**62], [0, 8], [8, 0]]
            header[name][field] = values[rng.integers(len(values))]
            text = json.dumps(header).encode()
            return struct.pack("<Q", len(text)) + text + body
        return self.rebuilt(kind, rng)

    def rebuilt(self, kind: str, rng: np.random.Generator) -> bytes:
        """Whole files with a right digest that say something strange."""
        tensors, metadata = dict(self.tensors), dict(self.metadata)
        if kind == "tensor":
            name = str(rng.choice(sorted(tensors)))
            odd = [np.zeros(0), np.zeros((3, 3)), np.full(5, np.nan), np.zeros(2, np.int8)]
            how = rng.integers(6)
            if how < 4:
                tensors[name] = odd[how]
            elif how == 4:
                del tensors[name]
            else:
                tensors[name] = np.roll(tensors[name], 1)
        else:
            key = str(rng.choice(sorted(metadata)))
            odd_value = ODD[rng.integers(len(ODD))]
            try:
                content = json.loads(metadata[key])
            except ValueError:
                content = metadata[key]
            if kind == "value" and isinstance(content, dict):
                place = content
                inner = str(rng.choice(sorted(place)))
                if isinstance(place[inner], dict) and rng.integers(2):
                    place = place[inner]
                    inner = str(rng.choice(sorted(place)))
                if rng.integers(5):
                    place[inner] = odd_value
                else:
                    del place[inner]
                metadata[key] = json.dumps(content)
            else:
                metadata[key] = odd_value if isinstance(odd_value, str) else json.dumps(odd_value)
        metadata["digest"] = digest(tensors, metadata)
        return safetensors.numpy.save(tensors, metadata)

    def outcome(self, data: bytes) -> str:
        """Load the file to the point where training would go on, and two updates further."""
        self.path.write_bytes(data)
        try:
            trainer = load(self.path).trainer(self.corpus)
        except InputError as error:
            message = str(error)
            assert len(message.splitlines()) == 1
            assert len(message) < 600
            assert message.isprintable()
            return "refused"
        with np.errstate(all="ignore"):
            trainer.step()
            trainer.step()
        return "loaded"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("fuzz"))


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_loaded_or_refused_in_one_line(bench: Bench, kind: str) -> None:
    rng = np.random.default_rng(KINDS.index(kind))
    found: Counter[str] = Counter()
    tracemalloc.start()
    try:
        for number in range(CASES // len(KINDS)):
            data = bench.spoil(kind, rng)
            tracemalloc.reset_peak()
            before = tracemalloc.get_traced_memory()[0]
            try:
                found[bench.outcome(data)] += 1
            except Exception as error:
                raise AssertionError(f"case {number} of {kind}") from error
            assert tracemalloc.get_traced_memory()[1] - before < MOST_BYTES, (kind, number)
    finally:
        tracemalloc.stop()
    assert found["refused"]
    if kind in ("cut", "flip", "noise", "length"):
        assert not found["loaded"]


def test_the_good_file_loads_and_goes_on(bench: Bench) -> None:
    bench.path.write_bytes(bench.good)
    assert np.array_equal(load(bench.path).trainer(bench.corpus).model.flat, bench.flat)
    assert bench.outcome(bench.good) == "loaded"
