"""Layers and a linear layer on them: the parameters of all in one array, and those of its twins."""

import copy
from collections.abc import Mapping
from typing import Generic, Self, TypeVar

import numpy as np

from rnn_tui.models.rooms import Sizes
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.flat import HasParameters, flatten, views
from rnn_tui.nn.linear import Linear

R = TypeVar("R")


class Layered(Generic[R]):
    """What a network has whatever its layers are; R is its room for windows of one size."""

    def __init__(
        self, vocab_size: int, layers: Mapping[str, HasParameters], linear: Linear
    ) -> None:
        """Put all parameters into one array, in this order.

        Args:
            vocab_size: Symbols.
            layers: By what their parameters are called, with `{}` for their own names: "rnn.{}_l0".
            linear: The output layer.
        """
        self.vocab_size, self.linear = vocab_size, linear
        owners = {**layers, "linear.{}": linear}
        self.flat: FloatArray = flatten([*owners.values()])
        """Every parameter (P,); the layers' arrays and `parameters` are views of it."""
        self._names = [
            {name: called.format(name) for name in owner.parameters}
            for called, owner in owners.items()
        ]
        self.parameters: Parameters = {
            whole: owner.parameters[name]
            for owner, names in zip(owners.values(), self._names, strict=True)
            for name, whole in names.items()
        }
        self._make_room()

    def twin(self) -> Self:
        """Return the same network, parameters and all, that learns in arrays of its own."""
        twin = copy.copy(self)
        twin._make_room()
        return twin

    def _make_room(self) -> None:
        self.grads_flat: FloatArray = np.zeros_like(self.flat)
        """The gradients of the last `loss_and_grads`, in the order of `flat`."""
        self.gradients: Parameters = views(self.grads_flat, self.parameters)
        *self._layer_grads, self._linear_grads = (
            {name: self.gradients[whole] for name, whole in names.items()} for names in self._names
        )
        self._rooms: dict[Sizes, R] = {}
