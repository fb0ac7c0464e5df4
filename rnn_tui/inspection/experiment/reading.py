"""A text read with something changed at one time step; what comes after it follows.

    h_t := 0, or h_t[k] := v, or x_t := another symbol

The layers above, the logits of that step and all later steps are worked out anew from there; the
network itself is left as it is.
"""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rnn_tui.inspection.experiment.changes import MOST, Change, Exchanged, Typed, Wiped
from rnn_tui.inspection.forward import Touch, forward_step
from rnn_tui.models.protocol import Model, ModelState, copied, quietly
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State
from rnn_tui.nn.cell_spec import CellSpec

Ints = npt.NDArray[np.int64]


class Read(NamedTuple):
    """What recurrent layers make of a text."""

    hidden: list[FloatArray]
    """h of every layer (T, H), the lowest first."""
    state: ModelState
    """After the last time step."""


def possible(change: Change, model: Model, steps: int) -> bool:
    """Tell whether a network that reads so many time steps has what is to be changed."""
    if not 0 <= change.step < steps:
        return False
    if isinstance(change, Exchanged):
        return 0 <= change.id < model.vocab_size
    if not isinstance(model, CharModel):
        return False
    return isinstance(change, Wiped) or (
        change.letter in model.spec.state
        and 0 <= change.layer < len(model.stack.cells)
        and 0 <= change.unit < model.linear.input_size
        and abs(change.value) <= MOST
    )


def exchanged(ids: Ints, change: Change | None) -> Ints:
    """Return what is read, with another symbol where the change says so."""
    if isinstance(change, Exchanged):
        ids = ids.copy()
        ids[change.step] = change.id
    return ids


@quietly
def read(model: CharModel, ids: IntArray, start: ModelState, change: Change | None = None) -> Read:
    """Return what the layers make of a text (T,), the state changed at one of its steps."""
    touch = touching(model.spec, change)
    if change is None or touch is None or change.step >= len(ids):
        return _unchanged(model, ids, start)
    before = _unchanged(model, ids[: change.step], start)
    there, state = forward_step(model, int(ids[change.step]), None, before.state, touch)
    after = _unchanged(model, ids[change.step + 1 :], state)
    here = [layer.h[None] for layer in there.layers]
    parts = zip(before.hidden, here, after.hidden, strict=True)
    return Read([np.concatenate(part) for part in parts], after.state)


def touching(spec: CellSpec, change: Change | None) -> Touch | None:
    """Return what changes the state after a time step; None: nothing is changed there."""
    if isinstance(change, Wiped):
        return _wipe
    if not isinstance(change, Typed):
        return None

    def type_in(layer: int, after: State, gates: Parameters) -> None:
        if layer == change.layer:
            after[spec.state.index(change.letter)][0, change.unit] = change.value
            if change.letter != "h" and spec.shown:
                shown = spec.shown(after[1][0], gates)
                after[0][0, change.unit] = shown[change.unit]

    return type_in


def _wipe(layer: int, after: State, gates: Parameters) -> None:
    for part in after:
        part[...] = 0


def _unchanged(model: CharModel, ids: IntArray, start: ModelState) -> Read:
    if not len(ids):
        empty = [np.empty((0, cell.hidden_size), model.flat.dtype) for cell in model.stack.cells]
        return Read([*empty], start)
    below: Any = ids[:, None].astype(np.intp)
    hidden, states = [], []
    for cell, before in zip(model.stack.cells, start, strict=True):
        h, after, _ = cell.forward(below, before)
        below = np.array(h)
        hidden.append(below[:, 0])
        states.append(after)
    return Read(hidden, copied(tuple(states)))
