"""What a turn makes of a network's parameters: worked out first, so that a bad one changes nothing.

Only parameters are changed. What the network carries from window to window and what the optimizer
remembers stay as they are, as after any update: they come from the weights of before.
"""

import math
from collections.abc import Iterator

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.language import mark, phrase
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.registry import spec_of
from rnn_tui.models.spec import Part
from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, Turn, ZeroUnit
from rnn_tui.nn.cell import FloatArray, Parameters

Change = tuple[Part, FloatArray]
"""Which weights, and their new values."""


def turn(asked: Turn, parameters: Parameters, config: NetworkConfig) -> None:
    """Change a network's parameters as asked for.

    A weight that is set twice, as the W_hh of a unit with itself, gets the same value twice.

    Raises:
        InputError: There is no such weight, or the value is none for it; nothing has changed.
    """
    for (name, index), values in changes(asked, parameters, config):
        parameters[name][index] = values


def changes(asked: Turn, parameters: Parameters, config: NetworkConfig) -> list[Change]:
    """Return the new values of all weights that a turn changes.

    Raises:
        InputError: There is no such weight, or the value is none for it.
    """
    with np.errstate(over="ignore"):  # what overflows is found by its being infinite
        found = list(_changes(asked, parameters, config))
    if not all(np.isfinite(values).all() for _, values in found):
        raise InputError(
            phrase("a weight would be larger than {dtype} can hold", dtype=config.dtype)
        )
    return found


def _changes(asked: Turn, parameters: Parameters, config: NetworkConfig) -> Iterator[Change]:
    match asked:
        case SetWeight(name, index, value):
            require_weight(name, index, parameters)
            require_finite("weight", value)
            yield (name, index), np.asarray(value).astype(parameters[name].dtype)
        case ZeroUnit(layer, unit):
            require_within("layer", layer, config.num_layers)
            require_within("unit", unit, config.hidden_size)
            for name, part in require(spec_of(config).unit(config, layer, unit), "unit", config):
                yield (name, part), np.zeros_like(parameters[name][part])
        case ScaleRecurrent(layer, factor):
            require_within("layer", layer, config.num_layers)
            require_finite("factor", factor)
            for name, part in require(spec_of(config).recurrent(config, layer), "W_hh", config):
                array = parameters[name][part]
                yield (name, part), array * array.dtype.type(factor)
        case SetForgetBias(layer, value):
            require_within("layer", layer, config.num_layers)
            require_finite("bias", value)
            for name, part in require(spec_of(config).keeping(config, layer), "gate", config):
                array = parameters[name][part]
                yield (name, part), np.full(array.shape, value).astype(array.dtype)


WANTED = {
    "unit": mark("this network, {network}, does not say which weights make a hidden unit"),
    "W_hh": mark(
        "this network, {network}, has no W_hh: nothing in it is handed on from one time step to the"
        " next"
    ),
    "gate": mark("this network, {network}, has no gate that decides how much is kept"),
}
"""What a network is without some parts."""
_NOT_THERE = {
    "layer": mark("there is no layer {number}: this network has 1 to {count}"),
    "unit": mark("there is no unit {number}: this network has 1 to {count}"),
}
_NOT_FINITE = {
    "weight": mark("a weight is a finite number, not {value}"),
    "factor": mark("a factor is a finite number, not {value}"),
    "bias": mark("a bias is a finite number, not {value}"),
}


def require(parts: list[Part], what: str, config: NetworkConfig) -> list[Part]:
    """Return the parts; refuse where the network has none."""
    if not parts:
        raise InputError(phrase(WANTED[what], network=spec_of(config).title(config)))
    return parts


def require_weight(name: str, index: tuple[int, ...], parameters: Parameters) -> None:
    """Refuse what is no weight of the network."""
    shape = parameters[name].shape if name in parameters else ()
    inside = len(index) == len(shape) and all(
        0 <= at < size for at, size in zip(index, shape, strict=True)
    )
    if not (shape and inside):
        said = mark("there is no weight {name} {index}")
        raise InputError(phrase(said, name=repr(name), index=list(index)))


def require_within(what: str, number: int, size: int) -> None:
    """Refuse a layer or unit that is not there; they are told from 1."""
    if not 0 <= number < size:
        raise InputError(phrase(_NOT_THERE[what], number=number + 1, count=size))


def require_finite(what: str, value: float) -> None:
    """Refuse what is no number."""
    if not math.isfinite(value):
        raise InputError(phrase(_NOT_FINITE[what], value=value))
