"""What decides a network before it has seen a text."""

from dataclasses import dataclass

from rnn_tui.nn.names import Activation, CellName, DTypeName, NetworkName


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkConfig:
    """The settings of a network; each kind reads those that it has."""

    network: NetworkName = "recurrent"
    cell: CellName = "rnn"
    activation: Activation = "tanh"
    """f of the vanilla cell, the dense network and the CNN; LSTM and GRU have their own."""
    hidden_size: int = 3
    """Hidden units of a layer; of a CNN its channels."""
    num_layers: int = 1
    dropout: float = 0.0
    """The part of what a recurrent layer gives to the next that is left out while it learns."""
    forget_bias: float | None = None
    """What the bias of the gate that keeps begins with (LSTM: f, GRU: z); None: as the others."""
    context: int = 8
    """Symbols that a dense network sees, the present one included."""
    kernel_size: int = 3
    """Time steps that a convolution of a CNN takes together."""
    dtype: DTypeName = "float32"
