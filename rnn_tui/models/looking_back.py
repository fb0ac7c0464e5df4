"""What networks have in common that look back over what was read, and have no hidden state.

Layers of which the first sees the last K symbols, and a linear layer on the last of them:

    y_t = W h_t + b,   dh_t = Wᵀ dy_t             h of the last layer
"""

import copy
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any, Generic, Self, TypeVar

import numpy as np

from rnn_tui.models.last_symbols import LastSymbols
from rnn_tui.models.protocol import Criterion, ModelState, quietly
from rnn_tui.models.rooms import Sizes, room_of
from rnn_tui.nn.activations import SLOPES, activation_for
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters
from rnn_tui.nn.flat import HasParameters, flatten, views
from rnn_tui.nn.linear import Linear
from rnn_tui.nn.loss import cross_entropy_columns
from rnn_tui.nn.names import Activation


class Room:
    """Arrays for windows of one size; see `rooms.py`."""

    def __init__(self, T: int, B: int, model: "LookingBack[Any]", K: int, *, learns: bool) -> None:
        dtype, V, H = model.flat.dtype, model.vocab_size, model.linear.input_size
        self.symbols = LastSymbols(K, V, H, (T, B), dtype)
        self.f_a = [np.empty((T * B, H), dtype) for _ in range(model.depth)]
        """f(a) of every layer, the lowest first (T·B, H)."""
        self.h = self.f_a
        """What each layer gives to the one above."""
        self.logits = np.empty((V, T * B), dtype)
        self.dh, self.da = np.empty((2, T * B if learns else 0, H), dtype)
        self.f, self.slope = activation_for(model.activation, T * B * H), SLOPES[model.activation]


R = TypeVar("R", bound=Room)


class LookingBack(ABC, Generic[R]):
    """Predicts the next symbol from as many of the last as its layers see."""

    def __init__(
        self,
        vocab_size: int,
        activation: Activation,
        kind: str,
        layers: Sequence[HasParameters],
        linear: Linear,
    ) -> None:
        """Put all parameters into one array, those of the layers named `kind.number.name`."""
        self.vocab_size, self.activation, self.linear = vocab_size, activation, linear
        self.depth = len(layers)
        self.flat: FloatArray = flatten([*layers, linear])
        owners = {**{f"{kind}.{n}": layer for n, layer in enumerate(layers)}, "linear": linear}
        self._names = {owner: list(it.parameters) for owner, it in owners.items()}
        self.parameters: Parameters = {
            f"{owner}.{name}": array
            for owner, it in owners.items()
            for name, array in it.parameters.items()
        }
        self._make_room()

    def twin(self) -> Self:
        """Return the same network, parameters and all, that learns in arrays of its own."""
        twin = copy.copy(self)
        twin._make_room()
        return twin

    def _make_room(self) -> None:
        self.grads_flat: FloatArray = np.zeros_like(self.flat)
        self.gradients: Parameters = views(self.grads_flat, self.parameters)
        *self._grads, self._linear_grads = (
            {name: self.gradients[f"{owner}.{name}"] for name in names}
            for owner, names in self._names.items()
        )
        self._rooms: dict[Sizes, R] = {}

    @abstractmethod
    def zero_state(self, batch_size: int) -> ModelState:
        """Return what is seen of the time before the first symbol: nothing, or zeros."""

    @quietly
    def forward(self, ids: IntArray, state: ModelState) -> tuple[FloatArray, ModelState]:
        """Logits (T, B, V) for the symbol after each of `ids` (T, B), and the state after."""
        room = self._hidden(ids, state)
        return self.linear.forward(room.h[-1].reshape(*ids.shape, -1)), self._after(room)

    @quietly
    def hidden_of(self, ids: IntArray, state: ModelState) -> list[FloatArray]:
        """Return h of every layer (T, B, H), the lowest first."""
        return [h.reshape(*ids.shape, -1).copy() for h in self._hidden(ids, state).h]

    @quietly
    def loss_and_grads(
        self,
        x: IntArray,
        y: IntArray,
        state: ModelState,
        criterion: Criterion = cross_entropy_columns,
    ) -> tuple[float, ModelState]:
        """Mean loss in nats per character; the gradients land in `grads_flat`."""
        room = self._hidden(x, state, learns=True)
        logits = self.linear.forward_columns(room.h[-1], out=room.logits)
        loss, dlogits = criterion(logits, y), logits
        self.linear.backward_columns(dlogits, room.h[-1], self._linear_grads, out=room.dh)
        self._backward(room)
        return loss, self._after(room)

    @quietly
    def mean_loss(self, x: IntArray, y: IntArray, state: ModelState) -> tuple[float, ModelState]:
        """Return the same loss, without gradients."""
        room = self._hidden(x, state)
        logits = self.linear.forward_columns(room.h[-1], out=room.logits)
        return cross_entropy_columns(logits, y), self._after(room)

    def input_gradients(
        self, x: IntArray, y: IntArray, state: ModelState, criterion: Criterion
    ) -> FloatArray:
        """Return the loss's derivatives by the one-hot vectors read (T, B, V).

        The gradients of the parameters are written, too.
        """
        self.loss_and_grads(x, y, state, criterion)
        room: R = self._rooms[(*x.shape, True)]
        return room.symbols.backward(room.da, self._first())

    def relus_on(self, x: IntArray, state: ModelState) -> bytes:
        """Return which f(a) are above 0, as bits; none where the activation is smooth."""
        if self.activation == "tanh":
            return b""
        return b"".join(np.packbits(f_a > 0).tobytes() for f_a in self._hidden(x, state).f_a)

    def _hidden(self, ids: IntArray, state: ModelState, *, learns: bool = False) -> R:
        """Work out what every layer gives."""
        T, B = ids.shape
        room = room_of(self._rooms, (T, B, learns), lambda: self._room(T, B, learns=learns))
        room.symbols.read(state[0][0], ids)
        self._forward(room, state)
        return room

    @abstractmethod
    def _first(self) -> FloatArray:
        """Return the first layer's weight: for each place a row for each symbol (K, V, H)."""

    @abstractmethod
    def _room(self, T: int, B: int, *, learns: bool) -> R:
        """Make room for windows of these sizes."""

    @abstractmethod
    def _forward(self, room: R, state: ModelState) -> None:
        """Work out f(a) and h of every layer, from the symbols that were read."""

    @abstractmethod
    def _backward(self, room: R) -> None:
        """From dh of the last layer, which may be written over, write the layers' gradients."""

    def _after(self, room: R) -> ModelState:
        """Return what the next window sees of this one and of those before."""
        return ((room.symbols.after(),),)
