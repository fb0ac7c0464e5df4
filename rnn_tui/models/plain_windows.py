"""Networks that look back over a stretch of symbols, as plain loops, beside `plain.py`.

One sequence of one-hot vectors x (T, V), one time step after the other, in float64. Before the
beginning there is nothing: zeros. Nothing recurs: backward goes layer by layer, and its time steps
have no order.

The program trains with `models/dense.py` and `models/cnn.py`, which do the same for a batch,
faster; the tests hold them to these lines.

Sources: Bengio et al. (2003); van den Oord et al. (2016).
"""

from typing import NamedTuple

import numpy as np

from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.plain import ByStep


class DenseRun(NamedTuple):
    """What was worked out on the way forward, for every time step."""

    x_hat: ByStep
    """The last K one-hot vectors, one after the other (K·V,)."""
    a: list[ByStep]
    h: list[ByStep]
    """Of every layer, the lowest first."""
    y: ByStep
    """Logits (V,)."""


def dense(p: Parameters, x: FloatArray, context: int, *, relu: bool = False) -> DenseRun:
    """Run the dense network; f is tanh, or ReLU."""
    layers = range(sum(name.startswith("hidden.") for name in p) // 2)
    run = DenseRun({}, [{} for _ in layers], [{} for _ in layers], {})
    for t in range(len(x)):
        past = [x[s] if s >= 0 else np.zeros_like(x[0]) for s in range(t - context + 1, t + 1)]
        h = run.x_hat[t] = np.concatenate(past)
        for n in layers:
            a = run.a[n][t] = p[f"hidden.{n}.weight"] @ h + p[f"hidden.{n}.bias"]
            h = run.h[n][t] = np.maximum(a, 0) if relu else np.tanh(a)
        run.y[t] = p["linear.weight"] @ h + p["linear.bias"]
    return run


def dense_backward(
    p: Parameters, run: DenseRun, dy: FloatArray, *, relu: bool = False
) -> Parameters:
    """Return the gradients of the parameters, from dy (T, V)."""
    d = {name: np.zeros_like(array) for name, array in p.items()}
    for t in range(len(dy)):
        d["linear.weight"] += np.outer(dy[t], run.h[-1][t])
        d["linear.bias"] += dy[t]
        dh = p["linear.weight"].T @ dy[t]
        for n in reversed(range(len(run.h))):
            a = run.a[n][t]
            da = dh * (a > 0 if relu else 1 - np.tanh(a) ** 2)
            below = run.h[n - 1][t] if n else run.x_hat[t]
            d[f"hidden.{n}.weight"] += np.outer(da, below)
            d[f"hidden.{n}.bias"] += da
            dh = p[f"hidden.{n}.weight"].T @ da
    return d


class CNNRun(NamedTuple):
    """What was worked out on the way forward, for every time step."""

    x: ByStep
    """The one-hot vectors (V,)."""
    a: list[ByStep]
    h: list[ByStep]
    """Of every layer, the lowest first."""
    y: ByStep
    """Logits (V,)."""


def cnn(p: Parameters, x: FloatArray, *, relu: bool = False) -> CNNRun:
    """Run the causal CNN; f is tanh, or ReLU."""
    layers = range(sum(name.startswith("conv.") for name in p) // 2)
    run = CNNRun(dict(enumerate(x)), [{} for _ in layers], [{} for _ in layers], {})
    for t in range(len(x)):
        for n in layers:
            W, below = p[f"conv.{n}.weight"], run.h[n - 1] if n else run.x
            a = run.a[n][t] = p[f"conv.{n}.bias"].copy()
            for j, s in taps(n, t, W.shape[2]):
                a += W[:, :, j] @ below[s]
            run.h[n][t] = (np.maximum(a, 0) if relu else np.tanh(a)) + (below[t] if n else 0)
        run.y[t] = p["linear.weight"] @ run.h[-1][t] + p["linear.bias"]
    return run


def cnn_backward(p: Parameters, run: CNNRun, dy: FloatArray, *, relu: bool = False) -> Parameters:
    """Return the gradients of the parameters, from dy (T, V)."""
    d = {name: np.zeros_like(array) for name, array in p.items()}
    dh = {t: p["linear.weight"].T @ dy[t] for t in range(len(dy))}
    for t in range(len(dy)):
        d["linear.weight"] += np.outer(dy[t], run.h[-1][t])
        d["linear.bias"] += dy[t]
    for n in reversed(range(len(run.h))):
        W, below = p[f"conv.{n}.weight"], run.h[n - 1] if n else run.x
        dbelow = {t: dh[t].copy() if n else np.zeros(W.shape[1]) for t in dh}
        for t in dh:
            a = run.a[n][t]
            da = dh[t] * (a > 0 if relu else 1 - np.tanh(a) ** 2)
            d[f"conv.{n}.bias"] += da
            for j, s in taps(n, t, W.shape[2]):
                d[f"conv.{n}.weight"][:, :, j] += np.outer(da, below[s])
                dbelow[s] += W[:, :, j].T @ da
        dh = dbelow
    return d


def taps(n: int, t: int, k: int) -> list[tuple[int, int]]:
    """Each tap j of layer n + 1, and the time step it sees at t, where there is one."""
    seen = [(j, t - (k - 1 - j) * 2**n) for j in range(k)]
    return [(j, s) for j, s in seen if s >= 0]
