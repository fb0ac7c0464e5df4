"""A dense network over the last K symbols: no memory, but what it still sees.

    x̂_t = [x_{t-K+1}, …, x_{t-1}, x_t]           one-hot each; zeros before the beginning
    h¹_t = f(W¹ x̂_t + b¹)                         f = tanh or ReLU
    hˡ_t = f(Wˡ hˡ⁻¹_t + bˡ)                      for every further layer l
    y_t = W h_t + b                               h of the last layer L

Back; there is no time in it, each t is for itself:

    dhᴸ_t = Wᵀ dy_t,   daˡ_t = dhˡ_t ⊙ f'(aˡ_t),   dhˡ⁻¹_t = Wˡᵀ daˡ_t
    dWˡ = Σ_t daˡ_t hˡ⁻¹_tᵀ,   dbˡ = Σ_t daˡ_t,   dW¹ = Σ_t da¹_t x̂_tᵀ

In memory vectors are rows, so W x reads x Wᵀ below. `plain_windows.py` has it as plain loops.

Source: Bengio et al. (2003), "A Neural Probabilistic Language Model", with one-hot vectors for the
learned ones.
"""

import copy
from typing import Self

import numpy as np

from rnn_tui.models.last_symbols import LastSymbols, nothing_before
from rnn_tui.models.protocol import Criterion, ModelState, quietly
from rnn_tui.models.rooms import Sizes, room_of
from rnn_tui.nn.activations import SLOPES, activation_for
from rnn_tui.nn.buffers import sum_of_rows
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters
from rnn_tui.nn.flat import flatten, views
from rnn_tui.nn.linear import Linear
from rnn_tui.nn.loss import cross_entropy_columns
from rnn_tui.nn.names import Activation, DTypeName


class Room:
    """Arrays for windows of one size; see `rooms.py`."""

    def __init__(self, T: int, B: int, model: "Dense", *, learns: bool) -> None:
        dtype, V, H = model.flat.dtype, model.vocab_size, model.linear.input_size
        self.symbols = LastSymbols(model.context, V, H, (T, B), dtype)
        self.h = [np.empty((T * B, H), dtype) for _ in model.layers]
        """Of every layer, the lowest first."""
        self.logits = np.empty((V, T * B), dtype)
        self.dh, self.da = np.empty((2, T * B if learns else 0, H), dtype)
        self.f, self.slope = activation_for(model.activation, T * B * H), SLOPES[model.activation]


class Dense:
    """Predicts the next symbol from the last K."""

    def __init__(
        self,
        vocab_size: int,
        *,
        context: int,
        activation: Activation,
        hidden_size: int,
        num_layers: int,
        dtype: DTypeName,
        rng: np.random.Generator,
    ) -> None:
        self.vocab_size, self.context, self.activation = vocab_size, context, activation
        inputs = [context * vocab_size, *[hidden_size] * (num_layers - 1)]
        self.layers = [Linear(size, hidden_size, dtype=dtype, rng=rng) for size in inputs]
        self.linear = Linear(hidden_size, vocab_size, dtype=dtype, rng=rng)
        self.flat: FloatArray = flatten([*self.layers, self.linear])
        self.parameters: Parameters = {
            f"hidden.{number}.{name}": array
            for number, layer in enumerate(self.layers)
            for name, array in layer.parameters.items()
        }
        self.parameters |= {f"linear.{n}": p for n, p in self.linear.parameters.items()}
        self._make_room()

    def twin(self) -> Self:
        """Return the same network, parameters and all, that learns in arrays of its own."""
        twin = copy.copy(self)
        twin._make_room()
        return twin

    def _make_room(self) -> None:
        self.grads_flat: FloatArray = np.zeros_like(self.flat)
        self.gradients: Parameters = views(self.grads_flat, self.parameters)
        self._linear_grads = {n: self.gradients[f"linear.{n}"] for n in self.linear.parameters}
        self._rooms: dict[Sizes, Room] = {}

    def zero_state(self, batch_size: int) -> ModelState:
        """Return the ids of the K-1 symbols before the first (B, K-1): none there yet."""
        return ((nothing_before(self.context, batch_size),),)

    @quietly
    def forward(self, ids: IntArray, state: ModelState) -> tuple[FloatArray, ModelState]:
        """Logits (T, B, V) for the symbol after each of `ids` (T, B), and the state after."""
        room = self._hidden(ids, state)
        return self.linear.forward(room.h[-1].reshape(*ids.shape, -1)), _after(room)

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
        loss = criterion(logits, y)
        self._backward(logits, room)
        return loss, _after(room)

    @quietly
    def mean_loss(self, x: IntArray, y: IntArray, state: ModelState) -> tuple[float, ModelState]:
        """Return the same loss, without gradients."""
        room = self._hidden(x, state)
        logits = self.linear.forward_columns(room.h[-1], out=room.logits)
        return cross_entropy_columns(logits, y), _after(room)

    def relus_on(self, x: IntArray, state: ModelState) -> bytes:
        """Return which hidden values are above 0, as bits; none where the activation is smooth."""
        if self.activation == "tanh":
            return b""
        return b"".join(np.packbits(h > 0).tobytes() for h in self._hidden(x, state).h)

    def _hidden(self, ids: IntArray, state: ModelState, *, learns: bool = False) -> Room:
        """Work out h of every layer."""
        (T, B), W = ids.shape, self.layers[0].weight
        room = room_of(self._rooms, (T, B, learns), lambda: Room(T, B, self, learns=learns))
        room.symbols.read(state[0][0], ids)
        # h = f(x̂ @ W.T + b), then h = f(h below @ W.T + b)
        room.symbols.product(self._by_place(W), out=room.h[0])
        for number, (layer, h) in enumerate(zip(self.layers, room.h, strict=True)):
            if number:
                room.h[number - 1].dot(layer.weight.T, out=h)
            h += layer.bias
            room.f(h, out=h)
        return room

    def _by_place(self, W: FloatArray) -> FloatArray:
        """Return W¹ (H, K·V) as (K, V, H), without a copy."""
        return W.T.reshape(self.context, self.vocab_size, len(W))

    def _backward(self, dlogits: FloatArray, room: Room) -> None:
        """Write all gradients."""
        grads, da, dh = self.gradients, room.da, room.dh
        self.linear.backward_columns(dlogits, room.h[-1], self._linear_grads, out=dh)
        for number in reversed(range(len(self.layers))):
            # da = dh * f'(a)
            room.slope(room.h[number], out=da)
            da *= dh
            sum_of_rows(da, out=grads[f"hidden.{number}.bias"])
            if number:
                # dW = da.T @ h below, dh below = da @ W
                da.T.dot(room.h[number - 1], out=grads[f"hidden.{number}.weight"])
                da.dot(self.layers[number].weight, out=dh)
        room.symbols.gradient(da, self._by_place(grads["hidden.0.weight"]))


def _after(room: Room) -> ModelState:
    return ((room.symbols.after(),),)
