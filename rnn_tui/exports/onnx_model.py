"""The network as an ONNX graph, for onnxruntime and its like: ids and states in and out.

    ids (T, B) → layers → h → MatMul, Add → logits → Softmax → probabilities

The layers are in `onnx_recurrent.py` and `onnx_looking_back.py`. Opset 14 has all of it.
"""

import json
from collections.abc import Callable

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from rnn_tui.exports.onnx_layers import Layers, in_float32
from rnn_tui.exports.onnx_looking_back import cnn, dense
from rnn_tui.exports.onnx_recurrent import recurrent
from rnn_tui.models.registry import require
from rnn_tui.nn.names import NetworkName
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.version import __version__

OPSET, IR_VERSION = 14, 8
"""Of 2021: every onnxruntime from 1.10 on reads them."""


def onnx_bytes(checkpoint: Checkpoint) -> bytes:
    """Return the model as the bytes of an .onnx file, checked.

    Raises:
        InputError: ONNX has no such network.
    """
    require("onnx", checkpoint.config)
    layers = NETWORKS[checkpoint.config.network](checkpoint)
    model = helper.make_model(
        graph(checkpoint, layers),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
        producer_name="rnn-tui",
        producer_version=__version__,
        doc_string=DESCRIPTION.format(layers.about_state),
    )
    helper.set_model_props(model, properties(checkpoint))
    onnx.checker.check_model(model, full_check=True)
    return bytes(model.SerializeToString())


DESCRIPTION = (
    "ids (T, B) int64: symbols read; {}, then what came out as …_after. probabilities (T, B, V): of"
    " the symbol after each, in the order of the metadata's vocabulary."
)

NETWORKS: dict[NetworkName, Callable[[Checkpoint], Layers]] = {
    "recurrent": recurrent,
    "dense": dense,
    "cnn": cnn,
}


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


def graph(checkpoint: Checkpoint, layers: Layers) -> onnx.GraphProto:
    """Make inputs, nodes, outputs and numbers."""
    vocab_size = len(checkpoint.vocab)
    linear = in_float32(checkpoint.model().parameters)
    numbers = layers.numbers | {
        "linear.weight.T": np.ascontiguousarray(linear["linear.weight"].T),
        "linear.bias": linear["linear.bias"],
    }
    nodes = [
        *layers.nodes,
        helper.make_node("MatMul", [layers.h, "linear.weight.T"], ["product"]),
        helper.make_node("Add", ["product", "linear.bias"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=-1),
    ]
    for node in nodes:  # tools name a node in their errors and pictures
        node.name = f"{node.op_type}_{node.output[0]}"
    steps = ["time", "batch", vocab_size]
    return helper.make_graph(
        nodes,
        "rnn-tui",
        inputs=[
            helper.make_tensor_value_info("ids", TensorProto.INT64, steps[:2]),
            *(helper.make_tensor_value_info(s.name, s.element, s.shape) for s in layers.state),
        ],
        outputs=[
            helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, steps),
            *(
                helper.make_tensor_value_info(f"{s.name}_after", s.element, s.shape)
                for s in layers.state
            ),
            helper.make_tensor_value_info("logits", TensorProto.FLOAT, steps),
        ],
        initializer=[numpy_helper.from_array(array, name) for name, array in numbers.items()],
    )
