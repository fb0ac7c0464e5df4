"""Layers of recurrent cells and a linear layer: what is true of them, whatever the cell."""

from typing import TYPE_CHECKING

from rnn_tui.language import mark, phrase
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.equations import recurrent
from rnn_tui.models.equations.place import Place
from rnn_tui.models.spec import Feature, ModelSpec, Part, Shapes
from rnn_tui.nn.cells import CELLS, title
from rnn_tui.nn.equations import Equation

if TYPE_CHECKING:
    from rnn_tui.models.protocol import Model
    from rnn_tui.nn.cell import Parameters
    from rnn_tui.nn.init import Luck


class Recurrent(ModelSpec):
    """What `models.recurrent` holds; what differs from cell to cell is asked of the cell."""

    features = frozenset[Feature]({"unrolled", "update", "flow", "torch", "numpy", "onnx"})
    where = "rnn_tui.models.recurrent:CharModel"
    fields = frozenset({"cell", "activation", "hidden_size", "num_layers", "dtype"})

    def build(self, config: NetworkConfig, vocab_size: int, rng: "Luck") -> "Model":
        """Return an untrained network; without rng all its weights are 0."""
        made = super().build(config, vocab_size, rng)
        if rng is not None and config.forget_bias is not None:
            for layer in range(config.num_layers):
                for name, part in self.keeping(config, layer):
                    made.parameters[name][part] = config.forget_bias
        return made

    def title(self, config: NetworkConfig) -> str:
        """Return what it is called: "tanh RNN", "LSTM"."""
        return title(config.cell, config.activation)

    def size(self, config: NetworkConfig) -> str:
        """Return layers times hidden units: "2×128"."""
        return f"{config.num_layers}×{config.hidden_size}"

    def in_words(self, config: NetworkConfig) -> str:
        """Return the same in words."""
        told = mark("{units} hidden units")
        if config.num_layers > 1:
            told = mark("{layers} layers of {units} hidden units")
        return phrase(told, layers=config.num_layers, units=config.hidden_size)

    def reach(self, config: NetworkConfig) -> None:
        """Return no end: whatever was read may still be in the hidden state."""

    def forward_equations(self, config: NetworkConfig, at: Place) -> list[Equation]:
        """Return the cell's."""
        return recurrent.forward(config, at)

    def backward_equations(self, config: NetworkConfig, at: Place) -> list[Equation]:
        """Return the cell's on the way back."""
        return recurrent.backward(config, at)

    def unit(self, config: NetworkConfig, layer: int, unit: int) -> list[Part]:
        """Return its row in every gate, its biases, and the columns by which h is read."""
        cell, hidden = CELLS[config.cell], config.hidden_size
        rows, column = slice(unit, None, hidden), (slice(None), unit)
        return [
            (f"rnn.weight_ih_l{layer}", rows),
            (f"rnn.weight_hh_l{layer}", rows),
            (f"rnn.bias_l{layer}", rows),
            *((f"rnn.{name}_l{layer}", unit) for name in cell.biases),
            (f"rnn.weight_hh_l{layer}", column),
            (reader(config, layer), column),
        ]

    def recurrent(self, config: NetworkConfig, layer: int) -> list[Part]:
        """Return W_hh, all gates of it."""
        return [(f"rnn.weight_hh_l{layer}", slice(None))]

    def keeping(self, config: NetworkConfig, layer: int) -> list[Part]:
        """Return the gate's part of b."""
        cell, hidden = CELLS[config.cell], config.hidden_size
        if not cell.keeps:
            return []
        first = cell.letters.index(cell.keeps) * hidden
        return [(f"rnn.bias_l{layer}", slice(first, first + hidden))]

    def shapes(self, config: NetworkConfig, vocab_size: int) -> Shapes:
        """PyTorch's."""
        from rnn_tui.models.torch_names import torch_shapes

        return torch_shapes(config.cell, vocab_size, config.hidden_size, config.num_layers)

    def weights(self, config: NetworkConfig, vocab_size: int) -> int:
        """Return how many weights it has."""
        cell, hidden = CELLS[config.cell], config.hidden_size
        one = cell.blocks * hidden * (hidden + 1) + len(cell.biases) * hidden
        inputs = vocab_size + (config.num_layers - 1) * hidden
        return config.num_layers * one + cell.blocks * hidden * inputs + vocab_size * (hidden + 1)

    def activations(self, config: NetworkConfig, vocab_size: int) -> int:
        """About how many numbers a position of a window takes, forward and backward."""
        layer = (4 * CELLS[config.cell].blocks + 8) * config.hidden_size
        dropped = 4 * (config.num_layers - 1) * config.hidden_size if config.dropout else 0
        return config.num_layers * layer + dropped + 4 * vocab_size

    def state(self, config: NetworkConfig) -> tuple[str, ...]:
        """h, and c for the LSTM."""
        return CELLS[config.cell].state

    def state_size(self, config: NetworkConfig) -> int:
        """Return how many numbers that is, all layers together."""
        return config.num_layers * config.hidden_size * len(CELLS[config.cell].state)

    def settings(self, config: NetworkConfig) -> frozenset[str]:
        """All, but that gates have activations of their own, and one layer hands nothing on."""
        all_of_them = super().settings(config)
        if config.num_layers > 1:
            all_of_them |= {"dropout"}
        if CELLS[config.cell].keeps:
            all_of_them |= {"forget_bias"}
        return all_of_them if CELLS[config.cell].activations else all_of_them - {"activation"}

    def lacks(self, feature: Feature, config: NetworkConfig) -> str:
        """Return what the cell would need for a feature; empty where it has it."""
        cell = CELLS[config.cell]
        if feature == "update" and cell.added is None:
            return phrase(
                "Going through an update shows what is added up under each activation; the "
                "description of the {network} does not say how.",
                network=cell.title,
            )
        return super().lacks(feature, config)

    def stored(self, parameters: "Parameters") -> "Parameters":
        """Under PyTorch's names, with its two biases."""
        from rnn_tui.models.torch_names import to_torch

        return to_torch(parameters)

    def restore(self, stored: "Parameters", parameters: "Parameters") -> None:
        """Fill the parameters from PyTorch's."""
        from rnn_tui.models.torch_names import from_torch

        from_torch(stored, parameters)


def reader(config: NetworkConfig, layer: int) -> str:
    """Return the parameter that reads a layer's h: the next layer's, or the output's."""
    return f"rnn.weight_ih_l{layer + 1}" if layer + 1 < config.num_layers else "linear.weight"
