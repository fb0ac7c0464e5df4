"""The equations as they are printed, a line each: the page to read first.

One sequence x (T, I), one time step after the other, a matrix for every gate, in float64. `h[t]` is
h_t, and `h[-1]` the state before the first time step. Backward goes from the last time step to the
first: `dh[t]` comes down from the output (or the layer above), `dh_next[t]` back from time step
t+1, and what time step t hands to the one before it is `dh_next[t - 1]`. Gradients are called d and
the name of what they belong to.

The program trains with `rnn.py`, `lstm.py` and `gru.py`, which do the same for a batch, faster; the
tests hold them to these lines.

Source: Elman (1990); Hochreiter & Schmidhuber (1997) with the forget gate of Gers et al. (2000);
Cho et al. (2014); in the form of PyTorch's `nn.RNN`, `nn.LSTM` and `nn.GRU`.
"""

from typing import NamedTuple

import numpy as np

from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State

ByStep = dict[int, FloatArray]
"""A vector for every time step t."""
Steps = dict[str, ByStep]
"""What was worked out on the way, by the name that it has in the equations."""


class Gradients(NamedTuple):
    """What backpropagation through time finds."""

    x: FloatArray
    """(T, I), for the layer below."""
    state: State
    """Of the state before the first time step."""
    parameters: Parameters
    steps: Steps
    """What was found on the way."""


def by_step(count: int) -> tuple[ByStep, ...]:
    """So many quantities of which no time step is known yet."""
    return tuple({} for _ in range(count))


def sigmoid(a: FloatArray) -> FloatArray:
    """σ(a) = 1 / (1 + e⁻ᵃ)."""
    return np.asarray(1 / (1 + np.exp(-a)))


def rnn(p: Parameters, x: FloatArray, h0: FloatArray, *, relu: bool = False) -> Steps:
    """Run the vanilla cell; f is tanh, or ReLU."""
    W_ih, W_hh, b = p["weight_ih"], p["weight_hh"], p["bias"]
    a, h = by_step(2)
    h[-1] = h0
    for t in range(len(x)):
        a[t] = W_ih @ x[t] + W_hh @ h[t - 1] + b
        h[t] = np.maximum(a[t], 0) if relu else np.tanh(a[t])
    return {"a": a, "h": h}


def rnn_backward(
    p: Parameters, x: FloatArray, run: Steps, dh: FloatArray, dstate: State, *, relu: bool = False
) -> Gradients:
    """Go back through time steps that `rnn` ran."""
    W_hh, a, h = p["weight_hh"], run["a"], run["h"]
    da, dh_next = by_step(2)
    (dh_next[len(x) - 1],) = dstate
    for t in reversed(range(len(x))):
        slope = a[t] > 0 if relu else 1 - np.tanh(a[t]) ** 2
        da[t] = (dh[t] + dh_next[t]) * slope
        dh_next[t - 1] = W_hh.T @ da[t]
    dx, dp = weight_gradients(p, x, h, da, da)
    return Gradients(dx, (dh_next[-1],), dp, {"da": da, "dh_next": dh_next})


def lstm(p: Parameters, x: FloatArray, h0: FloatArray, c0: FloatArray) -> Steps:
    """Run the long short-term memory cell."""
    W_ii, W_if, W_ig, W_io = np.split(p["weight_ih"], 4)
    W_hi, W_hf, W_hg, W_ho = np.split(p["weight_hh"], 4)
    b_i, b_f, b_g, b_o = np.split(p["bias"], 4)
    i, f, g, o, c, h = by_step(6)
    h[-1], c[-1] = h0, c0
    for t in range(len(x)):
        i[t] = sigmoid(W_ii @ x[t] + W_hi @ h[t - 1] + b_i)
        f[t] = sigmoid(W_if @ x[t] + W_hf @ h[t - 1] + b_f)
        g[t] = np.tanh(W_ig @ x[t] + W_hg @ h[t - 1] + b_g)
        o[t] = sigmoid(W_io @ x[t] + W_ho @ h[t - 1] + b_o)
        c[t] = f[t] * c[t - 1] + i[t] * g[t]
        h[t] = o[t] * np.tanh(c[t])
    return {"i": i, "f": f, "g": g, "o": o, "c": c, "h": h}


