"""Whether what a checkpoint says can be true, before anything is made of it.

A digest only tells accidents; a file whose digest is right can still say anything. Every function
raises `ValueError` for what cannot be.
"""

import math
from typing import Any

import numpy as np

from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.text.streams import fit, split
from rnn_tui.text.visible import visible
from rnn_tui.training.history import CAPACITY, SCALARS
from rnn_tui.training.settings.config import Config

MOST_UPDATES = 2**53
"""Beyond it a chart could not tell two updates apart; at a million a second that is 285 years."""
LONGEST_LABEL = 1000
"""Characters of what stands beside a mark."""


def require_numbers(numbers: Any) -> None:
    """Check counters, the learning rate, and the history's scalars."""
    for name in ("update", "optimizer_count"):
        require_count(name, numbers[name], MOST_UPDATES)
    rate = numbers["base_rate"]
    if not (is_number(rate) and math.isfinite(rate) and rate > 0):
        raise ValueError(f"base_rate is {rate!r}")
    seconds = numbers.get("seconds", 0.0)
    if not (is_number(seconds) and math.isfinite(seconds) and seconds >= 0):
        raise ValueError(f"seconds is {seconds!r}")
    require_scalars(numbers["history"])


def require_scalars(scalars: Any) -> None:
    """Check what a history is besides its curves."""
    for name, kind in SCALARS.items():
        value = scalars[name]
        if kind is int:
            require_count(name, value, MOST_UPDATES)
        elif not (value is None or is_number(value) or value in ("inf", "-inf")):
            raise ValueError(f"{name} is {value!r}")
    if not 0 <= scalars["smoothing"] <= 1 or not 0 <= scalars["in_bin"] < scalars["stride"]:
        raise ValueError("the history is at odds with itself")
    for update, label in scalars["marks"]:
        require_count("a mark", update, MOST_UPDATES)
        require_label(label)


def require_label(label: Any) -> None:
    """Check what is painted beside a mark."""
    if not isinstance(label, str) or len(label) > LONGEST_LABEL or visible(label) != label:
        raise ValueError(f"a mark is called {label!r:.200}")


def require_count(name: str, value: Any, most: int) -> None:
    """Check that it is a whole number from 0."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise ValueError(f"{name} is {value!r}")


def is_number(value: Any) -> bool:
    """Return whether JSON gave a number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) <= MOST_UPDATES  # JSON's whole numbers know no bounds, floats do
    return isinstance(value, float)


def require_columns(tensors: Parameters) -> None:
    """Check the arrays of the history."""
    for names in (("update", "low", "high", "smoothed"), ("val_update", "validation")):
        columns = [tensors[f"history.{name}"] for name in names]
        if len({column.shape for column in columns}) > 1 or columns[0].ndim != 1:
            raise ValueError("the columns of the history differ in length")
        if len(columns[0]) > CAPACITY + 1:
            raise ValueError("the history is too long")
        if not np.issubdtype(columns[0].dtype, np.integer):
            raise ValueError("the updates of the history are no whole numbers")
        if any(column.dtype != np.float64 for column in columns[1:]):
            raise ValueError("the losses of the history are not float64")


def require_fit(config: Config, length: int) -> None:
    """Check that window and batch are what a text of so many symbols has room for."""
    part, _ = split(np.empty(length, np.uint8), config.val_fraction)
    if len(part) < 2:
        raise ValueError("nothing of the text is left to learn from")
    seq_length, batch_size, _ = fit(len(part), config.seq_length, config.batch_size)
    if (seq_length, batch_size) != (config.seq_length, config.batch_size):
        raise ValueError("the windows do not fit the text")


def fill(name: str, target: FloatArray, stored: FloatArray) -> None:
    """Copy an array of just the same shape and type."""
    if (stored.shape, stored.dtype) != (target.shape, target.dtype):
        raise ValueError(f"{name} should be {target.dtype} {target.shape}")
    target[:] = stored
