"""The dense network over the last K symbols: what is true of it, whatever its size."""

import math
from collections.abc import Mapping

from rnn_tui.language import mark, phrase
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.equations import looking_back
from rnn_tui.models.equations.place import Place
from rnn_tui.models.spec import Feature, ModelSpec, Part, Shapes, last_symbols
from rnn_tui.nn.equations import Equation, raised

SUITED = (
    (17, (3, 3)),
    (1_000, (4, 32)),
    (20_000, (6, 128)),
    (300_000, (8, 256)),
    (math.inf, (12, 512)),
)
"""Symbols seen and hidden units, for texts of fewer symbols than the first number."""


class DenseSpec(ModelSpec):
    """What `models.dense` holds."""

    features = frozenset[Feature]({"unrolled", "update", "flow", "torch", "numpy", "onnx"})
    where = "rnn_tui.models.dense:Dense"
    fields = frozenset({"context", "activation", "hidden_size", "num_layers", "dtype"})
    way_back = mark(
        "No time in the backward pass: each prediction's error goes down through the layers by "
        "itself; the weights add up all time steps at once."
    )

    def title(self, config: NetworkConfig) -> str:
        """Return what it is called: "tanh dense net"."""
        return phrase("{activation} dense net", activation=config.activation)

    def size(self, config: NetworkConfig) -> str:
        """Return the symbols it sees, and layers times hidden units: "8→1×128"."""
        return f"{config.context}→{config.num_layers}×{config.hidden_size}"

    def in_words(self, config: NetworkConfig) -> str:
        """Return the same in words."""
        told = mark("{units} hidden units over {seen}")
        if config.num_layers > 1:
            told = mark("{layers} layers of {units} hidden units over {seen}")
        return phrase(
            told,
            layers=config.num_layers,
            units=config.hidden_size,
            seen=last_symbols(config.context),
        )

    def suited(self, length: int) -> Mapping[str, int]:
        """Return a window that is not much longer than what a text of this length can teach."""
        context, hidden = next(sizes for most, sizes in SUITED if length < most)
        return {"context": context, "hidden_size": hidden, "num_layers": 1}

    def reach(self, config: NetworkConfig) -> int:
        """Return its context."""
        return config.context

    def taps(self, config: NetworkConfig) -> tuple[tuple[int, ...], ...]:
        """K-1 … 0 for the first layer, the time step itself for each other one."""
        return (tuple(reversed(range(config.context))), *[(0,)] * (config.num_layers - 1))

    def forward_equations(self, config: NetworkConfig, at: Place) -> list[Equation]:
        """Return the terms that a layer adds up, and what it makes of them."""
        taps = self.taps(config)[at.layer]
        return looking_back.forward(config, taps, at, residual=False)

    def backward_equations(self, config: NetworkConfig, at: Place) -> list[Equation]:
        """Return what comes down from above, and what it says about the weights."""
        return looking_back.backward(config, self.taps(config), at, residual=False)

    def last_layer(self, config: NetworkConfig) -> str:
        """Return its letter, with its number."""
        return f"h{raised(config.num_layers)}"

    def unit(self, config: NetworkConfig, layer: int, unit: int) -> list[Part]:
        """Return its row, its bias, and the column by which it is read."""
        above = f"hidden.{layer + 1}" if layer + 1 < config.num_layers else "linear"
        own = ("weight", "bias")
        return [
            *((f"hidden.{layer}.{name}", unit) for name in own),
            (f"{above}.weight", (slice(None), unit)),
        ]

    def shapes(self, config: NetworkConfig, vocab_size: int) -> Shapes:
        """Those of `torch.nn.Linear`."""
        hidden = config.hidden_size
        for number in range(config.num_layers):
            inputs = hidden if number else config.context * vocab_size
            yield f"hidden.{number}.weight", (hidden, inputs)
            yield f"hidden.{number}.bias", (hidden,)
        yield "linear.weight", (vocab_size, hidden)
        yield "linear.bias", (vocab_size,)

    def weights(self, config: NetworkConfig, vocab_size: int) -> int:
        """Return how many weights it has."""
        hidden = config.hidden_size
        inputs = config.context * vocab_size + (config.num_layers - 1) * hidden
        return hidden * inputs + config.num_layers * hidden + vocab_size * (hidden + 1)

    def activations(self, config: NetworkConfig, vocab_size: int) -> int:
        """About how many numbers a position of a window takes, forward and backward."""
        return (3 * config.num_layers + 2) * config.hidden_size + 4 * vocab_size

    def state(self, config: NetworkConfig) -> tuple[str, ...]:
        """Return the symbols before."""
        return ("ids",)

    def state_size(self, config: NetworkConfig) -> int:
        """Return how many they are."""
        return config.context - 1
