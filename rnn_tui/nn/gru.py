"""The gated recurrent unit, in PyTorch's form: the reset gate comes after the product.

    r_t = σ(W_ir x_t + W_hr h_{t-1} + b_r)                        how much of the past to use
    z_t = σ(W_iz x_t + W_hz h_{t-1} + b_z)                        how much of the past to keep
    n_t = tanh(W_in x_t + b_n + r_t ⊙ (W_hn h_{t-1} + b_hn))
    h_t = (1 - z_t) ⊙ n_t + z_t ⊙ h_{t-1}

The three weight blocks lie under one another in the order r, z, n. (The paper resets before
the product, W_hn (r_t ⊙ h_{t-1}); some texts also swap the roles of z and 1 - z.) Back through
time, with dh_t from the output, dh_next from step t+1 and m_t = W_hn h_{t-1} + b_hn:

    dh = dh_t + dh_next
    da_n = dh ⊙ (1 - z_t) ⊙ (1 - n_t²)
    da_z = dh ⊙ (h_{t-1} - n_t) ⊙ z_t(1 - z_t)
    dm = da_n ⊙ r_t
    da_r = da_n ⊙ m_t ⊙ r_t(1 - r_t)
    dh_next = dh ⊙ z_t + W_hhᵀ (da_r, da_z, dm)
    dW_hh = Σ_t (da_r, da_z, dm) h_{t-1}ᵀ,  db_hn = Σ_t dm
    db = Σ_t (da_r, da_z, da_n),  dW_ih = Σ_t (da_r, da_z, da_n) x_tᵀ

In memory vectors are rows, so W x reads x Wᵀ below (`buffers.py`).

Source: Cho et al. (2014), "Learning Phrase Representations using RNN Encoder-Decoder"; the form
is that of PyTorch's `nn.GRU`.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.activations import sigmoid, sigmoid_slope, tanh_for, tanh_slope
from rnn_tui.nn.buffers import Gates, States, Steps, as_rows, by_gate, by_step, sum_of_rows
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State
from rnn_tui.nn.init import Luck, room_for, uniform
from rnn_tui.nn.inputs import Inputs


class GRUCache:
    """What `backward` needs to know of a sequence, and the arrays that both work in."""

    def __init__(self, T: int, B: int, H: int, dtype: npt.DTypeLike, *, keep: bool) -> None:
        self.sizes = T, B, keep
        self.h = States(T, B, H, dtype=dtype)
        self.m = Steps(T, B, H, dtype=dtype, keep=keep)
        """W_hn h_{t-1} + b_hn."""
        self.a = np.empty((B, 3 * H), dtype)
        """W_hh h_{t-1} of the time step at hand."""
        self.gates = Gates(T, 3, B, H, dtype=dtype, keep=keep)
        """r, z, n."""
        self.rz = by_step(self.gates.array[:, :2], T)
        self.slopes = Gates(T, 2, B, H, dtype=dtype, keep=keep)
        self.da_n = Steps(T, B, H, dtype=dtype, keep=keep)
        """See `local_slopes`."""
        self.da = Steps(T, B, 3 * H, dtype=dtype)
        """da_r, da_z, dm: what the three blocks of W_hh see."""
        self.da_rzm = tuple(map(list, by_gate(self.da.array, 3).swapaxes(0, 1)))
        self.inputs = Inputs(self.da)
        self.scratch = np.empty((B, H), dtype)


class GRU:
    """h_t = (1 - z_t) ⊙ n_t + z_t ⊙ h_{t-1}."""

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
        self.weight_ih = uniform(rng, (3 * hidden_size, input_size), bound, dtype)
        self.weight_hh = uniform(rng, (3 * hidden_size, hidden_size), bound, dtype)
        self.bias = uniform(rng, (3 * hidden_size,), bound, dtype)
        self.bias_hn = uniform(rng, (hidden_size,), bound, dtype)

    @property
    def parameters(self) -> Parameters:
        """W_ih (3·H, I), W_hh (3·H, H), b (3·H), b_hn (H); blocks r, z, n."""
        return {
            "weight_ih": self.weight_ih,
            "weight_hh": self.weight_hh,
            "bias": self.bias,
            "bias_hn": self.bias_hn,
        }

    def zero_state(self, batch_size: int) -> State:
        """h₀ = 0, (B, H)."""
        return (np.zeros((batch_size, self.hidden_size), self.bias.dtype),)

    @np.errstate(over="ignore")  # see `sigmoid`
    def forward(
        self,
        x: FloatArray | IntArray,
        state: State,
        cache: GRUCache | None = None,
        *,
        keep: bool = True,
    ) -> tuple[FloatArray, State, GRUCache]:
        """Return h (T, B, H), the state after the last step, and the cache; see `Cell.forward`."""
        W_ih, W_hhT, b, (T, B) = self.weight_ih, self.weight_hh.T, self.bias, x.shape[:2]
        H, b_hn = self.hidden_size, self.bias_hn
        if cache is None or cache.sizes != (T, B, keep):
            cache = GRUCache(T, B, H, b.dtype, keep=keep)
        h, m, tanh = cache.h.steps, cache.m.steps, tanh_for(B * H)
        rz, (r, z, n) = cache.rz, cache.gates.each
        a, a_rz, a_n = cache.a, cache.a[:, : 2 * H], cache.a[:, 2 * H :]
        a_r_a_z = by_gate(a_rz, 2)
        h[-1][...] = state[0]
        for t, a_t in enumerate(cache.inputs.product(x, W_ih, b)):
            h[t - 1].dot(W_hhT, out=a)
            # m[t] = h[t - 1] @ W_hn.T + b_hn
            np.add(a_n, b_hn, out=m[t])
            # r[t], z[t] = σ(x[t] @ W_ih.T + h[t - 1] @ W_hh.T + b), both at once
            a_rz += a_t[:, : 2 * H]
            sigmoid(a_r_a_z, out=rz[t])
            # n[t] = tanh(x[t] @ W_in.T + b_n + r[t] * m[t])
            np.multiply(r[t], m[t], out=n[t])
            n[t] += a_t[:, 2 * H :]
            tanh(n[t], out=n[t])
            # h[t] = (1 - z[t]) * n[t] + z[t] * h[t - 1], that is n[t] + z[t] * (h[t - 1] - n[t])
            np.subtract(h[t - 1], n[t], out=h[t])
            h[t] *= z[t]
            h[t] += n[t]
        return cache.h.after, (h[T - 1],), cache

    def backward(
        self, dh: FloatArray, dstate: State, cache: GRUCache, grads: Parameters | None = None
    ) -> tuple[FloatArray | None, State, Parameters]:
        """Return dx, the gradient of the state before, and the parameters'; see `Cell.backward`."""
        W_hh, (r, z, _), dh_straight = self.weight_hh, cache.gates.each, cache.scratch
        local_slopes(cache)
        (slope_r, slope_z), da_n = cache.slopes.each, cache.da_n.steps
        da, (da_r, da_z, dm) = cache.da.steps, cache.da_rzm
        dh_next = dstate[0].copy()
        for t in reversed(range(len(dh))):
            # dh = dh[t] + dh_next
            dh_next += dh[t]
            # da_z[t] = dh * (h[t - 1] - n[t]) * z[t] * (1 - z[t])
            np.multiply(slope_z[t], dh_next, out=da_z[t])
            # da_n[t] = dh * (1 - z[t]) * (1 - n[t] ** 2), where dh * (1 - z[t]) = dh - dh * z[t]
            np.multiply(dh_next, z[t], out=dh_straight)
            dh_next -= dh_straight
            da_n[t] *= dh_next
            # dm[t] = da_n[t] * r[t]
            np.multiply(da_n[t], r[t], out=dm[t])
            # da_r[t] = da_n[t] * m[t] * r[t] * (1 - r[t])
            np.multiply(slope_r[t], da_n[t], out=da_r[t])
            # dh_next = dh * z[t] + (da_r[t], da_z[t], dm[t]) @ W_hh
            da[t].dot(W_hh, out=dh_next)
            dh_next += dh_straight
        grads = grads or room_for(self.parameters)
        da_rows, block_n = as_rows(cache.da.array), slice(2 * self.hidden_size, None)
        da_rows.T.dot(as_rows(cache.h.before), out=grads["weight_hh"])
        sum_of_rows(da_rows, out=grads["bias"])
        grads["bias_hn"][...] = grads["bias"][block_n]
        # What W_ih sees is the same, but da_n in the place of dm.
        da_rows[:, block_n] = as_rows(cache.da_n.array)
        dx = cache.inputs.gradients(self.weight_ih, grads["weight_ih"], grads["bias"])
        return dx, (dh_next,), grads


def local_slopes(cache: GRUCache) -> None:
    """Fill in what does not recur, for all t: da as if dh, da_n and dh ⊙ (1 - z_t) were 1."""
    n, da_n, slopes = cache.gates.array[:, 2], cache.da_n.array, cache.slopes.array
    da_r, da_z = slopes.swapaxes(0, 1)
    sigmoid_slope(cache.gates.array[:, :2], out=slopes)
    # da_r = m[t] * r[t] * (1 - r[t])
    da_r *= cache.m.array
    # da_z = (h[t - 1] - n[t]) * z[t] * (1 - z[t])
    np.subtract(cache.h.before, n, out=da_n)
    da_z *= da_n
    # da_n = 1 - n[t] ** 2
    tanh_slope(n, out=da_n)
