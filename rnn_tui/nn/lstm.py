"""The long short-term memory cell.

    i_t = σ(W_ii x_t + W_hi h_{t-1} + b_i)        how much to write
    f_t = σ(W_if x_t + W_hf h_{t-1} + b_f)        how much to keep
    g_t = tanh(W_ig x_t + W_hg h_{t-1} + b_g)     what to write
    o_t = σ(W_io x_t + W_ho h_{t-1} + b_o)        how much to show
    c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t
    h_t = o_t ⊙ tanh(c_t)

The four weight blocks lie under one another in the order i, f, g, o, so one product makes all
four pre-activations, together called a_t. Back through time, with dh_t from the output and
dh_next, dc_next from step t+1:

    dh = dh_t + dh_next
    dc = dc_next + dh ⊙ o_t ⊙ (1 - tanh²(c_t))
    da_t = (dc ⊙ g_t ⊙ i_t(1 - i_t),
            dc ⊙ c_{t-1} ⊙ f_t(1 - f_t),
            dc ⊙ i_t ⊙ (1 - g_t²),
            dh ⊙ tanh(c_t) ⊙ o_t(1 - o_t))
    dc_next = dc ⊙ f_t
    dh_next = W_hhᵀ da_t
    dW_hh = Σ_t da_t h_{t-1}ᵀ,  db = Σ_t da_t,  dW_ih = Σ_t da_t x_tᵀ

In memory vectors are rows, so W x reads x Wᵀ below (`buffers.py`).

Source: Hochreiter & Schmidhuber (1997); forget gate: Gers et al. (2000); the form is that of
PyTorch's `nn.LSTM`.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.activations import ONE, TWO, sigmoid_slope, tanh_for, tanh_slope
from rnn_tui.nn.buffers import Gates, States, Steps, as_rows, by_gate
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State
from rnn_tui.nn.init import Luck, room_for, uniform
from rnn_tui.nn.inputs import Inputs


class LSTMCache:
    """What `backward` needs to know of a sequence, and the arrays that both work in."""

    def __init__(self, T: int, B: int, H: int, dtype: npt.DTypeLike, *, keep: bool) -> None:
        self.sizes = T, B, keep
        self.h = States(T, B, H, dtype=dtype)
        self.c = States(T, B, H, dtype=dtype, keep=keep)
        self.tanh_c = Steps(T, B, H, dtype=dtype, keep=keep)
        self.a = np.empty((B, 4 * H), dtype)
        self.a_by_gate = by_gate(self.a, 4)
        """a_t of the time step at hand, and the same as (4, B, H)."""
        self.gates = Gates(T, 4, B, H, dtype=dtype, keep=keep)
        """i, f, g, o."""
        self.scale = np.full((B, 4 * H), -1, dtype)
        self.scale[:, 2 * H : 3 * H] = -2
        """-1 for σ and -2 for tanh: see `LSTM.forward`."""
        self.slopes = Gates(T, 4, B, H, dtype=dtype, keep=keep)
        self.dh_dc = Steps(T, B, H, dtype=dtype, keep=keep)
        """See `local_slopes`."""
        self.da = Steps(T, B, 4 * H, dtype=dtype)
        self.da_by_gate = list(by_gate(self.da.array, 4))
        self.inputs = Inputs(self.da)
        self.scratch = np.empty((B, H), dtype)


class LSTM:
    """c_t = f_t ⊙ c_{t-1} + i_t ⊙ g_t and h_t = o_t ⊙ tanh(c_t)."""

    def __init__(
        self,
        input_size: int,
        hidden_size: int,
        *,
        dtype: npt.DTypeLike = np.float32,
        rng: Luck,
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

    @np.errstate(over="ignore")  # e⁻ᵃ may become ∞: then σ(a) = 1 / (1 + ∞) = 0, as it should
    def forward(
        self,
        x: FloatArray | IntArray,
        state: State,
        cache: LSTMCache | None = None,
        *,
        keep: bool = True,
    ) -> tuple[FloatArray, State, LSTMCache]:
        """Return h (T, B, H), the state (h, c) after the last step, and the cache."""
        W_ih, W_hhT, b, (T, B) = self.weight_ih, self.weight_hh.T, self.bias, x.shape[:2]
        if cache is None or cache.sizes != (T, B, keep):
            cache = LSTMCache(T, B, self.hidden_size, b.dtype, keep=keep)
        h, c, tanh_c = cache.h.steps, cache.c.steps, cache.tanh_c.steps
        a, gates, (i, f, g, o) = cache.a, cache.gates.steps, cache.gates.each
        scale, ig, tanh = cache.scale, cache.scratch, tanh_for(B * self.hidden_size)
        h[-1][...], c[-1][...] = state
        for t, a_t in enumerate(cache.inputs.product(x, W_ih, b)):
            # i[t], f[t], g[t], o[t] = σ, σ, tanh, σ of x[t] @ W_ih.T + h[t - 1] @ W_hh.T + b,
            # all at once, since σ(a) = 1 / (1 + e⁻ᵃ) and tanh(a) = 2·σ(2·a) - 1
            h[t - 1].dot(W_hhT, out=a)
            a += a_t
            a *= scale  # -a, and -2·a for g
            np.exp(a, out=a)
            a += ONE
            np.reciprocal(cache.a_by_gate, out=gates[t])
            g[t] *= TWO
            g[t] -= ONE
            # c[t] = f[t] * c[t - 1] + i[t] * g[t]
            np.multiply(f[t], c[t - 1], out=c[t])
            np.multiply(i[t], g[t], out=ig)
            c[t] += ig
            # h[t] = o[t] * tanh(c[t])
            tanh(c[t], out=tanh_c[t])
            np.multiply(o[t], tanh_c[t], out=h[t])
        return cache.h.after, (h[T - 1], c[T - 1]), cache

    def backward(
        self, dh: FloatArray, dstate: State, cache: LSTMCache, grads: Parameters | None = None
    ) -> tuple[FloatArray | None, State, Parameters]:
        """Return dx, the gradient of the state before, and the parameters'; see `Cell.backward`."""
        W_hh, (_, f, _, _), through_h = self.weight_hh, cache.gates.each, cache.scratch
        local_slopes(cache)
        dh_dc, slopes = cache.dh_dc.steps, cache.slopes.steps
        da, da_by_gate = cache.da.steps, cache.da_by_gate
        dh_next, dc_next = (d.copy() for d in dstate)
        for t in reversed(range(len(dh))):
            # dh = dh[t] + dh_next
            dh_next += dh[t]
            # dc = dc_next + dh * o[t] * (1 - tanh(c[t]) ** 2)
            np.multiply(dh_next, dh_dc[t], out=through_h)
            dc_next += through_h
            # da[t] = dc * g[t] * i[t] * (1 - i[t]), dc * …, dc * …, dh * tanh(c[t]) * …
            np.multiply(slopes[t][:3], dc_next, out=da_by_gate[t][:3])
            np.multiply(slopes[t][3], dh_next, out=da_by_gate[t][3])
            # dc_next = dc * f[t]
            dc_next *= f[t]
            # dh_next = da[t] @ W_hh
            da[t].dot(W_hh, out=dh_next)
        grads = grads or room_for(self.parameters)
        as_rows(cache.da.array).T.dot(as_rows(cache.h.before), out=grads["weight_hh"])
        dx = cache.inputs.gradients(self.weight_ih, grads["weight_ih"], grads["bias"])
        return dx, (dh_next, dc_next), grads


def local_slopes(cache: LSTMCache) -> None:
    """Fill in what does not recur, for all t: da as if dc and dh were 1, and ∂h_t/∂c_t."""
    gates, tanh_c, dh_dc = cache.gates.array, cache.tanh_c.array, cache.dh_dc.array
    (i, _, g, o), (da_i, da_f, da_g, da_o) = gates.swapaxes(0, 1), cache.slopes.array.swapaxes(0, 1)
    sigmoid_slope(gates, out=cache.slopes.array)
    # da_i = g[t] * i[t] * (1 - i[t])
    da_i *= g
    # da_f = c[t - 1] * f[t] * (1 - f[t])
    da_f *= cache.c.before
    # da_g = i[t] * (1 - g[t] ** 2)
    tanh_slope(g, out=da_g)
    da_g *= i
    # da_o = tanh(c[t]) * o[t] * (1 - o[t])
    da_o *= tanh_c
    # dh_dc = o[t] * (1 - tanh(c[t]) ** 2)
    tanh_slope(tanh_c, out=dh_dc)
    dh_dc *= o
