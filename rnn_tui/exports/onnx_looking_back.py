"""The dense network and the CNN as ONNX graphs.

    dense   before, ids → Concat → Slice, Gather for each symbol seen → Sum, Add → f → MatMul … f
    cnn     the same up to the first f → Concat with before_l, Conv → f → Add, for each layer above

A one-hot vector times the weights of its place is a row of them (Gather). The id -1, which stands
for what is before the beginning, is the last row to ONNX, as to NumPy: zeros, put there for it.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper

from rnn_tui.exports.onnx_layers import Layers, Numbers, State, in_float32
from rnn_tui.nn.cell import FloatArray
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.settings.config import Config

END = np.iinfo(np.int64).max
"""As far as there is anything, for Slice."""
TO_CHANNELS, TO_STEPS = (1, 2, 0), (2, 0, 1)
"""From (T, B, C) to (B, C, T), as Conv has it, and back."""


def dense(checkpoint: Checkpoint) -> Layers:
    """Return a dense network's layers."""
    config, tensors = checkpoint.config, in_float32(checkpoint.model().parameters)
    K, hidden = config.context, config.hidden_size
    by_place = tensors["hidden.0.weight"].T.reshape(K, -1, hidden)
    numbers = {"hidden.0.bias": tensors["hidden.0.bias"]}
    nodes = first_layer(by_place, "hidden.0.bias", "before", config, numbers)
    for k in range(1, config.num_layers):
        numbers[f"hidden.{k}.weight.T"] = np.ascontiguousarray(tensors[f"hidden.{k}.weight"].T)
        numbers[f"hidden.{k}.bias"] = tensors[f"hidden.{k}.bias"]
        nodes += [
            helper.make_node("MatMul", [f"h_l{k - 1}", f"hidden.{k}.weight.T"], [f"product_l{k}"]),
            helper.make_node("Add", [f"product_l{k}", f"hidden.{k}.bias"], [f"a_l{k}"]),
            activation(config, f"a_l{k}", f"h_l{k}"),
        ]
    return Layers(
        nodes=nodes,
        numbers=numbers,
        h=f"h_l{config.num_layers - 1}",
        state=[State(name="before", element=TensorProto.INT64, shape=(K - 1, "batch"))],
        about_state="before (context-1, B) int64: the last symbols before them, -1 at the start",
    )


def cnn(checkpoint: Checkpoint) -> Layers:
    """Return a causal CNN's layers."""
    config, tensors = checkpoint.config, in_float32(checkpoint.model().parameters)
    kernel, channels = config.kernel_size, config.hidden_size
    upper = range(1, config.num_layers)
    numbers = {name: array for name, array in tensors.items() if name.startswith("conv.")}
    by_place = numbers.pop("conv.0.weight").transpose(2, 1, 0)
    nodes = first_layer(by_place, "conv.0.bias", "before_l0", config, numbers)
    nodes += [helper.make_node("Transpose", ["h_l0"], ["x_l0"], perm=TO_CHANNELS)]
    before = {k: (kernel - 1) * 2**k for k in upper}
    for k in upper:
        nodes += [
            helper.make_node("Concat", [f"before_l{k}", f"x_l{k - 1}"], [f"seen_l{k}"], axis=2),
            helper.make_node(
                "Conv",
                [f"seen_l{k}", f"conv.{k}.weight", f"conv.{k}.bias"],
                [f"a_l{k}"],
                kernel_shape=[kernel],
                dilations=[2**k],
            ),
            activation(config, f"a_l{k}", f"f_l{k}"),
            helper.make_node("Add", [f"x_l{k - 1}", f"f_l{k}"], [f"x_l{k}"]),
            last(before[k], f"seen_l{k}", f"before_l{k}_after", 2, numbers),
        ]
    nodes += [helper.make_node("Transpose", [f"x_l{len(upper)}"], ["h"], perm=TO_STEPS)]
    ids = State(name="before_l0", element=TensorProto.INT64, shape=(kernel - 1, "batch"))
    rows = [
        State(name=f"before_l{k}", element=TensorProto.FLOAT, shape=("batch", channels, before[k]))
        for k in upper
    ]
    return Layers(
        nodes=nodes,
        numbers=numbers,
        h="h",
        state=[ids, *rows],
        about_state=(
            "before_l0 (kernel_size-1, B) int64: the last symbols before them, -1 at the start; "
            "before_l1 and so on (B, hidden_size, (kernel_size-1)·2^l): what layer l reads from "
            "before, zeros at the start"
        ),
    )


def first_layer(
    by_place: FloatArray, bias: str, before: str, config: Config, numbers: Numbers
) -> list[onnx.NodeProto]:
    """Make f(Σ_j W_j x_{t-(K-1-j)} + b), called h_l0 (T, B, H), and the symbols seen next time.

    Args:
        by_place: W (K, V, H), the oldest symbol's place first.
        bias: The name of b.
        before: The name of the ids before (K-1, B).
        config: For the activation.
        numbers: Where what the nodes need is put.
    """
    K, _, hidden = by_place.shape
    nothing = np.zeros((1, hidden), np.float32)
    nodes = [helper.make_node("Concat", [before, "ids"], ["read"], axis=0)]
    numbers["steps"] = np.array([0], np.int64)
    for place, W in enumerate(by_place):
        later = K - 1 - place
        numbers[f"weight_{place}"] = np.concatenate([W, nothing])
        numbers[f"from_{place}"] = np.array([place], np.int64)
        numbers[f"to_{place}"] = np.array([-later if later else END], np.int64)
        slice_of = ["read", f"from_{place}", f"to_{place}", "steps"]
        nodes += [
            helper.make_node("Slice", slice_of, [f"id_{place}"]),
            helper.make_node("Gather", [f"weight_{place}", f"id_{place}"], [f"row_{place}"]),
        ]
    return [
        *nodes,
        helper.make_node("Sum", [f"row_{place}" for place in range(K)], ["rows"]),
        helper.make_node("Add", ["rows", bias], ["a_l0"]),
        activation(config, "a_l0", "h_l0"),
        last(K - 1, "read", f"{before}_after", 0, numbers),
    ]


def activation(config: Config, a: str, h: str) -> onnx.NodeProto:
    """Make h = f(a)."""
    return helper.make_node(config.activation.capitalize(), [a], [h])


def last(n: int, whole: str, part: str, axis: int, numbers: Numbers) -> onnx.NodeProto:
    """Make the last n of an axis."""
    numbers[f"{part}.from"] = np.array([-n if n else END], np.int64)
    numbers[f"{part}.to"] = np.array([END], np.int64)
    numbers[f"{part}.axis"] = np.array([axis], np.int64)
    inputs = [whole, f"{part}.from", f"{part}.to", f"{part}.axis"]
    return helper.make_node("Slice", inputs, [part])
