"""The dense network and the CNN among the tensors of a `state_dict`, by names and shapes.

Linear layers (H, K·V), (H, H), … (V, H); or convolutions (C, V, k), (C, C, k), … and a linear
layer (V, C). The numbers in names that are otherwise the same are their order (`net.0`, `net.2`);
the output layer may have a name of its own.
"""

import re
from collections.abc import Iterator

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.names import DTypeName
from rnn_tui.text.visible import visible
from rnn_tui.training.checkpoint.torch_layers import in_order
from rnn_tui.training.checkpoint.torch_network import TorchNetwork
from rnn_tui.training.checkpoint.torch_output import shape

PARTS = ("weight", "bias")
OWN = ({"hidden..", "linear."}, {"conv..", "linear."})
"""What modules of exported scripts are called, numbers left out."""
DENSE = "the last {} symbols one-hot, the oldest first, are"
CNN = (
    "dilations 1, 2, 4 and so on, nothing seen of what follows, and a residual connection around "
    "every convolution but the first are"
)


def looking_back(tensors: Parameters) -> TorchNetwork:
    """Tell what network without recurrent layers the tensors make up.

    Raises:
        InputError: They are none that rnn-tui has, or can be read in two ways.
    """
    owners = {owner for name in tensors if (owner := name.removesuffix("weight")) != name}
    for name in tensors.keys() - {f"{owner}{part}" for owner in owners for part in PARTS}:
        raise InputError(f"rnn-tui's networks have nothing like {visible(name)}")
    found = [
        (order, kind)
        for order in orders(owners)
        if (kind := kind_of([tensors[f"{owner}weight"] for owner in order]))
    ]
    if not found:
        shapes = [f"{visible(n)} {shape(t)}" for n, t in sorted(tensors.items()) if t.ndim > 1]
        raise InputError(
            "there is no weight_ih_l0 or weight_ih, so it is no nn.RNN, LSTM or GRU; nor do its "
            f"layers make a dense network or a CNN: {', '.join(shapes[:8]) or 'there are none'}"
        )
    if len(found) > 1:
        raise InputError(
            f"{' and '.join(map(visible, sorted(owners)))} fit in either order; name them so that "
            "a number tells it, as in an nn.Sequential"
        )
    ((order, kind),) = found
    return network_of(
        [(tensors[f"{owner}weight"], tensors.get(f"{owner}bias")) for owner in order], kind
    )


def orders(owners: set[str]) -> Iterator[list[str]]:
    """Yield the orders the layers may stand in, the output layer last."""
    kinds: dict[str, set[str]] = {}
    for owner in owners:
        kinds.setdefault(re.sub(r"\d+", "", owner), set()).add(owner)
    if set(kinds) in OWN:
        yield [*in_order(owners - {"linear."}), "linear."]
    elif len(kinds) == 1:
        yield in_order(owners)
    elif len(kinds) == 2:
        one, two = kinds.values()
        for layers, output in ((one, two), (two, one)):
            if len(output) == 1:
                yield [*in_order(layers), *output]


def kind_of(weights: list[FloatArray]) -> str:
    """Return "hidden" or "conv", as the layers are stored in a checkpoint; "" where none fits."""
    *layers, output = weights
    if not layers or output.ndim != 2 or not all(size for W in weights for size in W.shape):
        return ""
    first, (V, H) = layers[0], output.shape
    if first.ndim == 2:
        fits = len(first) == H and first.shape[1] % V == 0
        return "hidden" if fits and all(W.shape == (H, H) for W in layers[1:]) else ""
    upper = (H, H, first.shape[-1])
    fits = first.ndim == 3 and first.shape[:2] == (H, V)
    return "conv" if fits and all(W.shape == upper for W in layers[1:]) else ""


def network_of(layers: list[tuple[FloatArray, FloatArray | None]], kind: str) -> TorchNetwork:
    """Return the network of layers that fit, each weight and bias; without a bias it is zeros."""
    *_, (output, _) = layers
    V, H = output.shape
    dtype: DTypeName = "float64" if output.dtype == np.float64 else "float32"
    parameters: Parameters = {}
    for number, (weight, bias) in enumerate(layers):
        owner = f"{kind}.{number}" if number < len(layers) - 1 else "linear"
        parameters[f"{owner}.weight"] = weight.astype(dtype)
        bias = np.zeros(len(weight)) if bias is None else bias
        if bias.shape != weight.shape[:1]:
            raise InputError(f"a bias is {shape(bias)} beside a weight {shape(weight)}")
        parameters[f"{owner}.bias"] = bias.astype(dtype)
    first = layers[0][0]
    sizes: dict[str, object] = {"hidden_size": H, "num_layers": len(layers) - 1, "dtype": dtype}
    if kind == "conv":
        own, assumed = {"network": "cnn", "kernel_size": first.shape[2]}, CNN
    else:
        context = first.shape[1] // V
        own, assumed = {"network": "dense", "context": context}, DENSE.format(context)
    return TorchNetwork(
        settings=own | sizes,
        vocab_size=V,
        parameters=parameters,
        first=f"{kind}.0.weight",
        assumed=assumed,
    )
