"""The value of every unit at every symbol of a text, read in streams side by side."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import Model, ModelState, copied, joined, part_of, quietly
from rnn_tui.models.recurrent import CharModel, recurrent
from rnn_tui.nn.cell import FloatArray, IntArray

Values = npt.NDArray[np.floating[Any]]

WARM_UP = 128
"""Symbols read before each stream but the first; see `text.streams.WARM_UP`."""
WINDOW = 32
"""Time steps to a slice."""


def kinds(model: Model) -> tuple[str, ...]:
    """Return what a network's units have, by its letters: h, then c of an LSTM, then gates."""
    if isinstance(model, LookingBack):
        return ("h",)
    spec = recurrent(model).spec
    return (*spec.state, *spec.letters)


def layer_widths(model: Model) -> tuple[int, ...]:
    """Return how many units each layer has, the lowest first."""
    if isinstance(model, LookingBack):
        return (model.linear.input_size,) * model.depth
    return tuple(cell.hidden_size for cell in recurrent(model).stack.cells)


def read(
    model: Model,
    ids: IntArray,
    kind: str,
    streams: int,
    out: Values,
    first: ModelState | None = None,
) -> Iterator[None]:
    """Read a text from its beginning; yield after each slice.

    Args:
        model: The network.
        ids: The text (N,); N is a multiple of `streams`.
        kind: One of `kinds`.
        streams: How many parts are read side by side.
        out: What each unit has once a symbol is read (N, U), the lowest layer's first.
        first: The state before the first stream; None: nothing was read.
    """
    rows = np.asarray(ids, np.intp).reshape(streams, -1).T
    by_stream = out.reshape(streams, len(rows), -1)
    first = first or model.zero_state(1)
    state = first
    if streams > 1:
        state = model.zero_state(streams)
        for part in _before(rows):
            _, state = model.forward(part, state)
            yield
        state = joined([first, part_of(state, slice(1, None))])
    for start in range(0, len(rows), WINDOW):
        part = rows[start : start + WINDOW]
        found, state = _window(model, part, kind, state)
        by_stream[:, start : start + len(part)] = found.swapaxes(0, 1)
        yield


def _before(rows: IntArray) -> Iterator[IntArray]:
    """Yield windows of what stands before each stream; before the first, anything."""
    last = np.roll(rows, 1, axis=1)[-WARM_UP:]
    for start in range(0, len(last), WINDOW):
        yield last[start : start + WINDOW]


@quietly
def _window(model: Model, x: IntArray, kind: str, state: ModelState) -> tuple[Values, ModelState]:
    """Return what the units have at each time step (T, B, U), and the state after."""
    if isinstance(model, LookingBack):
        layers = model.hidden_of(x, state)
        return np.concatenate(layers, axis=2), model.forward(x, state)[1]
    net = recurrent(model)
    if kind in net.spec.state[1:]:
        return _remembered(net, x, net.spec.state.index(kind), state)
    return _of_cells(net, x, kind, state)


def _of_cells(
    net: CharModel, x: IntArray, kind: str, state: ModelState
) -> tuple[Values, ModelState]:
    """Return h, or a gate."""
    below: Any = x
    found, after = [], []
    gate = net.spec.letters.find(kind)
    for cell, before in zip(net.stack.cells, state, strict=True):
        below, last, cache = cell.forward(below, before, keep=gate >= 0)
        found.append(below if gate < 0 else np.array(cache.gates.each[gate]))
        after.append(last)
    return np.concatenate(found, axis=2), copied(tuple(after))


def _remembered(
    net: CharModel, x: IntArray, place: int, state: ModelState
) -> tuple[Values, ModelState]:
    """Return what a layer remembers beside h: only states tell, so step by step."""
    found: list[FloatArray] = []
    for t in range(len(x)):
        _, state = net.forward(x[t : t + 1], state)
        found.append(np.concatenate([layer[place] for layer in state], axis=1))
    return np.array(found), state
