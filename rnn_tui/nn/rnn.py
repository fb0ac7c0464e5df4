"""The vanilla recurrent cell.

    a_t = W_ih x_t + W_hh h_{t-1} + b
    h_t = f(a_t)                                  f = tanh or ReLU

Back through time, with dh_t from the output and dh_next from step t+1:

    da_t = (dh_t + dh_next) ⊙ f'(a_t)             tanh' = 1 - h², ReLU' = [h > 0]
    dh_next = W_hhᵀ da_t
    dW_hh = Σ_t da_t h_{t-1}ᵀ,  db = Σ_t da_t,  dW_ih = Σ_t da_t x_tᵀ

In memory vectors are rows, so W x reads x Wᵀ below (`buffers.py`).

Source: Elman (1990), "Finding Structure in Time"; the form is that of PyTorch's `nn.RNN`.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.activations import SLOPES, activation_for
from rnn_tui.nn.buffers import States, Steps, as_rows
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State
from rnn_tui.nn.init import Luck, room_for, uniform
from rnn_tui.nn.inputs import Inputs
from rnn_tui.nn.names import Activation


class RNNCache:
    """What `backward` needs to know of a sequence, and the arrays that both work in."""

    def __init__(self, T: int, B: int, H: int, f: Activation, dtype: npt.DTypeLike) -> None:
        self.sizes = T, B
        self.f, self.slope = activation_for(f, B * H), SLOPES[f]
        self.h, self.da = States(T, B, H, dtype=dtype), Steps(T, B, H, dtype=dtype)
        self.inputs = Inputs(self.da)


class RNN:
    """h_t = f(W_ih x_t + W_hh h_{t-1} + b)."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        activation: Activation = "tanh",
        *,
        dtype: npt.DTypeLike = np.float32,
        rng: Luck,
    ) -> None:
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.activation: Activation = activation
        bound = hidden_size**-0.5
        self.weight_ih = uniform(rng, (hidden_size, input_size), bound, dtype)
        self.weight_hh = uniform(rng, (hidden_size, hidden_size), bound, dtype)
        self.bias = uniform(rng, (hidden_size,), bound, dtype)

    @property
    def parameters(self) -> Parameters:
        """W_ih (H, I), W_hh (H, H), b (H)."""
        return {"weight_ih": self.weight_ih, "weight_hh": self.weight_hh, "bias": self.bias}

    def zero_state(self, batch_size: int) -> State:
        """h₀ = 0, (B, H)."""
        return (np.zeros((batch_size, self.hidden_size), self.bias.dtype),)

    def forward(
        self,
        x: FloatArray | IntArray,
        state: State,
        cache: RNNCache | None = None,
        *,
        keep: bool = True,  # `backward` needs nothing beside h
    ) -> tuple[FloatArray, State, RNNCache]:
        """Return h (T, B, H), the state after the last step, and the cache; see `Cell.forward`."""
        W_ih, W_hhT, b, (T, B) = self.weight_ih, self.weight_hh.T, self.bias, x.shape[:2]
        if cache is None or cache.sizes != (T, B):
            cache = RNNCache(T, B, self.hidden_size, self.activation, b.dtype)
        f, h = cache.f, cache.h.steps
        h[-1][...] = state[0]
        for t, a_t in enumerate(cache.inputs.product(x, W_ih, b)):
            # h[t] = f(x[t] @ W_ih.T + h[t - 1] @ W_hh.T + b)
            h[t - 1].dot(W_hhT, out=h[t])
            h[t] += a_t
            f(h[t], out=h[t])
        return cache.h.after, (h[T - 1],), cache

    def backward(
        self, dh: FloatArray, dstate: State, cache: RNNCache, grads: Parameters | None = None
    ) -> tuple[FloatArray | None, State, Parameters]:
        """Return dx, the gradient of the state before, and the parameters'; see `Cell.backward`."""
        W_hh = self.weight_hh
        cache.slope(cache.h.after, out=cache.da.array)
        da, dh_next = cache.da.steps, dstate[0].copy()
        for t in reversed(range(len(dh))):
            # da[t] = (dh[t] + dh_next) * f'(a[t])
            dh_next += dh[t]
            da[t] *= dh_next
            # dh_next = da[t] @ W_hh
            da[t].dot(W_hh, out=dh_next)
        grads = grads or room_for(self.parameters)
        as_rows(cache.da.array).T.dot(as_rows(cache.h.before), out=grads["weight_hh"])
        dx = cache.inputs.gradients(self.weight_ih, grads["weight_ih"], grads["bias"])
        return dx, (dh_next,), grads
