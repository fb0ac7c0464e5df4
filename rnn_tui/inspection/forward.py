"""What every layer does in one time step of one sequence.

The cells themselves run, on a window of one time step. Only the terms of the sum under the
activation, which the cells add up in one go, are written out here, to be looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from rnn_tui.models.protocol import ModelState, copied, part_of
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.cell import Cell, FloatArray, IntArray, Parameters, State
from rnn_tui.nn.cell_spec import CellSpec
from rnn_tui.nn.loss import log_softmax, softmax

L = TypeVar("L")

Touch = Callable[[int, State, Parameters], None]
"""Writes over a layer's state after a time step, given its number and its gates."""


@dataclass(frozen=True, eq=False, slots=True)
class LayerForward:
    """One layer in one time step; G is 1 for the RNN, 4 for the LSTM, 3 for the GRU."""

    from_input: FloatArray
    """W_ih x_t (G·H,)."""
    from_past: FloatArray
    """W_hh h_{t-1} (G·H,); the GRU's last third with b_hn."""
    a: FloatArray
    """What goes into the activations (G·H,); NaN where the cell's description does not tell."""
    gates: dict[str, FloatArray]
    """i f g o or r z n, each (H,); none for the RNN."""
    h_before: FloatArray
    h: FloatArray
    c_before: FloatArray | None
    """The LSTM's cell state."""
    c: FloatArray | None


@dataclass(frozen=True, eq=False, slots=True)
class ForwardStep(Generic[L]):
    """One time step, from the symbol read to what it cost; L is a layer, laid open."""

    input: int
    target: int | None
    """None: nothing is known to come next."""
    layers: tuple[L, ...]
    """Bottom first."""
    logits: FloatArray
    """(V,)"""
    probs: FloatArray
    loss: float
    """-ln of the target's probability; NaN without a target."""


def forward_step(
    model: CharModel, id: int, target: int | None, state: ModelState, touch: Touch | None = None
) -> tuple[ForwardStep[LayerForward], ModelState]:
    """Read one symbol from a state of one sequence; return also the state after.

    Args:
        model: The network, with the masks of this time step if any; it is left as it is.
        id: What is read.
        target: What should come next.
        state: Before.
        touch: Changes what a layer gives to the one above and hands on; None: nothing does.
    """
    x: Any = np.array([[id]], dtype=np.intp)
    layers, after = [], []
    for number, (cell, before) in enumerate(zip(model.stack.cells, state, strict=True)):
        _, last, cache = cell.forward(x, before)
        last = tuple(np.array(part) for part in last)
        gates = {
            name: cache.gates.each[k][0][0].copy() for k, name in enumerate(model.spec.letters)
        }
        if touch:
            touch(number, last, gates)
        layers.append(_layer(model.spec, cell, x, before, last, gates))
        x = model.stack.drop(number, last[0][None])
        after.append(last)
    logits = np.array(model.linear.forward(x))[0, 0]
    loss = np.nan if target is None else -float(log_softmax(logits)[target])
    step = ForwardStep(id, target, tuple(layers), logits, softmax(logits), loss)
    return step, tuple(after)


def one_of(state: ModelState, sequence: int) -> ModelState:
    """Return the state of one sequence of a batch, as a batch of one."""
    return copied(part_of(state, slice(sequence, sequence + 1)))


def _layer(
    spec: CellSpec,
    cell: Cell,
    x: FloatArray | IntArray,
    before: State,
    after: State,
    gates: dict[str, FloatArray],
) -> LayerForward:
    weights = cell.parameters
    W_ih, W_hh, b = weights["weight_ih"], weights["weight_hh"], weights["bias"]
    h_before = np.array(before[0][0])
    from_input = W_ih[:, int(x[0, 0])].copy() if x.ndim == 2 else W_ih @ x[0, 0]
    from_past = W_hh @ h_before
    for name in spec.biases:
        from_past[-cell.hidden_size :] += weights[name]
    a = spec.added(from_input + b, from_past, gates) if spec.added else np.full_like(b, np.nan)
    c = [np.array(state[1][0]) if len(state) > 1 else None for state in (before, after)]
    return LayerForward(from_input, from_past, a, gates, h_before, np.array(after[0][0]), *c)
