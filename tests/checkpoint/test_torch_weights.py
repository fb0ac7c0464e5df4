"""Networks as PyTorch's users store them give the probabilities of plain loops by its equations."""

import json
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy

from rnn_tui.cli import main
from rnn_tui.errors import InputError
from rnn_tui.nn.loss import softmax
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.checkpoint.torch_file import read_weights
from rnn_tui.training.checkpoint.torch_weights import recognized
from tests.data.reference import Arrays

SYMBOLS = "helo wrd!?"
V, E, H = len(SYMBOLS), 4, 6
TEXT = "hello world! hold?"
GATES = {"rnn": 1, "lstm": 4, "gru": 3}


def layer(cell: str, width: int, seed: int) -> Arrays:
    """One layer's four tensors, by PyTorch's names without a number."""
    random, rows = np.random.default_rng(seed), GATES[cell] * H
    shapes = {
        "weight_ih": (rows, width), "weight_hh": (rows, H), "bias_ih": (rows,), "bias_hh": (rows,)
    }  # fmt: skip
    return {name: random.normal(size=size).astype("f") for name, size in shapes.items()}


def matrix(*size: int) -> np.ndarray:
    return np.random.default_rng(len(size) + sum(size)).normal(size=size).astype("f")


def sigmoid(x: np.ndarray) -> np.ndarray:
    return np.asarray(1 / (1 + np.exp(-x)))


def step(cell: str, p: Arrays, x: np.ndarray, h: np.ndarray, c: np.ndarray) -> list[np.ndarray]:
    """One symbol by the equations in the documentation of torch.nn.RNN, LSTM and GRU."""
    read, kept = p["weight_ih"] @ x + p["bias_ih"], p["weight_hh"] @ h + p["bias_hh"]
    if cell == "rnn":
        return [np.tanh(read + kept), c]
    if cell == "lstm":
        i, f, g, o = np.split(read + kept, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        return [sigmoid(o) * np.tanh(c), c]
    (r, z, n), (own_r, own_z, own_n) = np.split(read, 3), np.split(kept, 3)
    new, z = np.tanh(n + sigmoid(r + own_r) * own_n), sigmoid(z + own_z)
    return [(1 - z) * new + z * h, c]


def by_loops(
    cell: str, layers: list[Arrays], embedding: np.ndarray, weight: np.ndarray, bias: np.ndarray
) -> np.ndarray:
    """The probabilities after each symbol of TEXT (T, V)."""
    states = [[np.zeros(H), np.zeros(H)] for _ in layers]
    found = []
    for symbol in TEXT:
        x = embedding[SYMBOLS.index(symbol)]
        for k, parameters in enumerate(layers):
            states[k] = step(cell, parameters, x, *states[k])
            x = states[k][0]
        logits = weight @ x + bias
        found.append(np.exp(logits) / np.exp(logits).sum())
    return np.array(found)


def imported(tmp_path: Path, file: Path, entries: Sequence[str] = SYMBOLS) -> np.ndarray:
    """The probabilities after each symbol of TEXT (T, V) by the checkpoint that import makes."""
    (tmp_path / "v.json").write_text(json.dumps(list(entries)))
    out = tmp_path / "net.safetensors"
    assert main(["import", str(file), str(out), "--vocab", str(tmp_path / "v.json")]) == 0
    model, ids = load(out).model(), load(out).vocab.encode(TEXT)
    logits, _ = model.forward(ids.astype(np.intp)[:, None], model.zero_state(1))
    return softmax(logits[:, 0].astype(np.float64))


def stored(tmp_path: Path, tensors: Arrays, metadata: dict[str, str] | None = None) -> Path:
    file = tmp_path / "w.safetensors"
    safetensors.numpy.save_file(tensors, file, metadata)
    return file


def numbered(prefix: str, parameters: Arrays, k: int = 0) -> Arrays:
    return {f"{prefix}{name}_l{k}": value for name, value in parameters.items()}


def stored_as(file: Path, kind: str, tensors: Arrays) -> Arrays:
    """Write a safetensors file by hand, of a type NumPy may lack; gives what it then holds."""
    header, data, held = {}, b"", {}
    for name, value in tensors.items():
        bits = value.astype("<f4").view("<u4")
        if kind == "BF16":
            part = (bits >> 16).astype("<u2")
            held[name] = (part.astype("<u4") << 16).view("<f4")
        else:
            part = value.astype("<f2")
            held[name] = part.astype("f")
        place = [len(data), len(data) + part.nbytes]
        header[name] = {"dtype": kind, "shape": list(value.shape), "data_offsets": place}
        data += part.tobytes()
    told = json.dumps(header).encode()
    file.write_bytes(struct.pack("<Q", len(told)) + told + data)
    return held


@pytest.mark.parametrize("kind", ["BF16", "F16"])
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_half_precision(tmp_path: Path, kind: str, cell: str) -> None:
    tensors = numbered("net.", layer(cell, E, 1)) | {
        "emb.weight": matrix(V, E), "fc.weight": matrix(V, H), "fc.bias": matrix(V)
    }  # fmt: skip
    held = stored_as(tmp_path / "w.safetensors", kind, tensors)
    one = {name: held[f"net.{name}_l0"] for name in layer(cell, E, 1)}
    expected = by_loops(cell, [one], held["emb.weight"], held["fc.weight"], held["fc.bias"])
    assert np.abs(imported(tmp_path, tmp_path / "w.safetensors") - expected).max() < 1e-5


def test_eight_bits_and_whole_numbers_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "w.safetensors"
    told = json.dumps({"a.weight": {"dtype": "F8_E4M3", "shape": [2], "data_offsets": [0, 2]}})
    file.write_bytes(struct.pack("<Q", len(told)) + told.encode() + b"\0\0")
    with pytest.raises(InputError, match=r"a\.weight is F8_E4M3; save the model as float"):
        read_weights(file)
    with pytest.raises(InputError, match="n is I64"):
        read_weights(stored(tmp_path, {"n": np.arange(3)}))


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("kept", ["emb.weight", "fc.weight", "both"])
@pytest.mark.parametrize("noted", [True, False])
def test_tied_weights_stored_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], bias: bool, kept: str, noted: bool
) -> None:
    one, shared = layer("gru", H, 2), matrix(V, H)
    tensors, metadata = numbered("gru.", one), None
    tensors |= {name: shared for name in ("emb.weight", "fc.weight") if kept in (name, "both")}
    if noted and kept != "both":  # as safetensors.torch.save_model does
        metadata = {"fc.weight" if kept == "emb.weight" else "emb.weight": kept}
    if bias:
        tensors["fc.bias"] = matrix(V)
    expected = by_loops("gru", [one], shared, shared, matrix(V) if bias else np.zeros(V))
    found = imported(tmp_path, stored(tmp_path, tensors, metadata))
    assert np.abs(found - expected).max() < 1e-5
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert "(tied)" in err


