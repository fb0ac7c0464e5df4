"""What is true of a kind of network, whatever its size."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from rnn_tui.models.config import NetworkConfig

if TYPE_CHECKING:
    import numpy as np

    from rnn_tui.models.protocol import Model
    from rnn_tui.nn.cell import Parameters

Feature = Literal["unrolled", "update", "flow", "torch", "numpy", "onnx"]
"""What can be seen of a network or made from it, beside what every network has."""

NEEDS: dict[Feature, str] = {
    "unrolled": "Drawing it in time needs a hidden state that each time step hands on to the next",
    "update": "Going through an update needs cells that can be run one time step at a time",
    "flow": "How far back an error reaches is measured at the hidden state of every time step",
    "torch": "The script for PyTorch needs the same layers there",
    "numpy": "The NumPy script needs a template of its layers",
    "onnx": "An ONNX model needs operators like its layers",
}
"""What a network must have for it, said where one has not."""


class ModelSpec(ABC):
    """What trainer, checkpoints, screens and exports have to know of a kind of network.

    It imports NumPy and the network only when one is built: the first frame is there before.
    """

    features: frozenset[Feature] = frozenset()

    @abstractmethod
    def build(self, config: NetworkConfig, vocab_size: int, rng: "np.random.Generator") -> "Model":
        """An untrained network."""

    @abstractmethod
    def title(self, config: NetworkConfig) -> str:
        """What it is called: "tanh RNN", "LSTM"."""

    @abstractmethod
    def size(self, config: NetworkConfig) -> str:
        """Its size in a few signs: "2×128"."""

    @abstractmethod
    def in_words(self, config: NetworkConfig) -> str:
        """The same in words: "2 layers of 128 hidden units"."""

    @abstractmethod
    def shapes(self, config: NetworkConfig, vocab_size: int) -> dict[str, tuple[int, ...]]:
        """The arrays it is stored as, by name: known before anything is allocated."""

    @abstractmethod
    def weights(self, config: NetworkConfig, vocab_size: int) -> int:
        """How many weights it has."""

    @abstractmethod
    def activations(self, config: NetworkConfig, vocab_size: int) -> int:
        """About how many numbers a position of a window takes, forward and backward."""

    @abstractmethod
    def state(self, config: NetworkConfig) -> tuple[str, ...]:
        """What the arrays are called that a layer remembers."""

    def ignored(self, config: NetworkConfig) -> Mapping[str, str]:
        """Settings of a network that have no effect on this one, and why, in a few words."""
        del config
        return {}

    def stored(self, parameters: "Parameters") -> "Parameters":
        """A network's parameters as `shapes` has them; no copies where they are the same."""
        return parameters

    def restore(self, stored: "Parameters", parameters: "Parameters") -> None:
        """Fill a network's parameters from arrays as `stored` made them."""
        for name, array in parameters.items():
            array[...] = stored[name]

    def lacks(self, feature: Feature, config: NetworkConfig) -> str:
        """A sentence on what this network would need for a feature; empty where it has it."""
        if feature in self.features:
            return ""
        return f"{NEEDS[feature]}; this network, {self.title(config)}, has none."
