"""Dense networks and CNNs as PyTorch stores them give the probabilities of plain loops."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from rnn_tui.cli import main
from rnn_tui.errors import InputError
from rnn_tui.training.checkpoint.file import load
from rnn_tui.training.checkpoint.torch_weights import recognized
from tests.checkpoint.test_torch_weights import SYMBOLS, TEXT, H, V, imported, matrix, stored
from tests.data.reference import Arrays

READ = [SYMBOLS.index(symbol) for symbol in TEXT]


def softmax(logits: np.ndarray) -> np.ndarray:
    return np.asarray(np.exp(logits) / np.exp(logits).sum())


def dense_by_loops(weights: list[np.ndarray], biases: list[np.ndarray]) -> np.ndarray:
    """The probabilities after each symbol of TEXT (T, V), of a dense tanh network."""
    K, found = weights[0].shape[1] // V, []
    for t in range(len(READ)):
        x = np.zeros(K * V)
        for place in range(K):
            if (at := t - (K - 1 - place)) >= 0:
                x[place * V + READ[at]] = 1
        for W, b in zip(weights[:-1], biases[:-1], strict=True):
            x = np.tanh(W @ x + b)
        found.append(softmax(weights[-1] @ x + biases[-1]))
    return np.array(found)


def cnn_by_loops(weights: list[np.ndarray], biases: list[np.ndarray]) -> np.ndarray:
    """The same of a causal CNN with residual connections."""
    k = weights[0].shape[2]
    rows = [np.eye(V)[id] for id in READ]
    for number, (W, b) in enumerate(zip(weights[:-1], biases[:-1], strict=True)):
        above = []
        for t, row in enumerate(rows):
            a = b.astype(float)
            for j in range(k):
                if (at := t - (k - 1 - j) * 2**number) >= 0:
                    a = a + W[:, :, j] @ rows[at]
            above.append(np.tanh(a) + (row if number else 0))
        rows = above
    return np.array([softmax(weights[-1] @ row + biases[-1]) for row in rows])


def layers(kind: str, depth: int, seen: int) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Weights and biases, the output layer's last."""
    random = np.random.default_rng(depth + seen)
    if kind == "dense":
        sizes = [(H, seen * V), *[(H, H)] * (depth - 1), (V, H)]
    else:
        sizes = [(H, V, seen), *[(H, H, seen)] * (depth - 1), (V, H)]
    weights = [random.normal(scale=0.5, size=size).astype("f") for size in sizes]
    return weights, [random.normal(size=size[0]).astype("f") for size in sizes]


def named(names: list[str], weights: list[np.ndarray], biases: list[np.ndarray]) -> Arrays:
    return {
        f"{name}{part}": value
        for part, values in (("weight", weights), ("bias", biases))
        for name, value in zip(names, values, strict=True)
    }


BY_LOOPS = {"dense": dense_by_loops, "cnn": cnn_by_loops}


@pytest.mark.parametrize("names", [
    ["hidden.0.", "linear."],
    ["conv.0.", "conv.1.", "linear."],
    ["net.0.", "net.2.", "net.10."],
    ["z1.", "z2.", "z3.", "a."],
    ["m.fc1.", "m.fc2.", "m.fc3.", "m.fc4."],
])  # fmt: skip
@pytest.mark.parametrize("seen", [1, 3])
@pytest.mark.parametrize("kind", ["dense", "cnn"])
def test_the_probabilities_of_plain_loops(
    tmp_path: Path, names: list[str], seen: int, kind: str
) -> None:
    weights, biases = layers(kind, len(names) - 1, seen)
    if kind == "dense":
        names = [name.replace("conv", "hidden") for name in names]
    else:
        names = [name.replace("hidden", "conv") for name in names]
    found = imported(tmp_path, stored(tmp_path, named(names, weights, biases)))
    assert np.abs(found - BY_LOOPS[kind](weights, biases)).max() < 1e-5
    config = load(tmp_path / "net.safetensors").config
    sees = config.context if kind == "dense" else config.kernel_size
    assert (config.network, config.num_layers, sees) == (kind, len(names) - 1, seen)


