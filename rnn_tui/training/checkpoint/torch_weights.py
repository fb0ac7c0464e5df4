"""Weights trained in PyTorch: which network they belong to, by names and shapes alone.

A `state_dict` of `nn.RNN`, `nn.LSTM` or `nn.GRU` and a linear layer, under any names:
`lstm.weight_ih_l0`, `net.rnn.bias_hh_l1`, `cells.1.weight_ih`, `fc.weight`. An embedding
before the first layer is multiplied into its input weights, which changes no number that comes out.
What has no recurrent layers is for `torch_looking_back.py`.
"""

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.models.torch_names import torch_shapes
from rnn_tui.nn.cell import Parameters
from rnn_tui.nn.cells import CELLS
from rnn_tui.nn.names import CellName, DTypeName
from rnn_tui.training.checkpoint.torch_layers import RECURRENT, layers_of
from rnn_tui.training.checkpoint.torch_looking_back import looking_back
from rnn_tui.training.checkpoint.torch_network import TorchNetwork
from rnn_tui.training.checkpoint.torch_output import is_tied, multiplied_in, output_of, shape

BY_BLOCKS: dict[int, CellName] = {spec.blocks: cell for cell, spec in CELLS.items() if spec.torch}


def recognized(tensors: Parameters) -> TorchNetwork:
    """Tell what network the tensors of a `state_dict` make up.

    Raises:
        InputError: They are none that rnn-tui has; the message names what does not fit.
    """
    if not any(RECURRENT.fullmatch(name) for name in tensors):
        return looking_back(tensors)
    found = layers_of(tensors)
    rest = {name: tensors[name] for name in tensors if not RECURRENT.fullmatch(name)}
    hidden = found["rnn.weight_hh_l0"].shape[-1]
    gates, odd = divmod(len(found["rnn.weight_hh_l0"]), max(hidden, 1))
    if odd or gates not in BY_BLOCKS:
        raise InputError(f"weight_hh_l0 is {shape(found['rnn.weight_hh_l0'])}: no RNN, LSTM or GRU")
    cell = BY_BLOCKS[gates]
    layers = 1 + max(int(name.rpartition("_l")[2]) for name in found)
    weight, bias, embedding = output_of(rest, hidden, found["rnn.weight_ih_l0"].shape[1])
    if embedding is not None:
        found["rnn.weight_ih_l0"] = multiplied_in(embedding, found["rnn.weight_ih_l0"])
    found |= {"linear.weight": weight, "linear.bias": bias}
    shapes = dict(torch_shapes(cell, len(weight), hidden, layers))
    for name in shapes.keys() - found.keys():
        if "bias" not in name:
            raise InputError(f"{name.removeprefix('rnn.')} is missing")
        found[name] = np.zeros(shapes[name], weight.dtype)  # bias=False
    for name, expected in shapes.items():
        if found[name].shape != expected:
            raise InputError(
                f"{name.removeprefix('rnn.')} is {shape(found[name])}, but a {CELLS[cell].title} "
                f"with {layers} × {hidden} hidden units and {len(weight)} symbols has {expected}"
            )
    dtype: DTypeName = "float64" if weight.dtype == np.float64 else "float32"
    parameters = {name: found[name].astype(dtype) for name in shapes}
    return TorchNetwork(
        settings={"cell": cell, "hidden_size": hidden, "num_layers": layers, "dtype": dtype},
        vocab_size=len(weight),
        parameters=parameters,
        first="rnn.weight_ih_l0",
        tied=is_tied(weight, embedding),
    )
