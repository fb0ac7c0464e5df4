"""Recurrent layers as ONNX has them.

    ids (T, B) → OneHot → RNN | LSTM | GRU, once per layer → h

Source: https://onnx.ai/onnx/operators, RNN, LSTM and GRU: gates in the order i o f c and z r h.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper

from rnn_tui.errors import InputError
from rnn_tui.exports.onnx_layers import Layers, Numbers, State, in_float32
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.cells import CELLS
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.settings.config import Config


def recurrent(checkpoint: Checkpoint) -> Layers:
    """Return the layers, their state split by layer and joined again.

    Raises:
        InputError: ONNX has no such cell.
    """
    config, cell = checkpoint.config, CELLS[checkpoint.config.cell]
    if not cell.onnx:
        raise InputError(f"ONNX has no operator like the {cell.title}")
    parts, tensors = cell.state, in_float32(checkpoint.model().parameters)
    numbers: Numbers = {
        "vocab_size": np.array([len(checkpoint.vocab)], np.int64),
        "off_on": np.array([0, 1], np.float32),
        "directions": np.array([1], np.int64),
    }
    nodes = [helper.make_node("OneHot", ["ids", "vocab_size", "off_on"], ["x_l0"])]
    nodes += [
        helper.make_node("Split", [p], [f"{p}_l{k}" for k in layers(config)], axis=0) for p in parts
    ]
    for k in layers(config):
        numbers |= weights(tensors, config, k)
        nodes += layer(config, k, parts)
    nodes += [
        helper.make_node(
            "Concat", [f"{p}_after_l{k}" for k in layers(config)], [f"{p}_after"], axis=0
        )
        for p in parts
    ]
    shape = (config.num_layers, "batch", config.hidden_size)
    return Layers(
        nodes=nodes,
        numbers=numbers,
        h=f"x_l{config.num_layers}",
        state=[State(name=p, element=TensorProto.FLOAT, shape=shape) for p in parts],
        about_state=(
            "h (and c for an LSTM) (num_layers, B, hidden_size): the state, zeros at the start"
        ),
    )


def layers(config: Config) -> range:
    """Return the layers, bottom first."""
    return range(config.num_layers)


def layer(config: Config, k: int, parts: tuple[str, ...]) -> list[onnx.NodeProto]:
    """Make a recurrent layer, its h without the axis of directions: (T, 1, B, H) to (T, B, H)."""
    cell = CELLS[config.cell]
    attributes: dict[str, object] = {"hidden_size": config.hidden_size, **cell.onnx_attributes}
    if cell.activations:
        attributes["activations"] = [config.activation.capitalize()]
    inputs = [f"x_l{k}", f"W_l{k}", f"R_l{k}", f"B_l{k}", "", *(f"{p}_l{k}" for p in parts)]
    outputs = [f"y_l{k}", *(f"{p}_after_l{k}" for p in parts)]
    return [
        helper.make_node(cell.title, inputs, outputs, **attributes),
        helper.make_node("Squeeze", [f"y_l{k}", "directions"], [f"x_l{k + 1}"]),
    ]


def weights(tensors: Parameters, config: Config, k: int) -> Parameters:
    """W (1, G·H, I), R (1, G·H, H) and both biases (1, 2·G·H) of a layer, in ONNX's order."""
    bias = tensors[f"rnn.bias_l{k}"]
    second = np.zeros_like(bias)
    if (own := tensors.get(f"rnn.bias_hn_l{k}")) is not None:
        second[-len(own) :] = own
    return {
        f"W_l{k}": reordered(tensors[f"rnn.weight_ih_l{k}"], config)[None],
        f"R_l{k}": reordered(tensors[f"rnn.weight_hh_l{k}"], config)[None],
        f"B_l{k}": np.concatenate([reordered(bias, config), reordered(second, config)])[None],
    }


def reordered(stacked: FloatArray, config: Config) -> FloatArray:
    """Return the gates' blocks in ONNX's order."""
    gates = CELLS[config.cell].onnx
    blocks = np.split(stacked, len(gates))
    return np.concatenate([blocks[gate] for gate in gates])
