"""The checkpoint file in PyTorch: documented names, the same logits."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from rnn_tui.models.torch_names import from_torch
from rnn_tui.text.corpus import Corpus, corpus_from_bytes
from rnn_tui.training.checkpoint.file import load, save
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.data.reference import Arrays, reference

TIDE = b"the tide came in, the tide went out" * 9
every_network = pytest.mark.parametrize("layers", [1, 2])
every_cell = pytest.mark.parametrize("name", ["rnn-tanh", "rnn-relu", "lstm", "gru"])
GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def text() -> Corpus:
    return corpus_from_bytes(TIDE, "t")


def network(name: str, layers: int, **settings: Any) -> Trainer:
    cell, _, activation = name.partition("-")
    config = Config(
        cell=cell, activation=activation or "tanh", num_layers=layers,  # type: ignore[arg-type]
        **{"hidden_size": 5, "seq_length": 6, "batch_size": 3, "dtype": "float64", **settings},
    )  # fmt: skip
    return Trainer(config, text())


def documented(path: Path) -> Arrays:
    """What the file holds of the network, by the names alone."""
    stored = safetensors.numpy.load_file(path)
    return {n: v for n, v in stored.items() if n.startswith(("rnn.", "linear."))}


@every_cell
@every_network
def test_the_file_holds_what_pytorch_took_and_gives_its_logits(
    tmp_path: Path, name: str, layers: int
) -> None:
    ref = reference(f"checkpoint/{name}/{layers}/")
    expected = {n.removeprefix("file/"): a for n, a in ref.items() if n.startswith("file/")}
    trainer = network(name, layers)
    from_torch(expected, trainer.model.parameters)
    save(path := tmp_path / "c.safetensors", trainer)
    stored = documented(path)
    assert stored.keys() == expected.keys()
    for key, array in expected.items():
        np.testing.assert_array_equal(stored[key], array)
    model = load(path).model()
    logits, _ = model.forward(ref["ids"].astype(np.intp), model.zero_state(3))
    np.testing.assert_allclose(logits, ref["logits"], rtol=0, atol=1e-6)


@every_cell
@every_network
def test_names_and_shapes_are_as_documented(tmp_path: Path, name: str, layers: int) -> None:
    save(path := tmp_path / "c.safetensors", network(name, layers))
    stored, V, H = documented(path), len(text().vocab), 5
    rows = GATES[name.partition("-")[0]] * H
    for k in range(layers):
        assert stored.pop(f"rnn.weight_ih_l{k}").shape == (rows, H if k else V)
        assert stored.pop(f"rnn.weight_hh_l{k}").shape == (rows, H)
        assert stored.pop(f"rnn.bias_ih_l{k}").shape == (rows,)
        second = stored.pop(f"rnn.bias_hh_l{k}")
        assert second.shape == (rows,)
        assert not second[: 2 * H if name == "gru" else rows].any()
        assert second.any() == (name == "gru")
    assert stored.pop("linear.weight").shape == (V, H)
    assert stored.pop("linear.bias").shape == (V,)
    assert not stored


@every_cell
@every_network
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_live(tmp_path: Path, name: str, layers: int, dtype: str) -> None:
    torch = pytest.importorskip("torch", reason="PyTorch is not installed; stored values stand in")
    trainer = network(name, layers, dtype=dtype, learning_rate=0.05)
    for _ in range(30):
        trainer.step()
    save(path := tmp_path / "c.safetensors", trainer)
    stored = {n: torch.from_numpy(v) for n, v in documented(path).items()}
    kind, _, activation = name.partition("-")
    extra = {"nonlinearity": activation} if activation else {}
    V = len(trainer.corpus.vocab)
    made = {"rnn": torch.nn.RNN, "lstm": torch.nn.LSTM, "gru": torch.nn.GRU}[kind]
    rnn = made(V, 5, layers, dtype=getattr(torch, dtype), **extra)
    linear = torch.nn.Linear(5, V, dtype=getattr(torch, dtype))
    for module, prefix in ((rnn, "rnn."), (linear, "linear.")):
        mine = {n.removeprefix(prefix): v for n, v in stored.items() if n.startswith(prefix)}
        module.load_state_dict(mine)
    ids = np.arange(36).reshape(12, 3) % V
    one_hot = torch.nn.functional.one_hot(torch.from_numpy(ids), V).to(getattr(torch, dtype))
    theirs = linear(rnn(one_hot)[0]).detach().numpy()
    ours, _ = trainer.model.forward(ids, trainer.model.zero_state(3))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-6 if dtype == "float64" else 1e-5)
