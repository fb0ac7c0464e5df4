"""The network as an ONNX graph, for onnxruntime and its like: ids and states in and out.

    ids (T, B) → OneHot → RNN | LSTM | GRU, once per layer → MatMul, Add → logits
    logits → Softmax → probabilities

Opset 14 has all of it. The numbers are float32: onnxruntime's recurrent operators know no other.

Source: https://onnx.ai/onnx/operators, RNN, LSTM and GRU: gates in the order i o f c and z r h.
"""

import json

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rnn_tui.errors import InputError
from rnn_tui.models.registry import require
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.cells import CELLS
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.settings.config import Config
from rnn_tui.version import __version__

OPSET, IR_VERSION = 14, 8
"""Of 2021: every onnxruntime from 1.10 on reads them."""


def onnx_bytes(checkpoint: Checkpoint) -> bytes:
    """Return the model as the bytes of an .onnx file, checked.

    Raises:
        InputError: ONNX has no such network.
    """
    require("onnx", checkpoint.config)
    if not (cell := CELLS[checkpoint.config.cell]).onnx:
        raise InputError(f"ONNX has no operator like the {cell.title}")
    model = helper.make_model(
        graph(checkpoint),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="rnn-tui",
        producer_version=__version__,
        doc_string=DESCRIPTION,
    )
    helper.set_model_props(model, properties(checkpoint))
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())


DESCRIPTION = (
    "ids (T, B) int64: symbols read; h (and c for an LSTM) (num_layers, B, hidden_size): the state,"
    " zeros at the start, then what came out as h_after. probabilities (T, B, V): of the symbol"
    " after each, in the order of the metadata's vocabulary."
)


def properties(checkpoint: Checkpoint) -> dict[str, str]:
    """Return what the model carries besides numbers, as text; lists as JSON."""
    options = checkpoint.options
    return {
        "vocabulary": json.dumps(checkpoint.vocab.symbols),
        "units": options.units,
        "normalize": options.normalize,
        "corpus": checkpoint.corpus_name,
        "update": str(checkpoint.update),
    }


def graph(checkpoint: Checkpoint) -> onnx.GraphProto:
    """Make inputs, nodes, outputs and numbers."""
    config, vocab_size = checkpoint.config, len(checkpoint.vocab)
    parts = CELLS[config.cell].state
    tensors = {n: a.astype(np.float32) for n, a in checkpoint.model().parameters.items()}
    numbers: Parameters = {
        "linear.weight.T": np.ascontiguousarray(tensors["linear.weight"].T),
        "linear.bias": tensors["linear.bias"],
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
    nodes += [
        helper.make_node("MatMul", [f"x_l{config.num_layers}", "linear.weight.T"], ["product"]),
        helper.make_node("Add", ["product", "linear.bias"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=-1),
    ]
    for node in nodes:  # tools name a node in their errors and pictures
        node.name = f"{node.op_type}_{node.output[0]}"
    state = [config.num_layers, "batch", config.hidden_size]
    steps = ["time", "batch", vocab_size]
    return helper.make_graph(
        nodes,
        "rnn-tui",
        inputs=[
            helper.make_tensor_value_info("ids", TensorProto.INT64, steps[:2]),
            *(helper.make_tensor_value_info(p, TensorProto.FLOAT, state) for p in parts),
        ],
        outputs=[
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, steps),
            *(helper.make_tensor_value_info(f"{p}_after", TensorProto.FLOAT, state) for p in parts),
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, steps),
        ],
        initializer=[
            numpy_helper.from_array(np.array([vocab_size], np.int64), "vocab_size"),
            numpy_helper.from_array(np.array([0, 1], np.float32), "off_on"),
            numpy_helper.from_array(np.array([1], np.int64), "directions"),
            *(numpy_helper.from_array(array, name) for name, array in numbers.items()),
        ],
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
