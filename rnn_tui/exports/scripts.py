"""Scripts that run without rnn-tui: `templates/` with the gaps filled in.

Whatever comes from a file (names, symbols) gets in as a Python literal only, so that none of it can
become code.
"""

import base64
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.models.registry import require
from rnn_tui.nn.cell import FloatArray
from rnn_tui.nn.cells import CELLS, activation_of
from rnn_tui.training.checkpoint.file import Checkpoint
from rnn_tui.version import __version__

BEGINS_WITH_A_VOWEL = "AEFHILMNORSX"
"""Letters whose names do: an LSTM, a GRU."""
SPELLING_IMPORTS = {"char": (), "byte": (), "jamo": ("re", "unicodedata")}
"""Modules of the standard library that a way of spelling needs."""


def numpy_script(checkpoint: Checkpoint) -> str:
    """Return a single file that samples with NumPy alone; the weights are in it.

    Raises:
        InputError: There is no template for such a network.
    """
    config = checkpoint.config
    require("numpy", config)
    if not template(f"cell_{config.cell}").is_file():
        title = CELLS[config.cell].title
        raise InputError(
            f"there is no script for the {title}: exports/templates has no code for it"
        )
    chosen = activation_of(config.cell, config.activation)
    return filled(
        "numpy",
        **about(checkpoint),
        symbols=ascii("".join(checkpoint.vocab.symbols)),
        imports=imports(checkpoint, "os", "sys"),
        spelling="\n\n\n".join(spelling(checkpoint)),
        cell=filled(
            f"cell_{config.cell}",
            activation=chosen.numpy if chosen else "",
            activation_words=chosen.title if chosen else "",
        ).rstrip("\n"),
        parts=len(CELLS[config.cell].state),
        stored="<f4" if config.dtype == "float32" else "<f8",
        weights="\n".join(
            f"    {name!r}: ({array.shape}, {packed(array)!r}),"
            for name, array in checkpoint.model().parameters.items()
        ),
    )


def packed(array: FloatArray) -> str:
    """Return the numbers of an array, little-endian, in Base64."""
    little = array.astype(array.dtype.newbyteorder("<"))
    return base64.b64encode(np.ascontiguousarray(little).tobytes()).decode("ascii")


def filled(name: str, **gaps: object) -> str:
    """Return a template with its gaps filled in."""
    return Template(template(name).read_text("utf-8")).substitute(gaps)


def template(name: str) -> Traversable:
    """Return where a template lies."""
    return files("rnn_tui.exports.templates").joinpath(f"{name}.txt")


def about(checkpoint: Checkpoint) -> dict[str, object]:
    """Return what every script says of the network."""
    config = checkpoint.config
    layers = f"{config.num_layers}×" if config.num_layers > 1 else ""
    title = CELLS[config.cell].title
    return {
        "network": f"{title} {layers}{config.hidden_size}",
        "article": "An" if title[0] in BEGINS_WITH_A_VOWEL else "A",
        "version": __version__,
        "update": f"{checkpoint.update:,}",
        "corpus": ascii(checkpoint.corpus_name),
        "hidden_size": config.hidden_size,
        "num_layers": config.num_layers,
        "dtype": config.dtype,
    }


def imports(checkpoint: Checkpoint, *always: str) -> str:
    """Import lines, those of the way of spelling too, each with its newline."""
    modules = set(always) | set(SPELLING_IMPORTS[checkpoint.options.units])
    if checkpoint.options.normalize != "none":
        modules.add("unicodedata")
    return "".join(f"import {module}\n" for module in sorted(modules))


def spelling(checkpoint: Checkpoint) -> tuple[str, str]:
    """Code that turns text into symbols, and symbols into text."""
    form = checkpoint.options.normalize
    normalized = "text" if form == "none" else f'unicodedata.normalize("{form}", text)'
    name = f"spelling_{checkpoint.options.units}"
    there, mark, back = filled(name, normalized=normalized).partition("def text_of")
    return there.rstrip("\n"), (mark + back).rstrip("\n")
