"""Cells and random sequences to put through them; all sizes differ, so no axis can be mixed up."""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import Cell
from rnn_tui.nn.gru import GRU
from rnn_tui.nn.lstm import LSTM
from rnn_tui.nn.names import Activation
from rnn_tui.nn.rnn import RNN
from tests.nn import oracle
from tests.nn.oracle import Answer, Array

NAMES = ("rnn-tanh", "rnn-relu", "lstm", "gru")


def make(
    name: str,
    input_size: int,
    hidden_size: int,
    dtype: npt.DTypeLike = np.float64,
    seed: int = 1,
) -> Any:
    rng = np.random.default_rng(seed)
    if name == "lstm":
        return LSTM(input_size, hidden_size, dtype=dtype, rng=rng)
    if name == "gru":
        return GRU(input_size, hidden_size, dtype=dtype, rng=rng)
    return RNN(
        input_size, hidden_size, cast(Activation, name.removeprefix("rnn-")), dtype=dtype, rng=rng
    )


@dataclass
class Sequence:
    """Everything that goes into a cell: inputs, states, and gradients from above."""

    x: Array
    state: tuple[Array, ...]
    dh: Array
    dstate: tuple[Array, ...]


def sequence(
    cell: Cell, T: int, B: int, dtype: npt.DTypeLike = np.float64, seed: int = 2
) -> Sequence:
    rng = np.random.default_rng(seed)

    def numbers(*shape: int) -> Array:
        return rng.normal(0, 0.7, shape).astype(dtype)

    states = [numbers(B, cell.hidden_size) for _ in range(2 * len(cell.zero_state(B)))]
    half = len(states) // 2
    return Sequence(
        numbers(T, B, cell.input_size),
        tuple(states[:half]),
        numbers(T, B, cell.hidden_size),
        tuple(states[half:]),
    )


def truth(name: str, cell: Cell, s: Sequence) -> Answer:
    """What the plain equations say of the same sequence."""
    return oracle.batch(name, cell.parameters, s.x, s.state, s.dh, s.dstate)


def run(cell: Cell, s: Sequence) -> Answer:
    """The cell's own answer, in their form."""
    h, state, cache = cell.forward(s.x, s.state)
    dx, dstate, grads = cell.backward(s.dh, s.dstate, cache)
    return {"h": h, "state": state, "dx": dx, "dstate": dstate, "grads": grads}


def leaves(tree: Any, name: str = "") -> list[tuple[str, Array]]:
    """All arrays of an answer with their names."""
    if isinstance(tree, dict):
        return [leaf for key in tree for leaf in leaves(tree[key], f"{name}.{key}")]
    if isinstance(tree, tuple):
        return [leaf for k, one in enumerate(tree) for leaf in leaves(one, f"{name}.{k}")]
    return [(name, tree)]


def assert_same(answer: Any, expected: Any, tolerance: float) -> None:
    """Every array agrees to `tolerance`, relative to the array's largest element."""
    for (name, a), (other, e) in zip(leaves(answer), leaves(expected), strict=True):
        assert name == other
        assert a.shape == e.shape, name
        worst = float(np.abs(a - e).max() / max(1.0, float(np.abs(e).max())))
        assert worst <= tolerance, f"{name}: off by {worst}"