def test_tied_with_as_many_units_as_symbols() -> None:
    tensors = {name: np.ones((4, 4), "f") for name in ("rnn.weight_ih_l0", "rnn.weight_hh_l0")}
    assert recognized(tensors | {"tok_emb.weight": np.ones((4, 4), "f")}).tied
    assert not recognized(tensors | {"fc.weight": np.ones((4, 4), "f")}).tied


@pytest.mark.parametrize("names", [
    ["cell.{}"],
    ["{}_l0"],
    ["rnn1.{}_l0", "rnn2.{}_l0"],
    ["rnn.{}_l0", "rnn2.{}_l0"],
    ["layers.9.{}", "layers.10.{}"],
    ["net.layers.0.core.{}_l0", "net.layers.2.core.{}_l0", "net.layers.11.core.{}_l0"],
    ["m.{}_l0", "m.{}_l1"],
])  # fmt: skip
@pytest.mark.parametrize("cell", ["lstm", "gru", "rnn"])
def test_names_of_cells_and_of_one_module_a_layer(
    tmp_path: Path, names: list[str], cell: str
) -> None:
    layers = [layer(cell, H if k else E, k + 5) for k in range(len(names))]
    tensors = {
        name.format(kind): value
        for name, parameters in zip(names, layers, strict=True)
        for kind, value in parameters.items()
    } | {"emb.weight": matrix(V, E), "fc.weight": matrix(V, H), "fc.bias": matrix(V)}
    expected = by_loops(cell, layers, matrix(V, E), matrix(V, H), matrix(V))
    assert np.abs(imported(tmp_path, stored(tmp_path, tensors)) - expected).max() < 1e-5


@pytest.mark.parametrize(("names", "message"), [
    (["up.{}_l0", "down.{}_l0"], "several recurrent networks: down., up."),
    (["rnn1.{}_l0", "rnn2.{}_l1"], "several recurrent networks: rnn1., rnn2."),
    (["encoder.{}", "decoder.{}"], "several recurrent networks"),
])  # fmt: skip
def test_layers_without_an_order(names: list[str], message: str) -> None:
    parts = [(name, layer("gru", H, 1)) for name in names]
    tensors = {name.format(kind): value for name, part in parts for kind, value in part.items()}
    with pytest.raises(InputError, match=message):
        recognized(tensors)


def test_layers_of_different_sizes_are_refused() -> None:
    first, second = layer("gru", V, 1), layer("gru", H + 2, 2)
    tensors = {f"g1.{name}": value for name, value in first.items()}
    tensors |= {f"g2.{name}": value for name, value in second.items()}
    with pytest.raises(InputError, match=r"weight_ih_l1 is .*but a GRU with 2 × 6"):
        recognized(tensors | {"fc.weight": matrix(V, H), "fc.bias": matrix(V)})


@pytest.mark.parametrize("special", [
    {0: "<pad>"}, {0: "<pad>", 1: "<unk>", 6: "<|endoftext|>"}, {3: "[UNK]", 12: "</s>"}
])  # fmt: skip
def test_special_entries_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], special: dict[int, str]
) -> None:
    entries = list(SYMBOLS)
    for id, entry in special.items():
        entries.insert(id, entry)
    ids = [entries.index(symbol) for symbol in SYMBOLS]
    one, N = layer("gru", E, 4), len(entries)
    embedding, weight, bias = matrix(N, E), matrix(N, H), matrix(N)
    tensors = {"emb.weight": embedding, "fc.weight": weight, "fc.bias": bias}
    file = stored(tmp_path, tensors | numbered("gru.", one))
    whole = by_loops("gru", [one], embedding[ids], weight, bias)[:, ids]
    expected = whole / whole.sum(axis=1, keepdims=True)
    assert np.abs(imported(tmp_path, file, entries) - expected).max() < 1e-5
    err = capsys.readouterr().err
    assert err.count("\n") == 1
    assert f"left out, as no text holds them: {', '.join(special.values())};" in err
