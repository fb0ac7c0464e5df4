"""The long short-term memory cell.

    i_t = σ(W_ii x_t + W_hi h_{t-1} + b_i)        how much to write
    f_t = σ(W_if x_t + W_hf h_{t-1} + b_f)        how much to keep
    g_t = tanh(W_ig x_t + W_hg h_{t-1} + b_g)     what to write
    o_t = σ(W_io x_t + W_ho h_{t-1} + b_o)        how much to show
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
    h_t = o_t ⊙ tanh(c_t)

The four weight blocks lie under one another in the order i, f, g, o, so one product makes all
four pre-activations, called a_t. Back through time:

    do_t = dh_t ⊙ tanh(c_t)
    dc_t = dh_t ⊙ o_t ⊙ (1 - tanh²(c_t)) + dc_{t+1} ⊙ f_{t+1}
    df_t = dc_t ⊙ c_{t-1}      di_t = dc_t ⊙ g_t      dg_t = dc_t ⊙ i_t
    da_t = (di ⊙ i(1-i), df ⊙ f(1-f), dg ⊙ (1-g²), do ⊙ o(1-o))

Source: Hochreiter & Schmidhuber (1997); forget gate: Gers et al. (2000); the form is that of
PyTorch's `nn.LSTM`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.activations import sigmoid
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State
from rnn_tui.nn.init import uniform
from rnn_tui.nn.inputs import input_gradients, input_product


@dataclass(frozen=True, slots=True)
class LSTMCache:
    """What `backward` needs to know of a sequence."""

    x: FloatArray | IntArray
    gates: FloatArray
    """(T, B, 4·H): i, f, g, o side by side."""
    c: FloatArray
    """(T+1, B, H); the last row, c[-1], is the cell state before the first step."""
    h: FloatArray


class LSTM:
    """c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t and h_t = o_t ⊙ tanh(c_t)."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        *,
        dtype: npt.DTypeLike = np.float32,
        rng: np.random.Generator,
    ) -> None:
        self.input_size = input_size
        self.hidden_size = hidden_size
        bound = hidden_size**-0.5
        self.weight_ih = uniform(rng, (4 * hidden_size, input_size), bound, dtype)
        self.weight_hh = uniform(rng, (4 * hidden_size, hidden_size), bound, dtype)
        self.bias = uniform(rng, (4 * hidden_size,), bound, dtype)

    @property
    def parameters(self) -> Parameters:
        """W_ih (4·H, I), W_hh (4·H, H), b (4·H); blocks i, f, g, o."""
        return {"weight_ih": self.weight_ih, "weight_hh": self.weight_hh, "bias": self.bias}

    def zero_state(self, batch_size: int) -> State:
        """h₀ = c₀ = 0, each (B, H)."""
        shape = (batch_size, self.hidden_size)
        return np.zeros(shape, self.bias.dtype), np.zeros(shape, self.bias.dtype)

    def forward(
        self, x: FloatArray | IntArray, state: State
    ) -> tuple[FloatArray, State, LSTMCache]:
        """Return h (T, B, H), the state (h, c) after the last step, and the cache."""
        W_ih, W_hh, b, H = self.weight_ih, self.weight_hh, self.bias, self.hidden_size
        T, B = x.shape[:2]
        h = np.empty((T + 1, B, H), b.dtype)
        c = np.empty_like(h)
        h[-1], c[-1] = state
        a = input_product(x, W_ih) + b
        i, f, g, o = (a[..., k * H : (k + 1) * H] for k in range(4))
        for t in range(T):
            a[t] += h[t - 1] @ W_hh.T
            i[t] = sigmoid(i[t])
            f[t] = sigmoid(f[t])
            g[t] = np.tanh(g[t])
            o[t] = sigmoid(o[t])
            c[t] = f[t] * c[t - 1] + i[t] * g[t]
            h[t] = o[t] * np.tanh(c[t])
        return h[:T], (h[T - 1], c[T - 1]), LSTMCache(x, a, c, h)

    def backward(
        self, dh: FloatArray, dstate: State, cache: LSTMCache, grads: Parameters | None = None
    ) -> tuple[FloatArray | None, State, Parameters]:
        """Return dx, the gradient of the state before, and the parameters'; see `Cell.backward`."""
        W_hh, x, c, h, H = self.weight_hh, cache.x, cache.c, cache.h, self.hidden_size
        T = len(dh)
        i, f, g, o = (cache.gates[..., k * H : (k + 1) * H] for k in range(4))
        da = np.empty_like(cache.gates)
        di, df, dg, do = (da[..., k * H : (k + 1) * H] for k in range(4))
        dh_next, dc_next = dstate
        for t in reversed(range(T)):
            dh_t = dh[t] + dh_next
            tanh_c = np.tanh(c[t])
            do[t] = dh_t * tanh_c * o[t] * (1 - o[t])
            dc = dh_t * o[t] * (1 - tanh_c**2) + dc_next
            df[t] = dc * c[t - 1] * f[t] * (1 - f[t])
            di[t] = dc * g[t] * i[t] * (1 - i[t])
            dg[t] = dc * i[t] * (1 - g[t] ** 2)
            dc_next = dc * f[t]
            dh_next = da[t] @ W_hh
        grads = (
            {name: np.empty_like(p) for name, p in self.parameters.items()}
            if grads is None
            else grads
        )
        da_rows, h_before = (
            da.reshape(-1, 4 * H),
            np.concatenate([h[-1:], h[: T - 1]]).reshape(-1, H),
        )
        grads["weight_hh"][...] = da_rows.T @ h_before
        grads["bias"][...] = da_rows.sum(axis=0)
        dx = input_gradients(da, x, self.weight_ih, grads["weight_ih"])
        return dx, (dh_next, dc_next), grads
