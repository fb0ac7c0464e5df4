"""What is true of a kind of network, whatever its size."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal

from rnn_tui.language import counted, mark, phrase
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.equations.place import Place
from rnn_tui.nn.equations import Equation

if TYPE_CHECKING:
    from rnn_tui.models.protocol import Model
    from rnn_tui.nn.cell import Parameters
    from rnn_tui.nn.init import Luck

Feature = Literal["unrolled", "update", "flow", "torch", "numpy", "onnx"]
"""What can be seen of a network or made from it, beside what every network has."""

NEEDS: dict[Feature, str] = {
    "unrolled": mark("Unrolling needs a hidden state that is handed on, or layers that look back"),
    "update": mark("Going through an update needs layers that can be seen one time step at a time"),
    "flow": mark(
        "How far back an error reaches is measured at hidden states, or where layers look back"
    ),
    "torch": mark("A script for PyTorch is written from a template of the network"),
    "numpy": mark("A script for NumPy is written from a template of the network"),
    "onnx": mark("A model for ONNX is put together from a graph of the network"),
}
"""What a network must have for it, said where one has not."""


def last_symbols(reach: int, unit: str = "symbol") -> str:
    """Return "the last 8 symbols"."""
    if reach == 1:
        return phrase("the last {unit}", unit=phrase(unit))
    return phrase("the last {seen}", seen=counted(reach, unit))


Shapes = Iterator[tuple[str, tuple[int, ...]]]

Part = tuple[str, Any]
"""Some weights of a network: the name of a parameter, and the index that picks them."""


class ModelSpec(ABC):
    """What trainer, checkpoints, screens and exports have to know of a kind of network.

    It imports NumPy and the network only when one is built: the first frame is there before.
    """

    features: frozenset[Feature] = frozenset()
    where: str
    """Module and class, which takes vocab_size, rng and the `fields`; named, not imported."""
    fields: frozenset[str]
    """Which fields of `NetworkConfig` it is made from."""
    layer = mark("hidden layer")
    """What one of its layers is called."""
    way_back = ""
    """A sentence of what the equations of the way back do not say."""

    def build(self, config: NetworkConfig, vocab_size: int, rng: "Luck") -> "Model":
        """Return an untrained network; without rng all its weights are 0."""
        from pkgutil import resolve_name

        chosen = {name: getattr(config, name) for name in self.fields}
        made: Model = resolve_name(self.where)(vocab_size, rng=rng, **chosen)
        return made

    @abstractmethod
    def title(self, config: NetworkConfig) -> str:
        """Return what it is called: "tanh RNN", "LSTM"."""

    @abstractmethod
    def size(self, config: NetworkConfig) -> str:
        """Return its size in a few signs: "2×128"."""

    @abstractmethod
    def in_words(self, config: NetworkConfig) -> str:
        """Return the same in words: "2 layers of 128 hidden units"."""

    def suited(self, length: int) -> Mapping[str, int]:
        """Return settings for a text of so many symbols, where they are its own."""
        del length
        return {}

    @abstractmethod
    def reach(self, config: NetworkConfig) -> int | None:
        """Return how many symbols it sees, the present one included; None: all since the first."""

    def taps(self, config: NetworkConfig) -> tuple[tuple[int, ...], ...]:
        """Return for each layer how many time steps back its taps read, the furthest first.

        Nothing where a hidden state is carried on instead.
        """
        del config
        return ()

    def forward_equations(self, config: NetworkConfig, at: Place) -> list[Equation]:
        """Return what a layer computes in a time step; none without the feature "update"."""
        del config, at
        return []

    def backward_equations(self, config: NetworkConfig, at: Place) -> list[Equation]:
        """Return the same on the way back, and what it says about the layer's weights."""
        del config, at
        return []

    def last_layer(self, config: NetworkConfig) -> str:
        """Return the letter of what the last layer gives: "h"."""
        del config
        return "h"

    def unit(self, config: NetworkConfig, layer: int, unit: int) -> list[Part]:
        """Return all weights that go into a hidden unit and come out of it; none: not known."""
        del config, layer, unit
        return []

    def recurrent(self, config: NetworkConfig, layer: int) -> list[Part]:
        """Return the weights by which a layer's hidden state makes the next one; none: no state."""
        del config, layer
        return []

    def keeping(self, config: NetworkConfig, layer: int) -> list[Part]:
        """Return the biases of the gate that decides how much is kept; none: no such gate."""
        del config, layer
        return []

    @abstractmethod
    def shapes(self, config: NetworkConfig, vocab_size: int) -> Shapes:
        """Yield name and shape of every array it is stored as, before anything is allocated.

        One by one: a damaged file may speak of a thousand million layers.
        """

    @abstractmethod
    def weights(self, config: NetworkConfig, vocab_size: int) -> int:
        """Return how many weights it has."""

    @abstractmethod
    def activations(self, config: NetworkConfig, vocab_size: int) -> int:
        """About how many numbers a position of a window takes, forward and backward."""

    @abstractmethod
    def state(self, config: NetworkConfig) -> tuple[str, ...]:
        """Return what the arrays are called that a layer remembers."""

    @abstractmethod
    def state_size(self, config: NetworkConfig) -> int:
        """Return how many numbers it remembers of each stream."""

    def settings(self, config: NetworkConfig) -> frozenset[str]:
        """Return which fields of `NetworkConfig` have an effect on it."""
        del config
        return self.fields | {"network"}

    def stored(self, parameters: "Parameters") -> "Parameters":
        """Return a network's parameters as `shapes` has them; no copies where they are the same."""
        return parameters

    def restore(self, stored: "Parameters", parameters: "Parameters") -> None:
        """Fill a network's parameters from arrays as `stored` made them."""
        for name, array in parameters.items():
            array[...] = stored[name]

    def lacks(self, feature: Feature, config: NetworkConfig) -> str:
        """Say what this network would need for a feature; empty where it has it."""
        if feature in self.features:
            return ""
        return phrase(
            "{needs}; this network, {network}, has none.",
            needs=phrase(NEEDS[feature]),
            network=self.title(config),
        )
