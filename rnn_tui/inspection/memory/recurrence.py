"""What W_hh does to what is remembered: its spectral radius, and what tanh or the gates let pass.

The spectral radius ρ is the size of W_hh's largest eigenvalue. Near h = 0 a tanh RNN without input
is h_t = W_hh h_{t-1}: in the long run what is in h goes on as ρᵗ, and so do gradients on the way
back, which W_hhᵀ takes with the same eigenvalues. For some steps either can grow first, since an
eigenvalue is no norm. tanh multiplies by its slope 1 - h², at most 1, in both directions.

With gates W_hh is a block of rows for each, and works through them. What is remembered goes by the
gate that keeps it, at each step times f (LSTM) or z (GRU).

Source: of the radius for large matrices: Arnoldi (1951), "The principle of minimized iterations".
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.models.protocol import quietly
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.activations import SLOPES
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.names import Activation

Floats = npt.NDArray[np.float64]

EXACT = 64
"""Rows up to which all eigenvalues are worked out, in 3 ms; of 512 rows that takes 0.6 s."""
STEPS = 80
"""Of the iteration for larger ones: 7 ms for 128 rows, 14 ms for 512. On random matrices of 128 to
512 rows it is right to 4 digits, of 1,024 to 3."""


@dataclass(frozen=True, slots=True)
class Recurrence:
    """What a layer's memory goes by."""

    radii: tuple[float, ...]
    """The spectral radius of each block of W_hh: one, or one for each gate."""
    passed: float
    """What an activation lets pass of a change of h, or the keeping gate of what is kept, a step:
    the mean over the units."""
    longest: float
    """The same of the unit that lets most pass."""


def recurrence(model: CharModel, activation: Activation, layer: int, ids: IntArray) -> Recurrence:
    """Look at a layer while it reads a text from the zero state.

    Args:
        model: The network; left as it is.
        activation: Of its cells, where they have no gates.
        layer: From 0.
        ids: The text (T,), at least one symbol.
    """
    radii = tuple(spectral_radius(block) for block in blocks(model, layer))
    through = a_step(model, passed(model, activation, layer, ids))
    return Recurrence(radii, float(through.mean()), float(through.max()))


def blocks(model: CharModel, layer: int) -> list[FloatArray]:
    """Return W_hh, or of every gate its rows of it (H, H)."""
    weight_hh = model.stack.cells[layer].parameters["weight_hh"]
    return np.split(weight_hh, model.spec.blocks)


def spectral_radius(matrix: FloatArray) -> float:
    """Return the size of the largest eigenvalue; NaN where a number is not finite."""
    matrix = matrix.astype(np.float64)
    if not np.isfinite(matrix).all():
        return math.nan
    small = matrix if len(matrix) <= EXACT else _hessenberg(matrix)
    return float(np.abs(np.linalg.eigvals(small)).max())


def half_life(factor: float) -> float:
    """Return after how many steps half is left, each times this; ∞: never."""
    return math.log(0.5) / math.log(factor) if 0 < factor < 1 else 0.0 if factor <= 0 else math.inf


def _hessenberg(A: FloatArray) -> FloatArray:
    """Return a small matrix that has about the largest eigenvalues of A."""
    Q = np.zeros((STEPS + 1, len(A)))
    H = np.zeros((STEPS + 1, STEPS))
    first = np.random.default_rng(0).normal(size=len(A))
    Q[0] = first / np.linalg.norm(first)
    for k in range(STEPS):
        v = A @ Q[k]
        for _ in range(2):  # once would leave them not quite at right angles
            along = Q[: k + 1] @ v
            v -= along @ Q[: k + 1]
            H[: k + 1, k] += along
        H[k + 1, k] = np.linalg.norm(v)
        if H[k + 1, k] <= 1e-12 * np.abs(H).max():  # all that A makes of it is found
            return H[: k + 1, : k + 1]
        Q[k + 1] = v / H[k + 1, k]
    return H[:STEPS]


@quietly
def a_step(model: CharModel, through: FloatArray) -> Floats:
    """Return what each unit lets pass a step (H,), of what it does at each (T, H).

    Of a gate, whose values are multiplied on the way, that is the geometric mean.
    """
    exact = through.astype(np.float64)
    each: Floats = np.exp(np.log(exact).mean(axis=0)) if model.spec.keeps else exact.mean(axis=0)
    return each


@quietly
def passed(model: CharModel, activation: Activation, layer: int, ids: IntArray) -> FloatArray:
    """Return f'(a) of each unit, or what its keeping gate is, at each time step (T, H)."""
    below: Any = ids[:, None]
    state = model.zero_state(1)
    for cell, before in zip(model.stack.cells[: layer + 1], state, strict=False):
        below, _, cache = cell.forward(below, before)
    if model.spec.keeps:
        gate = cache.gates.each[model.spec.letters.index(model.spec.keeps)]
        return np.array([step[0] for step in gate])
    slope: FloatArray = np.empty_like(below[:, 0])
    SLOPES[activation](below[:, 0], out=slope)
    return slope
