"""One array for all parameters, so that clipping and optimizers are a handful of calls."""

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from rnn_tui.nn.cell import FloatArray, Parameters


class HasParameters(Protocol):
    """Anything whose `parameters` are attributes of the same names."""

    @property
    def parameters(self) -> Parameters:
        """The arrays by name."""


def views(flat: FloatArray, like: Mapping[str, FloatArray]) -> Parameters:
    """Cut a flat array into arrays of the same names and shapes as those of `like`."""
    cut, start = {}, 0
    for name, array in like.items():
        cut[name] = flat[start : start + array.size].reshape(array.shape)
        start += array.size
    return cut


def flatten(owners: list[HasParameters]) -> FloatArray:
    """Move all parameters into one array; the owners' attributes become views of it."""
    arrays = [array for owner in owners for array in owner.parameters.values()]
    flat = np.concatenate([array.reshape(-1) for array in arrays])
    start = 0
    for owner in owners:
        for name, view in views(flat[start:], owner.parameters).items():
            setattr(owner, name, view)
            start += view.size
    return flat
