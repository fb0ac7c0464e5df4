"""A script that samples with NumPy alone: one file, with the weights in it."""

import base64
from collections.abc import Callable

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.exports.scripts import about, filled, imports, spelling, template
from rnn_tui.models.registry import require
from rnn_tui.nn.cell import FloatArray
from rnn_tui.nn.cells import ACTIVATIONS, CELLS, activation_of
from rnn_tui.nn.names import NetworkName
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.training.settings.config import Config


def numpy_script(checkpoint: Checkpoint) -> str:
    """Return a single file that samples with NumPy alone; the weights are in it.

    Raises:
        InputError: There is no template for such a network.
    """
    config = checkpoint.config
    require("numpy", config)
    return filled(
        "numpy",
        **about(checkpoint),
        symbols=ascii("".join(checkpoint.vocab.symbols)),
        imports=imports(checkpoint, "os", "sys"),
        spelling="\n\n\n".join(spelling(checkpoint)),
        network_code=NETWORKS[config.network](config).rstrip("\n"),
        stored="<f4" if config.dtype == "float32" else "<f8",
        weights="\n".join(
            f"    {name!r}: ({array.shape}, {packed(array)!r}),"
            for name, array in checkpoint.model().parameters.items()
        ),
    )


def recurrent(config: Config) -> str:
    """Return the code of recurrent layers."""
    if not template(f"cell_{config.cell}").is_file():
        title = CELLS[config.cell].title
        raise InputError(
            f"there is no script for the {title}: exports/templates has no code for it"
        )
    chosen = activation_of(config.cell, config.activation)
    cell = filled(
        f"cell_{config.cell}",
        activation=chosen.numpy if chosen else "",
        activation_words=chosen.title if chosen else "",
    )
    parts = len(CELLS[config.cell].state)
    return filled("numpy_recurrent", cell=cell.rstrip("\n"), parts=parts)


def dense(config: Config) -> str:
    """Return the code of a dense network."""
    return filled("numpy_dense", context=config.context, **activation(config))


def cnn(config: Config) -> str:
    """Return the code of a causal CNN."""
    return filled("numpy_cnn", kernel_size=config.kernel_size, **activation(config))


NETWORKS: dict[NetworkName, Callable[[Config], str]] = {
    "recurrent": recurrent,
    "dense": dense,
    "cnn": cnn,
}
"""Code that reads a symbol: `nothing_read`, the states before the first, and `logits_after`."""


def activation(config: Config) -> dict[str, object]:
    """Return what a template says of the activation."""
    chosen = ACTIVATIONS[config.activation]
    return {"activation": chosen.numpy, "activation_words": f"{chosen.title}(a)"}


def packed(array: FloatArray) -> str:
    """Return the numbers of an array, little-endian, in Base64."""
    little = array.astype(array.dtype.newbyteorder("<"))
    return base64.b64encode(np.ascontiguousarray(little).tobytes()).decode("ascii")
