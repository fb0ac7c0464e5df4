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
from numpy.lib.stride_tricks import sliding_window_view

from rnn_tui.models.protocol import Criterion, ModelState, quietly
from rnn_tui.nn.activations import SLOPES, activation_for
from rnn_tui.nn.buffers import sum_of_rows
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters
from rnn_tui.nn.flat import flatten, views
from rnn_tui.nn.inputs import BySymbol
from rnn_tui.nn.linear import Linear
from rnn_tui.nn.loss import cross_entropy_columns
from rnn_tui.nn.names import Activation, DTypeName

FEW = 32
"""Up to so many symbols a product with x̂ takes less time than gathering and adding by symbol."""
NOTHING = -1
"""Stands in a state for a symbol before the beginning; W¹ has no column for it."""


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
        self._by_symbol = BySymbol(self.flat.dtype)

    def zero_state(self, batch_size: int) -> ModelState:
        """Return the ids of the K-1 symbols before the first (B, K-1): none there yet."""
        return ((np.full((batch_size, self.context - 1), NOTHING, np.intp),),)

    @quietly
    def forward(self, ids: IntArray, state: ModelState) -> tuple[FloatArray, ModelState]:
        """Logits (T, B, V) for the symbol after each of `ids` (T, B), and the state after."""
        read = self._read(ids, state)
        h = self._hidden(read)[-1]
        return self.linear.forward(h.reshape(*ids.shape, -1)), self._state(read)

    @quietly
    def loss_and_grads(
        self,
        x: IntArray,
        y: IntArray,
        state: ModelState,
        criterion: Criterion = cross_entropy_columns,
    ) -> tuple[float, ModelState]:
        """Mean loss in nats per character; the gradients land in `grads_flat`."""
        read = self._read(x, state)
        x_hat = self._one_hot(read)
        h = self._hidden(read, x_hat)
        logits = self.linear.forward_columns(h[-1])
        loss = criterion(logits, y)
        da = self._backward(logits, h)
        dW = self.gradients["hidden.0.weight"]
        if x_hat is None:
            self._add_by_symbol(da, read, dW)
        else:
            da.T.dot(x_hat, out=dW)
        return loss, self._state(read)

    @quietly
    def mean_loss(self, x: IntArray, y: IntArray, state: ModelState) -> tuple[float, ModelState]:
        """Return the same loss, without gradients."""
        read = self._read(x, state)
        logits = self.linear.forward_columns(self._hidden(read)[-1])
        return cross_entropy_columns(logits, y), self._state(read)

    def relus_on(self, x: IntArray, state: ModelState) -> bytes:
        """Return which hidden values are above 0, as bits; none where the activation is smooth."""
        if self.activation == "tanh":
            return b""
        return b"".join(np.packbits(h > 0).tobytes() for h in self._hidden(self._read(x, state)))

    def _read(self, ids: IntArray, state: ModelState) -> IntArray:
        """Every symbol that the window sees (K-1+T, B)."""
        return np.concatenate([state[0][0].T, ids])

    def _state(self, read: IntArray) -> ModelState:
        return ((read[len(read) - self.context + 1 :].T.copy(),),)

    def _one_hot(self, read: IntArray) -> FloatArray | None:
        """x̂ (T·B, K·V); None where it is cheaper to gather what it picks out of W¹."""
        K, V = self.context, self.vocab_size
        if V > FEW:
            return None
        rows = np.eye(V + 1, V, dtype=self.flat.dtype)[read]  # the last, of zeros, is for NOTHING
        return sliding_window_view(rows, K, axis=0).swapaxes(2, 3).reshape(-1, K * V)

    def _hidden(self, read: IntArray, x_hat: FloatArray | None = None) -> list[FloatArray]:
        """Work out h of every layer, each (T·B, H)."""
        # a = x̂ @ W.T + b
        a: FloatArray = (
            self._gathered(read) if x_hat is None else x_hat.dot(self.layers[0].weight.T)
        )
        a += self.layers[0].bias
        h: list[FloatArray] = []
        for number in range(len(self.layers)):
            if number:
                layer = self.layers[number]
                a = h[-1].dot(layer.weight.T)
                a += layer.bias
            activation_for(self.activation, a.size)(a, out=a)
            h.append(a)
        return h

    def _gathered(self, read: IntArray) -> FloatArray:
        """W¹ x̂ (T·B, H): of each place's block of W¹ the column that its symbol names."""
        W, K, V = self.layers[0].weight, self.context, self.vocab_size
        # A row of zeros after the last symbol's is where NOTHING points.
        columns = np.zeros((K, V + 1, len(W)), W.dtype)
        columns[:, :V] = W.T.reshape(K, V, -1)
        a: FloatArray = columns[0].take(self._at(read, 0), axis=0)
        for place in range(1, K):
            a += columns[place].take(self._at(read, place), axis=0)
        return a

    def _at(self, read: IntArray, place: int) -> IntArray:
        """Return the ids at a place of every x̂, 0 the oldest (T·B,)."""
        T = len(read) - self.context + 1
        return read[place : place + T].reshape(-1)

    def _backward(self, dlogits: FloatArray, h: list[FloatArray]) -> FloatArray:
        """Write all gradients but dW¹; return da¹ (T·B, H)."""
        grads = self.gradients
        linear = {name: grads[f"linear.{name}"] for name in self.linear.parameters}
        dh = self.linear.backward_columns(dlogits, h[-1], linear)
        for number in reversed(range(len(self.layers))):
            # da = dh * f'(a)
            da = np.empty_like(dh)
            SLOPES[self.activation](h[number], out=da)
            da *= dh
            sum_of_rows(da, out=grads[f"hidden.{number}.bias"])
            if number:
                # dW = da.T @ h below, dh below = da @ W
                da.T.dot(h[number - 1], out=grads[f"hidden.{number}.weight"])
                dh = da.dot(self.layers[number].weight)
        return da

    def _add_by_symbol(self, da: FloatArray, read: IntArray, dW: FloatArray) -> None:
        """dW¹ = Σ_t da_t x̂_tᵀ: to each column the da of those t whose symbol names it."""
        V = self.vocab_size
        block = np.empty((len(dW), V), dW.dtype)
        for place in range(self.context):
            ids, rows = self._at(read, place), da
            if (there := ids != NOTHING).sum() < len(ids):
                ids, rows = ids[there], da[there]
            self._by_symbol.add_up(ids, rows, out=block)
            dW[:, place * V : (place + 1) * V] = block
