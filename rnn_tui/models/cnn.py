"""A causal CNN: convolutions over what has been read, each layer's taps twice as far apart.

    h¹ = f(W¹ * x + b¹)                           x one-hot; f = tanh or ReLU
    hˡ = hˡ⁻¹ + f(Wˡ *_d hˡ⁻¹ + bˡ)               d = 2^(l-1), for every further layer l
    y_t = W h_t + b                               h of the last layer L
    (W *_d h)_t = Σ_j W_j h_{t-(k-1-j)d}          j = 0 … k-1; zeros before the beginning

So it sees the last 1 + (k-1)(2^L - 1) symbols. Back, l from L down to 2:

    daˡ = dhˡ ⊙ f'(aˡ)
    dhˡ⁻¹_t = dhˡ_t + Σ_j Wˡ_jᵀ daˡ_{t+(k-1-j)d}
    dWˡ_j = Σ_t daˡ_t hˡ⁻¹_{t-(k-1-j)d}ᵀ,   dbˡ = Σ_t daˡ_t

and the same for l = 1 with x below. Between windows each layer's input is carried on as far back as
the layer sees; as in truncated backpropagation, no gradient flows into that.

In memory vectors are rows (`conv.py`). `plain_windows.py` has it as plain loops.

Sources: van den Oord et al. (2016), "WaveNet", for dilated causal convolutions; Bai, Kolter and
Koltun (2018), "An Empirical Evaluation of Generic Convolutional and Recurrent Networks for Sequence
Modeling", for the plain form with a residual connection around each.
"""

import copy
from typing import Self

import numpy as np

from rnn_tui.models.conv import Conv
from rnn_tui.models.last_symbols import LastSymbols, nothing_before
from rnn_tui.models.protocol import Criterion, ModelState, quietly
from rnn_tui.models.rooms import Sizes, room_of
from rnn_tui.nn.activations import SLOPES, activation_for
from rnn_tui.nn.buffers import as_rows, sum_of_rows
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters
from rnn_tui.nn.flat import flatten, views
from rnn_tui.nn.linear import Linear
from rnn_tui.nn.loss import cross_entropy_columns
from rnn_tui.nn.names import Activation, DTypeName


class Room:
    """Arrays for windows of one size; see `rooms.py`."""

    def __init__(self, T: int, B: int, model: "CNN", *, learns: bool) -> None:
        dtype, V, C = model.flat.dtype, model.vocab_size, model.channels
        self.symbols = LastSymbols(model.kernel_size, V, C, (T, B), dtype)
        self.x = [np.empty((conv.before + T, B, C), dtype) for conv in model.convs[1:]]
        """What the second layer and those above read, from before the window on."""
        self.h = [*(as_rows(x[len(x) - T :]) for x in self.x), np.empty((T * B, C), dtype)]
        """Of every layer, the lowest first (T·B, C): each where the next one reads it."""
        self.f_a = [self.h[0], *(np.empty((T * B, C), dtype) for _ in self.x)]
        """f(a) of every layer."""
        self.scratch = np.empty((T * B, C), dtype)
        self.logits = np.empty((V, T * B), dtype)
        self.dh, self.da = np.empty((2, T * B if learns else 0, C), dtype)
        self.f, self.slope = activation_for(model.activation, T * B * C), SLOPES[model.activation]