def lstm_backward(
    p: Parameters, x: FloatArray, run: Steps, dh: FloatArray, dstate: State
) -> Gradients:
    """Go back through time steps that `lstm` ran; da holds the gates i, f, g, o in this order."""
    W_hh = p["weight_hh"]
    i, f, g, o, c, h = run.values()
    da, dc, dh_next, dc_next = by_step(4)
    dh_next[len(x) - 1], dc_next[len(x) - 1] = dstate
    for t in reversed(range(len(x))):
        dh_t = dh[t] + dh_next[t]
        dc[t] = dc_next[t] + dh_t * o[t] * (1 - np.tanh(c[t]) ** 2)
        da_i = dc[t] * g[t] * i[t] * (1 - i[t])
        da_f = dc[t] * c[t - 1] * f[t] * (1 - f[t])
        da_g = dc[t] * i[t] * (1 - g[t] ** 2)
        da_o = dh_t * np.tanh(c[t]) * o[t] * (1 - o[t])
        da[t] = np.concatenate([da_i, da_f, da_g, da_o])
        dc_next[t - 1] = dc[t] * f[t]
        dh_next[t - 1] = W_hh.T @ da[t]
    dx, dp = weight_gradients(p, x, h, da, da)
    steps = {"da": da, "dc": dc, "dh_next": dh_next, "dc_next": dc_next}
    return Gradients(dx, (dh_next[-1], dc_next[-1]), dp, steps)


def gru(p: Parameters, x: FloatArray, h0: FloatArray) -> Steps:
    """Run the gated recurrent unit; the reset gate comes after the product, as in PyTorch."""
    W_ir, W_iz, W_in = np.split(p["weight_ih"], 3)
    W_hr, W_hz, W_hn = np.split(p["weight_hh"], 3)
    b_r, b_z, b_n = np.split(p["bias"], 3)
    b_hn = p["bias_hn"]
    r, z, m, n, h = by_step(5)
    h[-1] = h0
    for t in range(len(x)):
        r[t] = sigmoid(W_ir @ x[t] + W_hr @ h[t - 1] + b_r)
        z[t] = sigmoid(W_iz @ x[t] + W_hz @ h[t - 1] + b_z)
        m[t] = W_hn @ h[t - 1] + b_hn
        n[t] = np.tanh(W_in @ x[t] + b_n + r[t] * m[t])
        h[t] = (1 - z[t]) * n[t] + z[t] * h[t - 1]
    return {"r": r, "z": z, "m": m, "n": n, "h": h}


def gru_backward(
    p: Parameters, x: FloatArray, run: Steps, dh: FloatArray, dstate: State
) -> Gradients:
    """Go back through time steps that `gru` ran.

    da, which W_ih and b see, holds r, z, n in this order; dm, which W_hh sees, has m for n.
    """
    W_hh = p["weight_hh"]
    r, z, m, n, h = run.values()
    da, dm, dh_next = by_step(3)
    (dh_next[len(x) - 1],) = dstate
    for t in reversed(range(len(x))):
        dh_t = dh[t] + dh_next[t]
        da_n = dh_t * (1 - z[t]) * (1 - n[t] ** 2)
        da_z = dh_t * (h[t - 1] - n[t]) * z[t] * (1 - z[t])
        da_r = da_n * m[t] * r[t] * (1 - r[t])
        da[t] = np.concatenate([da_r, da_z, da_n])
        dm[t] = np.concatenate([da_r, da_z, da_n * r[t]])
        dh_next[t - 1] = dh_t * z[t] + W_hh.T @ dm[t]
    dx, dp = weight_gradients(p, x, h, da, dm)
    dp["bias_hn"] = np.split(np.sum(list(dm.values()), axis=0), 3)[2]
    return Gradients(dx, (dh_next[-1],), dp, {"da": da, "dm": dm, "dh_next": dh_next})


def weight_gradients(
    p: Parameters, x: FloatArray, h: ByStep, da: ByStep, dm: ByStep
) -> tuple[FloatArray, Parameters]:
    """Add up over time; of time step t, W_ih and b see da[t], and W_hh sees dm[t]."""
    T = range(len(x))
    dW_ih = np.sum([np.outer(da[t], x[t]) for t in T], axis=0)
    dW_hh = np.sum([np.outer(dm[t], h[t - 1]) for t in T], axis=0)
    db = np.sum([da[t] for t in T], axis=0)
    dx = np.array([p["weight_ih"].T @ da[t] for t in T])
    return dx, {"weight_ih": dW_ih, "weight_hh": dW_hh, "bias": db}


def output(W: FloatArray, b: FloatArray, h: FloatArray, targets: IntArray) -> Steps:
    """Logits y, probabilities p and losses in nats of every time step, and dy of their sum."""
    y, p, loss, dy = by_step(4)
    for t, target in enumerate(targets):
        y[t] = W @ h[t] + b
        p[t] = np.exp(y[t]) / np.exp(y[t]).sum()
        loss[t] = -np.log(p[t][target])
        dy[t] = p[t] - np.eye(len(b))[target]
    return {"y": y, "p": p, "loss": loss, "dy": dy}
