"""Weights turned by hand give what a network gives that was made with those weights."""

from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from rnn_tui.errors import InputError
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.registry import build
from rnn_tui.models.turning.changes import turn
from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, Turn, ZeroUnit
from rnn_tui.nn.cell import Parameters
from rnn_tui.nn.names import CellName

V, H, T, B = 7, 5, 6, 3
CONFIGS: dict[str, NetworkConfig] = {
    "rnn": NetworkConfig(cell="rnn", hidden_size=H, num_layers=2),
    "lstm": NetworkConfig(cell="lstm", hidden_size=H, num_layers=2),
    "gru": NetworkConfig(cell="gru", hidden_size=H, num_layers=2),
    "dense": NetworkConfig(network="dense", hidden_size=H, num_layers=2, context=4),
    "cnn": NetworkConfig(network="cnn", hidden_size=H, num_layers=2, kernel_size=3),
}
BLOCKS: dict[CellName, int] = {"rnn": 1, "lstm": 4, "gru": 3}


def made(name: str, seed: int = 2, **changes: Any) -> Any:
    return build(replace(CONFIGS[name], **changes), V, np.random.default_rng(seed))


def window() -> tuple[np.ndarray, np.ndarray]:
    x, y = np.random.default_rng(4).integers(V, size=(2, T, B))
    return x, y


def weight_of(parameters: Parameters) -> list[Turn]:
    """A turn of one weight of every parameter."""
    rng = np.random.default_rng(1)
    return [
        SetWeight(name, tuple(int(rng.integers(size)) for size in array.shape), 0.25 * at - 1)
        for at, (name, array) in enumerate(parameters.items())
    ]


@pytest.mark.parametrize("name", CONFIGS)
def test_it_is_bit_for_bit_the_network_with_those_weights(name: str) -> None:
    turned, (x, y) = made(name), window()
    turned.loss_and_grads(x, y, turned.zero_state(B))  # its rooms are made with other weights
    turns = [*weight_of(turned.parameters), ZeroUnit(1, 3)]
    turns += [ScaleRecurrent(0, 1.7)] if name in BLOCKS else []
    turns += [SetForgetBias(1, 1.5)] if name in ("lstm", "gru") else []
    for one in turns:
        turn(one, turned.parameters, CONFIGS[name])
    fresh = made(name, seed=9)
    for parameter, array in turned.parameters.items():
        fresh.parameters[parameter][...] = array.copy()
    assert np.array_equal(
        turned.forward(x, turned.zero_state(B))[0], fresh.forward(x, fresh.zero_state(B))[0]
    )
    losses = [one.loss_and_grads(x, y, one.zero_state(B))[0] for one in (turned, fresh)]
    assert losses[0] == losses[1]
    assert np.array_equal(turned.grads_flat, fresh.grads_flat)


@pytest.mark.parametrize("name", CONFIGS)
def test_one_weight_and_no_other(name: str) -> None:
    model = made(name)
    for one in weight_of(model.parameters):
        assert isinstance(one, SetWeight)
        before = model.flat.copy()
        turn(one, model.parameters, CONFIGS[name])
        assert model.parameters[one.name][one.index] == np.float32(one.value)
        assert (before != model.flat).sum() == 1


@pytest.mark.parametrize(
    ("name", "layers", "layer"),
    [
        *product(("rnn", "lstm", "gru", "dense"), (1, 3), (0,)),
        *product(("rnn", "dense"), (3,), (2,)),
        ("lstm", 3, 1),
        ("gru", 3, 2),
        ("cnn", 1, 0),
    ],
)
def test_without_a_unit_it_is_a_network_that_never_had_it(
    name: str, layers: int, layer: int
) -> None:
    config, unit, (x, _) = replace(CONFIGS[name], num_layers=layers, dtype="float64"), 3, window()
    model = build(config, V, np.random.default_rng(3))
    turn(ZeroUnit(layer, unit), model.parameters, config)
    rows = [
        unit + block * H for block in range(BLOCKS.get(config.cell, 1) if name in BLOCKS else 1)
    ]
    lesser: Parameters = {key: array.copy() for key, array in model.parameters.items()}
    place = list(lesser)
    own = [key for key in place if f"_l{layer}" in key or f".{layer}." in key]
    for key in own:
        lesser[key] = np.delete(lesser[key], [unit] if "bias_hn" in key else rows, axis=0)
        if "weight_hh" in key:
            lesser[key] = np.delete(lesser[key], unit, axis=1)
    above = place[place.index(own[-1]) + 1]
    lesser[above] = np.delete(lesser[above], unit, axis=1)
    np.testing.assert_allclose(
        model.forward(x, model.zero_state(B))[0], plainly(name, lesser, config, x), rtol=1e-10
    )


def plainly(name: str, p: Parameters, config: NetworkConfig, x: np.ndarray) -> np.ndarray:
    """Logits (T, B, V), one position at a time; layers may differ in size."""
    logits = np.zeros((T, B, V))
    for b in range(B):
        below = list(np.eye(V)[x[:, b]])
        if name == "dense":
            K = config.context
            padded = [np.zeros(V)] * (K - 1) + below
            below = [np.concatenate(padded[t : t + K]) for t in range(T)]
        for layer in range(config.num_layers):
            below = LAYERS[name](p, layer, below)
        logits[:, b] = [p["linear.weight"] @ h + p["linear.bias"] for h in below]
    return logits


def recurrent_layer(p: Parameters, layer: int, x: list[np.ndarray]) -> list[np.ndarray]:
    W_xh, W_hh, b = (p[f"rnn.{name}_l{layer}"] for name in ("weight_ih", "weight_hh", "bias"))
    h, found = np.zeros(W_hh.shape[1]), []
    for x_t in x:
        h = np.tanh(W_xh @ x_t + W_hh @ h + b)
        found.append(h)
    return found


