"""The vanilla recurrent cell.

    a_t = W_ih x_t + W_hh h_{t-1} + b
    h_t = f(a_t)                          f = tanh or ReLU

and, back through time, with dh_t the sum of what comes from the output and from step t+1:

    da_t = dh_t ⊙ f'(a_t)                 tanh' = 1 - h², ReLU' = [h > 0]

Source: Elman (1990), "Finding Structure in Time"; the form is that of PyTorch's `nn.RNN`.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State
from rnn_tui.nn.init import uniform
from rnn_tui.nn.inputs import input_gradients, input_product

Activation = Literal["tanh", "relu"]


@dataclass(frozen=True, slots=True)
class RNNCache:
    """What `backward` needs to know of a sequence."""

    x: FloatArray | IntArray
    h: FloatArray
    """(T+1, B, H); the last row, h[-1], is the state before the first step."""


class RNN:
    """h_t = f(W_ih x_t + W_hh h_{t-1} + b)."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        activation: Activation = "tanh",
        *,
        dtype: npt.DTypeLike = np.float32,
        rng: np.random.Generator,
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

    def forward(self, x: FloatArray | IntArray, state: State) -> tuple[FloatArray, State, RNNCache]:
        """Return h (T, B, H), the state after the last step, and the cache; see `Cell.forward`."""
        W_ih, W_hh, b = self.weight_ih, self.weight_hh, self.bias
        T, B = x.shape[:2]
        h = np.empty((T + 1, B, self.hidden_size), b.dtype)
        (h[-1],) = state
        a = input_product(x, W_ih) + b
        for t in range(T):
            a[t] += h[t - 1] @ W_hh.T
            h[t] = np.tanh(a[t]) if self.activation == "tanh" else np.maximum(a[t], 0)
        return h[:T], (h[T - 1],), RNNCache(x, h)

    def backward(
        self, dh: FloatArray, dstate: State, cache: RNNCache, grads: Parameters | None = None
    ) -> tuple[FloatArray | None, State, Parameters]:
        """Return dx, the gradient of the state before, and the parameters'; see `Cell.backward`."""
        W_hh, x, h = self.weight_hh, cache.x, cache.h
        T = len(dh)
        da = np.empty_like(dh)
        (dh_next,) = dstate
        for t in reversed(range(T)):
            dh_t = dh[t] + dh_next
            da[t] = dh_t * (1 - h[t] ** 2) if self.activation == "tanh" else dh_t * (h[t] > 0)
            dh_next = da[t] @ W_hh
        grads = (
            {name: np.empty_like(p) for name, p in self.parameters.items()}
            if grads is None
            else grads
        )
        H = self.hidden_size
        da_rows, h_before = da.reshape(-1, H), np.concatenate([h[-1:], h[: T - 1]]).reshape(-1, H)
        grads["weight_hh"][...] = da_rows.T @ h_before
        grads["bias"][...] = da_rows.sum(axis=0)
        dx = input_gradients(da, x, self.weight_ih, grads["weight_ih"])
        return dx, (dh_next,), grads
