"""The equations once more, as plainly as they can be written: the truth the cells are held to.

One sequence, one time step after the other, column vectors, a matrix for every gate, float64,
no buffer and no trick. Every function runs forward, then walks back, and returns a dictionary
with h, the last and the first state's values and gradients, the gradients of the weights, and
"open": what was found on the way, by name and time step.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Arrays = dict[str, Array]
Answer = dict[str, Any]


def sigma(a: Array) -> Array:
    return 1 / (1 + np.exp(-a))


def split(stacked: Array, gates: int) -> list[Array]:
    return np.split(np.asarray(stacked, np.float64), gates)


def rnn(p: Arrays, x: Array, h0: Array, dh: Array, dh_last: Array, activation: str) -> Answer:
    W_ih, W_hh, b = p["weight_ih"], p["weight_hh"], p["bias"]
    f = {"tanh": np.tanh, "relu": lambda a: np.maximum(a, 0)}[activation]
    slope = {"tanh": lambda a: 1 - np.tanh(a) ** 2, "relu": lambda a: (a > 0) * 1.0}[activation]
    a, h, das, future = {}, {-1: h0}, {}, {}
    for t in range(len(x)):
        a[t] = W_ih @ x[t] + W_hh @ h[t - 1] + b
        h[t] = f(a[t])
    dW_ih, dW_hh, db = np.zeros_like(W_ih), np.zeros_like(W_hh), np.zeros_like(b)
    dx, dh_next = np.zeros_like(x), dh_last
    for t in reversed(range(len(x))):
        das[t] = da = (dh[t] + dh_next) * slope(a[t])
        future[t] = dh_next
        dW_ih += np.outer(da, x[t])
        dW_hh += np.outer(da, h[t - 1])
        db += da
        dx[t] = W_ih.T @ da
        dh_next = W_hh.T @ da
    return {
        "h": np.array([h[t] for t in range(len(x))]),
        "state": (h[len(x) - 1],),
        "dx": dx,
        "dstate": (dh_next,),
        "grads": {"weight_ih": dW_ih, "weight_hh": dW_hh, "bias": db},
        "open": {"a": a, "h": h, "da": das, "dh_future": future},
    }


def lstm(
    p: Arrays, x: Array, h0: Array, c0: Array, dh: Array, dh_last: Array, dc_last: Array
) -> Answer:
    W_ii, W_if, W_ig, W_io = split(p["weight_ih"], 4)
    W_hi, W_hf, W_hg, W_ho = split(p["weight_hh"], 4)
    b_i, b_f, b_g, b_o = split(p["bias"], 4)
    i, f, g, o, c, h = {}, {}, {}, {}, {-1: c0}, {-1: h0}
    das, dcs, future, dc_past = {}, {}, {}, {}
    for t in range(len(x)):
        i[t] = sigma(W_ii @ x[t] + W_hi @ h[t - 1] + b_i)
        f[t] = sigma(W_if @ x[t] + W_hf @ h[t - 1] + b_f)
        g[t] = np.tanh(W_ig @ x[t] + W_hg @ h[t - 1] + b_g)
        o[t] = sigma(W_io @ x[t] + W_ho @ h[t - 1] + b_o)
        c[t] = f[t] * c[t - 1] + i[t] * g[t]
        h[t] = o[t] * np.tanh(c[t])
    dW_ih, dW_hh, db = (np.zeros_like(p[name]) for name in ("weight_ih", "weight_hh", "bias"))
    dx, dh_next, dc_next = np.zeros_like(x), dh_last, dc_last
    for t in reversed(range(len(x))):
        dh_t = dh[t] + dh_next
        dc = dc_next + dh_t * o[t] * (1 - np.tanh(c[t]) ** 2)
        da_i = dc * g[t] * i[t] * (1 - i[t])
        da_f = dc * c[t - 1] * f[t] * (1 - f[t])
        da_g = dc * i[t] * (1 - g[t] ** 2)
        da_o = dh_t * np.tanh(c[t]) * o[t] * (1 - o[t])
        das[t] = da = np.concatenate([da_i, da_f, da_g, da_o])
        dcs[t], future[t], dc_past[t] = dc, dh_next, dc * f[t]
        dW_ih += np.outer(da, x[t])
        dW_hh += np.outer(da, h[t - 1])
        db += da
        dx[t] = W_ii.T @ da_i + W_if.T @ da_f + W_ig.T @ da_g + W_io.T @ da_o
        dh_next = W_hi.T @ da_i + W_hf.T @ da_f + W_hg.T @ da_g + W_ho.T @ da_o
        dc_next = dc * f[t]
    return {
        "h": np.array([h[t] for t in range(len(x))]),
        "state": (h[len(x) - 1], c[len(x) - 1]),
        "dx": dx,
        "dstate": (dh_next, dc_next),
        "grads": {"weight_ih": dW_ih, "weight_hh": dW_hh, "bias": db},
        "open": {
            **{"i": i, "f": f, "g": g, "o": o, "c": c, "h": h},
            **{"da": das, "dc": dcs, "dh_future": future, "dc_past": dc_past},
        },
    }


def gru(p: Arrays, x: Array, h0: Array, dh: Array, dh_last: Array) -> Answer:
    W_ir, W_iz, W_in = split(p["weight_ih"], 3)
    W_hr, W_hz, W_hn = split(p["weight_hh"], 3)
    b_r, b_z, b_n = split(p["bias"], 3)
    b_hn = p["bias_hn"]
    r, z, n, h = {}, {}, {}, {-1: h0}
    das, dms, future = {}, {}, {}
    for t in range(len(x)):
        r[t] = sigma(W_ir @ x[t] + W_hr @ h[t - 1] + b_r)
        z[t] = sigma(W_iz @ x[t] + W_hz @ h[t - 1] + b_z)
        n[t] = np.tanh(W_in @ x[t] + b_n + r[t] * (W_hn @ h[t - 1] + b_hn))
        h[t] = (1 - z[t]) * n[t] + z[t] * h[t - 1]
    grads = {name: np.zeros_like(array) for name, array in p.items()}
    dx, dh_next = np.zeros_like(x), dh_last
    for t in reversed(range(len(x))):
        dh_t = dh[t] + dh_next
        da_n = dh_t * (1 - z[t]) * (1 - n[t] ** 2)
        da_z = dh_t * (h[t - 1] - n[t]) * z[t] * (1 - z[t])
        da_r = da_n * (W_hn @ h[t - 1] + b_hn) * r[t] * (1 - r[t])
        dm = da_n * r[t]
        das[t], future[t] = np.concatenate([da_r, da_z, da_n]), dh_next
        dms[t] = np.concatenate([da_r, da_z, dm])
        grads["weight_ih"] += np.outer(np.concatenate([da_r, da_z, da_n]), x[t])
        grads["weight_hh"] += np.outer(np.concatenate([da_r, da_z, dm]), h[t - 1])
        grads["bias"] += np.concatenate([da_r, da_z, da_n])
        grads["bias_hn"] += dm
        dx[t] = W_ir.T @ da_r + W_iz.T @ da_z + W_in.T @ da_n
        dh_next = dh_t * z[t] + W_hr.T @ da_r + W_hz.T @ da_z + W_hn.T @ dm
    return {
        "h": np.array([h[t] for t in range(len(x))]),
        "state": (h[len(x) - 1],),
        "dx": dx,
        "dstate": (dh_next,),
        "grads": grads,
        "open": {"r": r, "z": z, "n": n, "h": h, "da": das, "dm": dms, "dh_future": future},
    }


def batch(
    one: Callable[..., Answer],
    p: Arrays,
    x: Array,
    state: tuple[Array, ...],
    dh: Array,
    dstate: tuple[Array, ...],
    *options: str,
) -> Answer:
    """Run every sequence of a batch by itself; weights' gradients add up."""
    p = {name: array.astype(np.float64) for name, array in p.items()}
    x, dh = x.astype(np.float64), dh.astype(np.float64)
    columns = [
        one(
            p,
            x[:, b],
            *(s[b].astype(np.float64) for s in state),
            dh[:, b],
            *(s[b].astype(np.float64) for s in dstate),
            *options,
        )
        for b in range(x.shape[1])
    ]
    return {
        "h": np.stack([c["h"] for c in columns], axis=1),
        "state": tuple(np.stack(s) for s in zip(*(c["state"] for c in columns), strict=True)),
        "dx": np.stack([c["dx"] for c in columns], axis=1),
        "dstate": tuple(np.stack(s) for s in zip(*(c["dstate"] for c in columns), strict=True)),
        "grads": {name: sum(c["grads"][name] for c in columns) for name in p},
    }
