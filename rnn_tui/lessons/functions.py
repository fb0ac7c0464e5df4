"""The functions of the language of lessons."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from rnn_tui.lessons.values import Axis, ExpressionError, Table, Value, made, told

READS_TEXT = "after"
"""What the network expects after a text; the run itself has to be asked."""


def numbers_of(value: Value) -> Any:
    """Return the numbers or truths of a value, as NumPy calculates with them."""
    array = np.asarray(value.values if isinstance(value, Table) else value)
    if array.dtype.kind not in "fiub":
        raise ExpressionError(f"{told(value)} is no number")
    return array


def _each(function: Callable[[Any], Any]) -> Callable[..., Value]:
    """Return a function of every number by itself."""

    def apply(value: Value) -> Value:
        axes = value.axes if isinstance(value, Table) else ()
        with np.errstate(all="ignore"):
            return made(function(numbers_of(value).astype(np.float64)), axes)

    return apply


def _over_all(function: Callable[[Any], Any]) -> Callable[..., Value]:
    """Return a function of all numbers together."""

    def apply(*values: Value) -> Value:
        parts = [numbers_of(value).ravel() for value in values]
        return float(function(np.concatenate(parts)))

    return apply


def _argmax(value: Value) -> Value:
    if not isinstance(value, Table) or len(value.axes) != 1:
        raise ExpressionError(f"argmax takes a row of numbers, not {told(value)}")
    return value.axes[0].label(int(numbers_of(value).argmax()))


def _shape(value: Value) -> Value:
    if not isinstance(value, Table):
        raise ExpressionError(f"{told(value)} has no rows and columns")
    return Table(np.array(value.values.shape), (Axis("side"),))


def _size(value: Value) -> Value:
    return float(value.values.size) if isinstance(value, Table) else 1.0


FUNCTIONS: Mapping[str, Callable[..., Value]] = {
    "ln": _each(np.log),
    "exp": _each(np.exp),
    "sqrt": _each(np.sqrt),
    "abs": _each(np.abs),
    "tanh": _each(np.tanh),
    "min": _over_all(np.min),
    "max": _over_all(np.max),
    "mean": _over_all(np.mean),
    "sum": _over_all(np.sum),
    "argmax": _argmax,
    "shape": _shape,
    "size": _size,
}
"""By their names; `min` and `max` take several values, too."""