def lstm_layer(p: Parameters, layer: int, x: list[np.ndarray]) -> list[np.ndarray]:
    W_xh, W_hh, b = (p[f"rnn.{name}_l{layer}"] for name in ("weight_ih", "weight_hh", "bias"))
    h = c = np.zeros(W_hh.shape[1])
    found = []
    for x_t in x:
        i, f, g, o = np.split(W_xh @ x_t + W_hh @ h + b, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
        found.append(h)
    return found


def gru_layer(p: Parameters, layer: int, x: list[np.ndarray]) -> list[np.ndarray]:
    W_xh, W_hh, b = (p[f"rnn.{name}_l{layer}"] for name in ("weight_ih", "weight_hh", "bias"))
    h, found = np.zeros(W_hh.shape[1]), []
    for x_t in x:
        (r, z, n), (r_h, z_h, n_h) = np.split(W_xh @ x_t + b, 3), np.split(W_hh @ h, 3)
        r, z = sigmoid(r + r_h), sigmoid(z + z_h)
        h = (1 - z) * np.tanh(n + r * (n_h + p[f"rnn.bias_hn_l{layer}"])) + z * h
        found.append(h)
    return found


def dense_layer(p: Parameters, layer: int, x: list[np.ndarray]) -> list[np.ndarray]:
    W, b = p[f"hidden.{layer}.weight"], p[f"hidden.{layer}.bias"]
    return [np.tanh(W @ x_t + b) for x_t in x]


def conv_layer(p: Parameters, layer: int, x: list[np.ndarray]) -> list[np.ndarray]:
    W, b = p[f"conv.{layer}.weight"], p[f"conv.{layer}.bias"]
    padded = [np.zeros(W.shape[1])] * (W.shape[2] - 1) + x
    return [
        np.tanh(sum(W[:, :, j] @ padded[t + j] for j in range(W.shape[2])) + b)
        for t in range(len(x))
    ]


LAYERS = {
    "rnn": recurrent_layer, "lstm": lstm_layer, "gru": gru_layer, "dense": dense_layer,
    "cnn": conv_layer,
}  # fmt: skip


def sigmoid(a: np.ndarray) -> np.ndarray:
    found: np.ndarray = 1 / (1 + np.exp(-a))
    return found


def test_of_a_cnn_above_the_first_layer_a_channel_is_left_as_it_came_from_below() -> None:
    model = made("cnn")
    turn(ZeroUnit(1, 2), model.parameters, CONFIGS["cnn"])
    assert not model.parameters["conv.1.weight"][2].any()
    assert not model.parameters["conv.1.bias"][2].any()
    assert not model.parameters["linear.weight"][:, 2].any()
    assert model.parameters["conv.1.weight"][:, 2].any()  # it reads the channel of the layer below


def test_what_scales_w_hh_leaves_the_rest() -> None:
    model, before = made("gru"), made("gru")
    turn(ScaleRecurrent(1, -0.5), model.parameters, CONFIGS["gru"])
    for name, array in model.parameters.items():
        factor = np.float32(-0.5 if name == "rnn.weight_hh_l1" else 1)
        assert np.array_equal(array, before.parameters[name] * factor), name


@pytest.mark.parametrize(("name", "block"), [("lstm", 1), ("gru", 1)])
def test_the_bias_of_the_gate_that_keeps(name: str, block: int) -> None:
    model, before = made(name), made(name)
    turn(SetForgetBias(0, 2.25), model.parameters, CONFIGS[name])
    bias = model.parameters["rnn.bias_l0"]
    assert (bias[block * H : (block + 1) * H] == 2.25).all()
    assert (model.flat != before.flat).sum() == H
    assert np.array_equal(bias[:H], before.parameters["rnn.bias_l0"][:H])


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("rnn", SetWeight("rnn.weight_hh_l0", (0, 0), float("nan")), "a weight is a finite number"),
        ("rnn", SetWeight("rnn.weight_hh_l0", (0, 0), 1e39), "larger than float32 can hold"),
        ("rnn", SetWeight("rnn.weight_hh_l0", (0, 5), 1.0), "there is no weight"),
        ("rnn", SetWeight("rnn.weight_hh_l0", (0, -1), 1.0), "there is no weight"),
        ("rnn", SetWeight("rnn.weight_hh_l0", (0,), 1.0), "there is no weight"),
        ("rnn", SetWeight("rnn.weight_hh_l2", (0, 0), 1.0), "there is no weight"),
        ("dense", ZeroUnit(0, 5), "there is no unit 6: this network has 1 to 5"),
        ("cnn", ZeroUnit(2, 0), "there is no layer 3: this network has 1 to 2"),
        ("lstm", ScaleRecurrent(0, float("inf")), "a factor is a finite number, not inf"),
        ("lstm", ScaleRecurrent(0, 1e39), "larger than float32 can hold"),
        ("lstm", SetForgetBias(0, -1e39), "larger than float32 can hold"),
        ("gru", SetForgetBias(-1, 1.0), "there is no layer 0"),
        ("dense", ScaleRecurrent(0, 1.1), "this network, tanh dense net, has no W_hh: nothing"),
        ("cnn", ScaleRecurrent(0, 1.1), "this network, tanh CNN, has no W_hh: nothing"),
        ("rnn", SetForgetBias(0, 1.0), "this network, tanh RNN, has no gate that decides"),
    ],
)  # fmt: skip
def test_a_bad_one_is_refused_and_changes_nothing(name: str, asked: Turn, said: str) -> None:
    model = made(name)
    before = model.flat.copy()
    with pytest.raises(InputError, match=said):
        turn(asked, model.parameters, CONFIGS[name])
    assert np.array_equal(model.flat, before)
