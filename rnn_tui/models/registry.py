"""The networks there are: the only place that lists them."""

from typing import TYPE_CHECKING

from rnn_tui.errors import InputError
from rnn_tui.models.cnn_spec import CNNSpec
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.dense_spec import DenseSpec
from rnn_tui.models.recurrent_spec import Recurrent
from rnn_tui.models.spec import Feature, ModelSpec
from rnn_tui.nn.cells import CELLS
from rnn_tui.nn.names import NetworkName

if TYPE_CHECKING:
    from rnn_tui.models.protocol import Model
    from rnn_tui.nn.init import Luck

MODELS: dict[NetworkName, ModelSpec] = {
    "recurrent": Recurrent(),
    "dense": DenseSpec(),
    "cnn": CNNSpec(),
}


def spec_of(config: NetworkConfig) -> ModelSpec:
    """Return what is true of the network that these settings name."""
    return MODELS[config.network]


def build(config: NetworkConfig, vocab_size: int, rng: "Luck" = None) -> "Model":
    """Return an untrained network; without rng all its weights are 0, for others to be put in."""
    return spec_of(config).build(config, vocab_size, rng)


def named(choice: str) -> dict[str, object]:
    """Return the settings that one of `nn.names.networks` stands for."""
    return {"network": "recurrent", "cell": choice} if choice in CELLS else {"network": choice}


def name_of(config: NetworkConfig) -> str:
    """Return which of `nn.names.networks` these settings are."""
    return config.cell if config.network == "recurrent" else config.network


def require(feature: Feature, config: NetworkConfig) -> None:
    """Refuse what a network cannot be made into.

    Raises:
        InputError: It lacks what the feature needs.
    """
    if lacking := spec_of(config).lacks(feature, config):
        raise InputError(lacking[0].lower() + lacking[1:].rstrip("."))
