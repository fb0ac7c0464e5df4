"""Parameters under the names and shapes of `torch.nn.RNN/LSTM/GRU` and `torch.nn.Linear`.

PyTorch keeps two biases a layer where one does; the second is zeros here, except for the GRU's
third n, whose bias sits inside the reset gate's product and is truly its own.
"""

from collections.abc import Iterator

import numpy as np

from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.cells import CELLS
from rnn_tui.nn.names import CellName


def torch_shapes(
    cell: CellName, vocab_size: int, hidden_size: int, num_layers: int
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield PyTorch's name and the shape of every parameter."""
    rows = CELLS[cell].blocks * hidden_size
    for layer in range(num_layers):
        yield f"rnn.weight_ih_l{layer}", (rows, hidden_size if layer else vocab_size)
        yield f"rnn.weight_hh_l{layer}", (rows, hidden_size)
        yield f"rnn.bias_ih_l{layer}", (rows,)
        yield f"rnn.bias_hh_l{layer}", (rows,)
    yield "linear.weight", (vocab_size, hidden_size)
    yield "linear.bias", (vocab_size,)


def to_torch(parameters: Parameters) -> Parameters:
    """Return a model's parameters as PyTorch stores them; what is the same there is no copy."""
    stored: Parameters = {}
    for name, value in parameters.items():
        kind, _, layer = name.removeprefix("rnn.").rpartition("_l")
        if kind == "bias":
            stored[f"rnn.bias_ih_l{layer}"] = value.copy()
            stored[f"rnn.bias_hh_l{layer}"] = second_bias(value, parameters, layer)
        elif kind != "bias_hn":
            stored[name] = np.ascontiguousarray(value)
    return stored


def second_bias(bias: FloatArray, parameters: Parameters, layer: str) -> FloatArray:
    """PyTorch's `bias_hh` for a layer: zeros, with the GRU's n third in its place."""
    second = np.zeros_like(bias)
    own = parameters.get(f"rnn.bias_hn_l{layer}")
    if own is not None:
        second[-len(own) :] = own
    return second


def from_torch(stored: Parameters, parameters: Parameters) -> None:
    """Fill a model's parameters from arrays as PyTorch stores them; two biases become one."""
    for name, value in parameters.items():
        kind, _, layer = name.removeprefix("rnn.").rpartition("_l")
        if kind == "bias":
            value[:] = stored[f"rnn.bias_ih_l{layer}"] + stored[f"rnn.bias_hh_l{layer}"]
            if (own := parameters.get(f"rnn.bias_hn_l{layer}")) is not None:
                value[-len(own) :] = stored[f"rnn.bias_ih_l{layer}"][-len(own) :]
        elif kind == "bias_hn":
            value[:] = stored[f"rnn.bias_hh_l{layer}"][-len(value) :]
        else:
            value[:] = stored[name]