@pytest.mark.parametrize("kind", ["dense", "cnn"])
def test_special_entries_are_left_out(tmp_path: Path, kind: str) -> None:
    """They have a place in the middle of every symbol's that is seen."""
    weights, biases = layers(kind, 2, 3)
    names = ["net.0.", "net.2.", "net.4."]
    entries = [*SYMBOLS[:4], "<unk>", *SYMBOLS[4:]]
    first = weights[0].reshape(H, 3, V) if kind == "dense" else weights[0]
    first = np.insert(first, 4, 9, axis=2 if kind == "dense" else 1)
    wider = [
        first.reshape(H, -1) if kind == "dense" else first,
        weights[1],
        np.insert(weights[2], 4, 9, axis=0),
    ]
    tensors = named(names, wider, [*biases[:2], np.insert(biases[2], 4, 0)])
    found = imported(tmp_path, stored(tmp_path, tensors), entries)
    assert np.abs(found - BY_LOOPS[kind](weights, biases)).max() < 1e-5


@pytest.mark.parametrize(("kind", "says"), [
    ("dense", "the last 3 symbols one-hot, the oldest first, are assumed"),
    ("cnn", "dilations 1, 2, 4 and so on"),
])  # fmt: skip
@pytest.mark.parametrize("noted", [True, False])
def test_what_weights_do_not_tell_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, says: str, noted: bool
) -> None:
    told = {"vocabulary": json.dumps(list(SYMBOLS))}
    if noted:  # as an exported script does
        told |= {"network": kind, "activation": "relu"}
    tensors = named(["net.0.", "net.1."], *layers(kind, 1, 3))
    out = tmp_path / "net"
    assert main(["import", str(stored(tmp_path, tensors, told)), str(out)]) == 0
    err = capsys.readouterr().err
    assert load(out).config.activation == ("relu" if noted else "tanh")
    assert err.count("\n") == (0 if noted else 2)
    assert (says in err) == ("--activation relu" in err) == (not noted)


@pytest.mark.parametrize(("tensors", "message"), [
    ({}, "there is no weight_ih_l0.*there are none"),
    ({"a.weight": matrix(V, H)}, r"nor do its layers make .* a\.weight \(10, 6\)"),
    ({"n.0.weight": matrix(H, V + 1), "n.1.weight": matrix(V, H)}, "nor do its layers"),
    ({"n.0.weight": matrix(H, V, 3), "n.1.weight": matrix(H, H, 2), "n.2.weight": matrix(V, H)},
     "nor do its layers"),
    ({"n.0.weight": matrix(H, V, 3, 3), "n.1.weight": matrix(V, H)}, "nor do its layers"),
    ({"n.0.weight": matrix(H, 0), "n.1.weight": matrix(0, H)}, "nor do its layers"),
    ({"conv.0.weight": matrix(H, V, 3), "hidden.0.weight": matrix(H, H),
      "linear.weight": matrix(V, H)}, "nor do its layers"),
    ({"hidden.0.weight": matrix(H, V), "hidden.1.weight": matrix(H, H)}, "nor do its layers"),
    ({"up.weight": matrix(H, V), "down.weight": matrix(V, H)}, r"down\. and up\. fit in either"),
    ({"n.0.weight": matrix(H, V), "n.1.weight": matrix(V, H), "scale": matrix(1)},
     "nothing like scale"),
    ({"n.0.weight": matrix(H, V), "n.0.bias": matrix(H + 1), "n.1.weight": matrix(V, H)},
     r"a bias is \(7,\)"),
])  # fmt: skip
def test_what_is_none_of_them_is_refused(tensors: Arrays, message: str) -> None:
    with pytest.raises(InputError, match=re.compile(message, re.DOTALL)):
        recognized(tensors)


def test_a_layer_without_a_bias_has_zeros() -> None:
    found = recognized({"n.0.weight": matrix(H, 2 * V), "n.1.weight": matrix(V, H)})
    assert not found.parameters["hidden.0.bias"].any()
    assert found.settings["context"] == 2