class CNN:
    """Predicts the next symbol from the last 1 + (k-1)(2^L - 1)."""

    def __init__(
        self,
        vocab_size: int,
        *,
        kernel_size: int,
        activation: Activation,
        hidden_size: int,
        num_layers: int,
        dtype: DTypeName,
        rng: np.random.Generator,
    ) -> None:
        self.vocab_size, self.kernel_size, self.activation = vocab_size, kernel_size, activation
        self.channels = hidden_size
        inputs = [vocab_size, *[hidden_size] * (num_layers - 1)]
        self.convs = [
            Conv(size, hidden_size, kernel_size, 2**number, dtype=dtype, rng=rng)
            for number, size in enumerate(inputs)
        ]
        self.linear = Linear(hidden_size, vocab_size, dtype=dtype, rng=rng)
        self.flat: FloatArray = flatten([*self.convs, self.linear])
        self.parameters: Parameters = {
            f"conv.{number}.{name}": array
            for number, conv in enumerate(self.convs)
            for name, array in conv.parameters.items()
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
        self._conv_grads = [
            {name: self.gradients[f"conv.{number}.{name}"] for name in conv.parameters}
            for number, conv in enumerate(self.convs)
        ]
        self._rooms: dict[Sizes, Room] = {}

    def zero_state(self, batch_size: int) -> ModelState:
        """Return what each layer sees before the first symbol.

        No symbols (B, k-1) for the first, zeros (B, (k-1)d, C) for the others.
        """
        zeros = (
            (np.zeros((batch_size, conv.before, self.channels), self.flat.dtype),)
            for conv in self.convs[1:]
        )
        return ((nothing_before(self.kernel_size, batch_size),), *zeros)

    @quietly
    def forward(self, ids: IntArray, state: ModelState) -> tuple[FloatArray, ModelState]:
        """Logits (T, B, V) for the symbol after each of `ids` (T, B), and the state after."""
        room = self._hidden(ids, state)
        return self.linear.forward(room.h[-1].reshape(*ids.shape, -1)), _after(room, len(ids))

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
        return loss, _after(room, len(x))

    @quietly
    def mean_loss(self, x: IntArray, y: IntArray, state: ModelState) -> tuple[float, ModelState]:
        """Return the same loss, without gradients."""
        room = self._hidden(x, state)
        logits = self.linear.forward_columns(room.h[-1], out=room.logits)
        return cross_entropy_columns(logits, y), _after(room, len(x))

    def relus_on(self, x: IntArray, state: ModelState) -> bytes:
        """Return which f(a) are above 0, as bits; none where the activation is smooth."""
        if self.activation == "tanh":
            return b""
        return b"".join(np.packbits(f_a > 0).tobytes() for f_a in self._hidden(x, state).f_a)

    def _hidden(self, ids: IntArray, state: ModelState, *, learns: bool = False) -> Room:
        """Work out h of every layer."""
        T, B = ids.shape
        room = room_of(self._rooms, (T, B, learns), lambda: Room(T, B, self, learns=learns))
        h, f_a, first = room.h, room.f_a, self.convs[0]
        room.symbols.read(state[0][0], ids)
        # h = f(W * x + b)
        room.symbols.product(_by_place(first.weight), out=h[0])
        h[0] += first.bias
        room.f(h[0], out=h[0])
        for number, conv in enumerate(self.convs[1:], 1):
            # h = h below + f(W * h below + b)
            x = room.x[number - 1]
            x[: conv.before] = state[number][0].swapaxes(0, 1)
            conv.forward(x, f_a[number], room.scratch)
            room.f(f_a[number], out=f_a[number])
            np.add(h[number - 1], f_a[number], out=h[number])
        return room

    def _backward(self, dlogits: FloatArray, room: Room) -> None:
        """Write all gradients."""
        da, dh = room.da, room.dh
        self.linear.backward_columns(dlogits, room.h[-1], self._linear_grads, out=dh)
        for number in reversed(range(len(self.convs))):
            # da = dh * f'(a)
            room.slope(room.f_a[number], out=da)
            da *= dh
            grads = self._conv_grads[number]
            if number:
                # dh below = dh, and what flows back through the taps
                self.convs[number].backward(da, room.x[number - 1], grads, dh, room.scratch)
        room.symbols.gradient(da, _by_place(grads["weight"]))
        sum_of_rows(da, out=grads["bias"])


def _by_place(W: FloatArray) -> FloatArray:
    """Return W¹ (C, V, k) as (k, V, C), without a copy."""
    return W.transpose(2, 1, 0)


def _after(room: Room, T: int) -> ModelState:
    """Return what the next window sees of this one and of those before."""
    # The copies lie in memory as `x` does; only who looks at them sees the batch first.
    seen = ((x[T:].copy().swapaxes(0, 1),) for x in room.x)
    return ((room.symbols.after(),), *seen)
