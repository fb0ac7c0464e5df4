"""What networks have in common that look back over what was read, and have no hidden state.

Layers of which the first sees the last K symbols, and a linear layer on the last of them:

    h¹_t = f(W¹ [x_{t-K+1}, …, x_t] + b¹)         x one-hot; f = tanh or ReLU
    y_t = W h_t + b,   dh_t = Wᵀ dy_t             h of the last layer
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, Protocol, Self, TypeVar

import numpy as np

from rnn_tui.models.last_symbols import LastSymbols
from rnn_tui.models.layered import Layered
from rnn_tui.models.protocol import Criterion, ModelState, quietly
from rnn_tui.models.rooms import room_of
from rnn_tui.nn.activations import SLOPES, activation_for
from rnn_tui.nn.buffers import as_rows, sum_of_rows
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.flat import HasParameters
from rnn_tui.nn.linear import Linear
from rnn_tui.nn.loss import cross_entropy_columns
from rnn_tui.nn.names import Activation
from rnn_tui.nn.stack import Masks


class Layer(HasParameters, Protocol):
    """A weight and a bias."""

    weight: FloatArray
    bias: FloatArray


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


class LookingBack(Layered[R], ABC):
    """Predicts the next symbol from as many of the last as its layers see."""

    residual = False
    """Whether a layer above the first adds what it reads of the time step itself: h = h + f(a)."""

    def __init__(
        self,
        vocab_size: int,
        activation: Activation,
        kind: str,
        layers: Sequence[Layer],
        linear: Linear,
    ) -> None:
        """Take the layers together, their parameters named `kind.number.name`."""
        named = {f"{kind}.{n}.{{}}": layer for n, layer in enumerate(layers)}
        super().__init__(vocab_size, named, linear)
        self.activation, self.depth, self.kind = activation, len(layers), kind
        self.layers = layers

    def dropping(self, masks: Masks) -> Self:
        """Return the same network: it has no dropout."""
        del masks
        return self

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
    def activations_of(self, ids: IntArray, state: ModelState) -> list[FloatArray]:
        """Return f(a) of every layer (T, B, H), the lowest first."""
        return [f_a.reshape(*ids.shape, -1).copy() for f_a in self._hidden(ids, state).f_a]

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

    def back_to_input(
        self, ids: IntArray, state: ModelState, dh: FloatArray
    ) -> Iterator[FloatArray]:
        """Yield dx (B, V) of every time step, x being the one-hot vectors that are read.

        Args:
            ids: What is read (T, B).
            state: The state before.
            dh: Of the last layer (T, B, H). The gradients of all layers are written, too.
        """
        room = self._hidden(ids, state, learns=True)
        room.dh[...] = as_rows(dh)
        self._backward(room)
        return room.symbols.backward(room.da, self._by_place(self.layers[0].weight))

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
        # h = f(x̂ @ W.T + b)
        h = room.h[0]
        room.symbols.product(self._by_place(self.layers[0].weight), out=h)
        h += self.layers[0].bias
        room.f(h, out=h)
        for number in range(1, self.depth):
            self._forward(number, room, state)
        return room

    def _backward(self, room: R) -> None:
        """From dh of the last layer, which is written over, write the layers' gradients."""
        da = room.da
        for number in reversed(range(self.depth)):
            # da = dh * f'(a)
            room.slope(room.f_a[number], out=da)
            da *= room.dh
            grads = self._layer_grads[number]
            sum_of_rows(da, out=grads["bias"])
            if number:
                self._backward_below(number, room, grads["weight"])
            else:
                room.symbols.gradient(da, self._by_place(grads["weight"]))

    @abstractmethod
    def by_tap(self, number: int, W: FloatArray) -> FloatArray:
        """Return a layer's weight as a matrix for each time step it reads, without a copy.

        Args:
            number: Of the layer, from 0.
            W: Its weight, or what is shaped like it.

        Returns:
            A view (k, H, I), that of the furthest time step first.
        """

    def _by_place(self, W: FloatArray) -> FloatArray:
        """Return the first layer's weight as rows by place and symbol (K, V, H), without a copy."""
        return self.by_tap(0, W).swapaxes(1, 2)

    @abstractmethod
    def _room(self, T: int, B: int, *, learns: bool) -> R:
        """Make room for windows of these sizes."""

    @abstractmethod
    def _forward(self, number: int, room: R, state: ModelState) -> None:
        """Work out f(a) and h of a layer above the first, from h of the one below."""

    @abstractmethod
    def _backward_below(self, number: int, room: R, dW: FloatArray) -> None:
        """From da of a layer above the first write dW, and make dh that of the one below."""

    def _after(self, room: R) -> ModelState:
        """Return what the next window sees of this one and of those before."""
        return ((room.symbols.after(),),)
