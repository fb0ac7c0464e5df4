"""The causal CNN: what is true of it, whatever its size."""

import math
from collections.abc import Mapping

from rnn_tui.language import mark, phrase
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.equations import looking_back
from rnn_tui.models.equations.place import Place
from rnn_tui.models.spec import Feature, ModelSpec, Part, Shapes, last_symbols
from rnn_tui.nn.equations import Equation, raised

SUITED = (
    (17, (2, 2, 3)),
    (1_000, (3, 3, 32)),
    (300_000, (2, 5, 64)),
    (math.inf, (3, 5, 128)),
)
"""Kernel, layers and channels, for texts of fewer symbols than the first number.

Measured on corpora/, half as long as its README trains: more weights know such a text by heart
before they know how it goes on. Lowest validation losses of sums.txt: 5×64 with kernel 2 1.262,
4×64 with kernel 3 1.342, 5×128 with kernel 2 1.317; of tidebook.txt 1.720, 1.783, 1.761. An update
of the last one takes 63 ms where the LSTM for such texts takes 79 (one thread, 65 symbols); what it
learns was not compared.
"""

MOST_LAYERS = 50
"""More are counted as so many where their reach is asked for: no machine has memory for what they
carry on, which is how they are refused, and 2^L of what a damaged file says may have no end."""


class CNNSpec(ModelSpec):
    """What `models.cnn` holds."""

    features = frozenset[Feature]({"unrolled", "update", "flow", "torch", "numpy", "onnx"})
    where = "rnn_tui.models.cnn:CNN"
    fields = frozenset({"kernel_size", "activation", "hidden_size", "num_layers", "dtype"})
    layer = mark("convolution")
    way_back = mark(
        "No time in the backward pass: each prediction's error goes down through the taps, layer "
        "by layer; the weights add up all time steps at once."
    )

    def title(self, config: NetworkConfig) -> str:
        """Return what it is called: "tanh CNN"."""
        return f"{config.activation} CNN"

    def size(self, config: NetworkConfig) -> str:
        """Return the symbols it sees, and layers times channels: "127→6×64"."""
        return f"{self.reach(config)}→{config.num_layers}×{config.hidden_size}"

    def in_words(self, config: NetworkConfig) -> str:
        """Return the same in words, with the kernel that the reach comes from."""
        told = mark("{channels} channels with kernel {kernel} over {seen}")
        if config.num_layers > 1:
            told = mark("{layers} layers of {channels} channels with kernel {kernel} over {seen}")
        return phrase(
            told,
            layers=config.num_layers,
            channels=config.hidden_size,
            kernel=config.kernel_size,
            seen=last_symbols(self.reach(config)),
        )

    def suited(self, length: int) -> Mapping[str, int]:
        """Return a reach that is not much longer than what a text of this length can teach."""
        kernel, layers, channels = next(sizes for most, sizes in SUITED if length < most)
        return {"kernel_size": kernel, "num_layers": layers, "hidden_size": channels}

    def reach(self, config: NetworkConfig) -> int:
        """1 + (k-1)(2^L - 1)."""
        return 1 + (config.kernel_size - 1) * ((1 << min(config.num_layers, MOST_LAYERS)) - 1)

    def taps(self, config: NetworkConfig) -> tuple[tuple[int, ...], ...]:
        """(k-1)d … d, 0 with d = 2^(l-1)."""
        places = range(config.kernel_size - 1, -1, -1)
        return tuple(tuple(j << layer for j in places) for layer in range(config.num_layers))

    def forward_equations(self, config: NetworkConfig, at: Place) -> list[Equation]:
        """Return the terms that a layer adds up, and what it makes of them."""
        taps = self.taps(config)[at.layer]
        return looking_back.forward(config, taps, at, residual=at.layer > 0)

    def backward_equations(self, config: NetworkConfig, at: Place) -> list[Equation]:
        """Return what comes down from above, and what it says about the weights."""
        return looking_back.backward(config, self.taps(config), at, residual=True)

    def last_layer(self, config: NetworkConfig) -> str:
        """Return its letter, with its number."""
        return f"h{raised(config.num_layers)}"

    def unit(self, config: NetworkConfig, layer: int, unit: int) -> list[Part]:
        """Return a channel's kernels, its bias, and what reads it in the layer above.

        What comes from below passes it: a layer adds to its channels, and the zeros add nothing.
        """
        above = f"conv.{layer + 1}" if layer + 1 < config.num_layers else "linear"
        own = ("weight", "bias")
        return [
            *((f"conv.{layer}.{name}", unit) for name in own),
            (f"{above}.weight", (slice(None), unit)),
        ]

    def shapes(self, config: NetworkConfig, vocab_size: int) -> Shapes:
        """Those of `torch.nn.Conv1d` and `torch.nn.Linear`."""
        channels = config.hidden_size
        for number in range(config.num_layers):
            inputs = channels if number else vocab_size
            yield f"conv.{number}.weight", (channels, inputs, config.kernel_size)
            yield f"conv.{number}.bias", (channels,)
        yield "linear.weight", (vocab_size, channels)
        yield "linear.bias", (vocab_size,)

    def weights(self, config: NetworkConfig, vocab_size: int) -> int:
        """Return how many weights it has."""
        channels = config.hidden_size
        inputs = vocab_size + (config.num_layers - 1) * channels
        taps = channels * inputs * config.kernel_size
        return taps + config.num_layers * channels + vocab_size * (channels + 1)

    def activations(self, config: NetworkConfig, vocab_size: int) -> int:
        """About how many numbers a position of a window takes, forward and backward."""
        return (2 * config.num_layers + 4) * config.hidden_size + 4 * vocab_size

    def state(self, config: NetworkConfig) -> tuple[str, ...]:
        """Return what each layer reads from before: symbols, or what the layer below it gave."""
        return ("before",)

    def state_size(self, config: NetworkConfig) -> int:
        """k-1 symbols, and (k-1)(2 + 4 + … + 2^(L-1)) rows of channels."""
        kernel = config.kernel_size - 1
        return kernel + (self.reach(config) - 1 - kernel) * config.hidden_size
