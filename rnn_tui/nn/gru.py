"""The gated recurrent unit, in PyTorch's form: the reset gate comes after the product.

    r_t = σ(W_ir x_t + W_hr h_{t-1} + b_r)                        how much of the past to use
    z_t = σ(W_iz x_t + W_hz h_{t-1} + b_z)                        how much of the past to keep
    n_t = tanh(W_in x_t + b_n + r_t ⊙ (W_hn h_{t-1} + b_hn))
    h_t = (1 - z_t) ⊙ n_t + z_t ⊙ h_{t-1}

The three weight blocks lie under one another in the order r, z, n. (The paper resets before
the product, W_hn (r_t ⊙ h_{t-1}); some texts also swap the roles of z and 1 - z.) Back
through time, with a the pre-activations and m_t = W_hn h_{t-1} + b_hn:

    dn_t = dh_t ⊙ (1 - z_t)                da_n = dn_t ⊙ (1 - n_t²)
    dz_t = dh_t ⊙ (h_{t-1} - n_t)          da_z = dz_t ⊙ z_t(1 - z_t)
    dr_t = da_n ⊙ m_t                      da_r = dr_t ⊙ r_t(1 - r_t)
    dm_t = da_n ⊙ r_t
    dh_{t-1} = dh_t ⊙ z_t + W_hhᵀ (da_r, da_z, dm_t)

Source: Cho et al. (2014), "Learning Phrase Representations"; the form is that of PyTorch's
`nn.GRU`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.activations import sigmoid
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State
from rnn_tui.nn.init import uniform
from rnn_tui.nn.inputs import input_gradients, input_product


@dataclass(frozen=True, slots=True)
class GRUCache:
    """What `backward` needs to know of a sequence."""

    x: FloatArray | IntArray
    gates: FloatArray
    """(T, B, 3·H): r, z, n side by side."""
    m: FloatArray
    """(T, B, H): W_hn h_{t-1} + b_hn."""
    h: FloatArray
    """(T+1, B, H); the last row, h[-1], is the state before the first step."""


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

    def forward(self, x: FloatArray | IntArray, state: State) -> tuple[FloatArray, State, GRUCache]:
        """Return h (T, B, H), the state after the last step, and the cache; see `Cell.forward`."""
        W_ih, W_hh, b, b_hn = self.weight_ih, self.weight_hh, self.bias, self.bias_hn
        T, B, H = *x.shape[:2], self.hidden_size
        h = np.empty((T + 1, B, H), b.dtype)
        (h[-1],) = state
        m = np.empty((T, B, H), b.dtype)
        a = input_product(x, W_ih) + b
        r, z, n = (a[..., k * H : (k + 1) * H] for k in range(3))
        for t in range(T):
            product = h[t - 1] @ W_hh.T
            m[t] = product[:, 2 * H :] + b_hn
            r[t] = sigmoid(r[t] + product[:, :H])
            z[t] = sigmoid(z[t] + product[:, H : 2 * H])
            n[t] = np.tanh(n[t] + r[t] * m[t])
            h[t] = (1 - z[t]) * n[t] + z[t] * h[t - 1]
        return h[:T], (h[T - 1],), GRUCache(x, a, m, h)

    def backward(
        self, dh: FloatArray, dstate: State, cache: GRUCache, grads: Parameters | None = None
    ) -> tuple[FloatArray | None, State, Parameters]:
        """Return dx, the gradient of the state before, and the parameters'; see `Cell.backward`."""
        W_hh, x, m, h, H = self.weight_hh, cache.x, cache.m, cache.h, self.hidden_size
        T = len(dh)
        r, z, n = (cache.gates[..., k * H : (k + 1) * H] for k in range(3))
        da = np.empty_like(cache.gates)
        da_r, da_z, da_n = (da[..., k * H : (k + 1) * H] for k in range(3))
        dhh = np.empty_like(da)
        dm = dhh[..., 2 * H :]
        (dh_next,) = dstate
        for t in reversed(range(T)):
            dh_t = dh[t] + dh_next
            da_n[t] = dh_t * (1 - z[t]) * (1 - n[t] ** 2)
            da_z[t] = dh_t * (h[t - 1] - n[t]) * z[t] * (1 - z[t])
            da_r[t] = da_n[t] * m[t] * r[t] * (1 - r[t])
            dm[t] = da_n[t] * r[t]
            dhh[t, :, : 2 * H] = da[t, :, : 2 * H]
            dh_next = dh_t * z[t] + dhh[t] @ W_hh
        grads = (
            {name: np.empty_like(p) for name, p in self.parameters.items()}
            if grads is None
            else grads
        )
        h_before = np.concatenate([h[-1:], h[: T - 1]]).reshape(-1, H)
        grads["weight_hh"][...] = dhh.reshape(-1, 3 * H).T @ h_before
        grads["bias"][...] = da.reshape(-1, 3 * H).sum(axis=0)
        grads["bias_hn"][...] = dm.reshape(-1, H).sum(axis=0)
        dx = input_gradients(da, x, self.weight_ih, grads["weight_ih"])
        return dx, (dh_next,), grads
