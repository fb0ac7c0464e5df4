"""What a script for PyTorch is made of that differs from network to network.

Of recurrent layers PyTorch keeps two biases each and trains both, which would move their sum twice
as fast: here the second stands still, and in the GRU all but its last third does, which is a bias
of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass

from rnn_tui.errors import InputError
from rnn_tui.exports.scripts import filled
from rnn_tui.nn.cell_spec import CellSpec
from rnn_tui.nn.cells import CELLS
from rnn_tui.nn.names import NetworkName
from rnn_tui.training.dropout import drops
from rnn_tui.training.settings.config import Config

PARTS_DETACHED = "tuple(part.detach() for part in state)"
WHOLE = "parameter.numel()"


@dataclass(frozen=True, slots=True, kw_only=True)
class TorchNetwork:
    """Lines and expressions that a network brings to the script."""

    code: str
    """`CharModel`, and `state_of` the checkpoint's arrays."""
    detached: str = ""
    """The state without its past; empty where it has none."""
    biases: str = ""
    """Lines that keep the second bias where it is, each with its newline."""
    size: str = WHOLE
    """How many numbers the optimizer remembers of a parameter `name`."""


def recurrent(config: Config) -> TorchNetwork:
    """Return what recurrent layers bring.

    Raises:
        InputError: PyTorch has no such cell.
    """
    cell = CELLS[config.cell]
    if not cell.torch:
        raise InputError(f"PyTorch has no cell like the {cell.title}")
    takes_another = cell.activations and config.activation != "tanh"
    own = 'HIDDEN_SIZE if name.startswith("rnn.bias_hh") else '
    return TorchNetwork(
        code=filled(
            "torch_recurrent",
            module=cell.title,
            options=(f', nonlinearity="{config.activation}"' if takes_another else "")
            + (f", dropout={config.dropout}" if drops(config) else ""),
            parts="".join(cell.state),
        ),
        detached=PARTS_DETACHED if len(cell.state) > 1 else "state.detach()",
        biases=biases(cell),
        size=f"{own if cell.biases else ''}{WHOLE}",
    )


def dense(config: Config) -> TorchNetwork:
    """Return what a dense network brings; its state is ids, which have no past."""
    code = filled("torch_dense", context=config.context, activation=config.activation)
    return TorchNetwork(code=code)


def cnn(config: Config) -> TorchNetwork:
    """Return what a causal CNN brings."""
    code = filled(
        "torch_cnn",
        kernel_size=config.kernel_size,
        activation=config.activation,
        dtype=config.dtype,
    )
    return TorchNetwork(code=code, detached=PARTS_DETACHED)


NETWORKS: dict[NetworkName, Callable[[Config], TorchNetwork]] = {
    "recurrent": recurrent,
    "dense": dense,
    "cnn": cnn,
}


def biases(cell: CellSpec) -> str:
    """Lines that keep the second bias where it is."""
    if not cell.biases:
        does = "parameter.requires_grad_(False)  # zeros: a layer needs one bias only"
    else:
        does = (
            f"# Only the block of {cell.letters[-1]} is a bias of its own; the rest stays zero\n"
            f"            own = torch.arange({cell.blocks} * HIDDEN_SIZE)"
            f" >= {cell.blocks - 1} * HIDDEN_SIZE\n"
            "            parameter.register_hook(lambda grad, own=own: grad * own)"
        )
    return (
        "    for name, parameter in model.rnn.named_parameters():\n"
        '        if name.startswith("bias_hh"):\n'
        f"            {does}\n"
    )
