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

Source: Cho et al. (2014), "Learning Phrase Representations using RNN Encoder-Decoder"; the form
is that of PyTorch's `nn.GRU`.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.activations import ONE, sigmoid, sigmoid_slope, tanh_slope
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State
from rnn_tui.nn.columns import Hidden, Steps, as_steps, by_step, product
from rnn_tui.nn.init import room_for, uniform
from rnn_tui.nn.inputs import Inputs


class GRUCache:
    """What `backward` needs to know of a sequence, and the arrays that both work in."""

    def __init__(self, T: int, B: int, H: int, dtype: npt.DTypeLike, *, keep: bool) -> None:
        self.sizes = T, B, keep
        self.inputs = Inputs(T, B, 3 * H, dtype)
        self.a = Steps(T, B, 3 * H, dtype, keep=keep)
        self.gates = self.a.array
        """r, z, n under one another."""
        self.rzn = tuple(by_step(gate, T) for gate in split(self.gates))
        """One by one, each indexed by t."""
        self.rz = by_step(self.gates[:, : 2 * H], T)
        self.m = Steps(T, B, H, dtype, keep=keep)
        """W_hn h_{t-1} + b_hn."""
        self.h = Hidden(T, B, H, dtype)
        self.dh, self.da_n, self.da = (
            Steps(T, B, rows, dtype, keep=keep) for rows in (H, H, 3 * H)
        )
        """da_r, da_z, dm: what the three blocks of W_hh see."""
        self.da_rzm = tuple(list(part) for part in split(self.da.array))
        self.dm_columns = np.empty((H, T * B if keep else 0), dtype)
        self.product = np.empty((H, B), dtype)


def split(stacked: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The parts r, z, n of (T, 3·H, B), each (T, H, B)."""
    H = stacked.shape[1] // 3
    return stacked[:, :H], stacked[:, H : 2 * H], stacked[:, 2 * H :]


class GRU:
    """h_t = (1 - z_t) ⊙ n_t + z_t ⊙ h_{t-1}."""

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
        W_ih, W_hh, b, (T, B) = self.weight_ih, self.weight_hh, self.bias, x.shape[:2]
        H, b_hn = self.hidden_size, self.bias_hn[:, None]
        if cache is None or cache.sizes != (T, B, keep):
            cache = GRUCache(T, B, H, b.dtype, keep=keep)
        gates, (r, z, n), rz = cache.a.steps, cache.rzn, cache.rz
        m, h = cache.m.steps, cache.h.steps
        h[-1][...] = state[0].T
        for t, a_t in enumerate(cache.inputs.product(x, W_ih, b)):
            W_hh.dot(h[t - 1], out=gates[t])
            # m[t] = W_hn @ h[t - 1] + b_hn
            np.add(n[t], b_hn, out=m[t])
            # r[t], z[t] = σ(W_ih @ x[t] + W_hh @ h[t - 1] + b), both at once
            rz[t] += a_t[: 2 * H]
            sigmoid(rz[t], out=rz[t])
            # n[t] = tanh(W_in @ x[t] + b_n + r[t] * m[t])
            np.multiply(r[t], m[t], out=n[t])
            n[t] += a_t[2 * H :]
            np.tanh(n[t], out=n[t])
            # h[t] = (1 - z[t]) * n[t] + z[t] * h[t - 1], that is n[t] + z[t] * (h[t - 1] - n[t])
            np.subtract(h[t - 1], n[t], out=h[t])
            h[t] *= z[t]
            h[t] += n[t]
        return cache.h.sequence(), (h[T - 1].T,), cache

    def backward(
        self, dh: FloatArray, dstate: State, cache: GRUCache, grads: Parameters | None = None
    ) -> tuple[FloatArray | None, State, Parameters]:
        """Return dx, the gradient of the state before, and the parameters'; see `Cell.backward`."""
        W_hhT, (r, z, _), through_a = self.weight_hh.T, cache.rzn, cache.product
        cache.dh.array[...] = dh.transpose(0, 2, 1)
        local_slopes(cache)
        dh_above, da_n = cache.dh.steps, cache.da_n.steps
        da, (da_r, da_z, dm) = cache.da.steps, cache.da_rzm
        dh_next = np.array(dstate[0].T, order="C")
        for t in reversed(range(len(dh))):
            # dh = dh[t] + dh_next
            dh_next += dh_above[t]
            # da_n[t] = dh * (1 - z[t]) * (1 - n[t] ** 2)
            da_n[t] *= dh_next
            # da_z[t] = dh * (h[t - 1] - n[t]) * z[t] * (1 - z[t])
            da_z[t] *= dh_next
            # dm[t] = da_n[t] * r[t]
            np.multiply(da_n[t], r[t], out=dm[t])
            # da_r[t] = da_n[t] * m[t] * r[t] * (1 - r[t])
            da_r[t] *= da_n[t]
            # dh_next = dh * z[t] + W_hh.T @ (da_r[t], da_z[t], dm[t])
            W_hhT.dot(da[t], out=through_a)
            dh_next *= z[t]
            dh_next += through_a
        grads = grads or room_for(self.parameters)
        self._weight_gradients(cache, grads)
        dx = cache.inputs.gradients(self.weight_ih, grads["weight_ih"], grads["bias"])
        return dx, (dh_next.T,), grads

    def _weight_gradients(self, cache: GRUCache, grads: Parameters) -> None:
        """dW_hh = Σ_t (da_r, da_z, dm) h_{t-1}ᵀ, db_hn = Σ_t dm; leave da for W_ih."""
        H, columns, dm_columns = self.hidden_size, cache.inputs.columns, cache.dm_columns
        h_before, dW_hh = cache.h.before_columns.T, grads["weight_hh"]
        cache.inputs.steps[:, : 2 * H] = cache.da.array[:, : 2 * H]
        cache.inputs.steps[:, 2 * H :] = cache.da_n.array
        as_steps(dm_columns, len(cache.m.array))[...] = cache.da.array[:, 2 * H :]
        product(columns[: 2 * H], h_before, out=dW_hh[: 2 * H])
        product(dm_columns, h_before, out=dW_hh[2 * H :])
        np.add.reduce(dm_columns, axis=1, out=grads["bias_hn"])


def local_slopes(cache: GRUCache) -> None:
    """What does not recur, for all time steps: da as if dh and da_n were 1."""
    da, da_n = cache.da.array, cache.da_n.array
    H, (_, z, n), (da_r, da_z, one_minus_z) = da_n.shape[1], split(cache.gates), split(da)
    sigmoid_slope(cache.gates[:, : 2 * H], out=da[:, : 2 * H])
    # da_r = m[t] * r[t] * (1 - r[t])
    da_r *= cache.m.array
    # da_z = (h[t - 1] - n[t]) * z[t] * (1 - z[t])
    np.subtract(cache.h.before, n, out=da_n)
    da_z *= da_n
    # da_n = (1 - z[t]) * (1 - n[t] ** 2)
    np.subtract(ONE, z, out=one_minus_z)
    tanh_slope(n, out=da_n)
    da_n *= one_minus_z
