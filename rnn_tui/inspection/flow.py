"""How far back the error of a time step reaches: ‖∂L_t/∂h_k‖ for all t ≥ k.

L_t is the loss of time step t alone. Going back from the last time step to the first, the errors
of all later targets travel side by side, as the rows of a batch: at step k there are T - k of
them, and the cells' own `backward` on this one time step takes them all to k - 1. A row per
target, so T calls give the whole triangle, and of the lowest layer ‖∂L_t/∂x_k‖ besides.

For the LSTM also ‖∂L_t/∂c_k‖: c_k is nudged, and h_k follows.

And ‖∂L_t/∂s_k‖, s_k being all that step k hands on to the next: h of every layer and the LSTM's c,
each nudged by itself. Nothing else leads from one time step to another, so what of an error gets
back goes this way, whichever of them it takes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.inspection.backward import through_output
from rnn_tui.inspection.forward import ForwardStep, LayerForward, forward_step
from rnn_tui.models.protocol import ModelState
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.cell import FloatArray, IntArray, State
from rnn_tui.nn.init import room_for
from rnn_tui.nn.loss import cross_entropy


@dataclass(frozen=True, eq=False, slots=True)
class Flow:
    """Norms of the derivatives, [layer, t, k]; NaN where k > t, for nothing flows there."""

    h: FloatArray
    """‖∂L_t/∂h_k‖ (L, T, T)."""
    c: FloatArray | None
    """‖∂L_t/∂c_k‖ (L, T, T); the LSTM's."""
    state: FloatArray
    """‖∂L_t/∂(h_k, c_k)‖ (L, T, T), h_k and c_k each nudged by itself; without c as `h`."""
    whole: FloatArray
    """‖∂L_t/∂s_k‖ (T, T); on the diagonal ‖∂L_t/∂h_t‖ of the top layer, where the error begins."""
    x: FloatArray
    """‖∂L_t/∂x_k‖ (T, T), x_k being the one-hot vector that is read."""
    losses: FloatArray
    """L_t (T,)."""


def flow(model: CharModel, x: IntArray, y: IntArray, state: ModelState | None = None) -> Flow:
    """Return the norms for one sequence.

    Args:
        model: The network; it is left as it is.
        x: Ids read (T,).
        y: Ids that come next (T,).
        state: Of one sequence, before the first step; None: zeros.
    """
    *_, found = in_slices(model, x, y, state)
    return found


def in_slices(
    model: CharModel, x: IntArray, y: IntArray, state: ModelState | None = None
) -> Iterator[Flow]:
    """Yield the norms with more and more in them, in the same arrays: one time step further back.

    At first there are the losses only. See `flow`.
    """
    steps, states = _forward(model, x, y, state or model.zero_state(1))
    cells, T = model.stack.cells, len(x)
    h = np.full((len(cells), T, T), np.nan)
    c = np.full_like(h, np.nan) if len(states[0][0]) > 1 else None
    state_norms, whole = np.full_like(h, np.nan), np.full((T, T), np.nan)
    by_input, V = np.full((T, T), np.nan), model.vocab_size
    found = Flow(h, c, state_norms, whole, by_input, np.array([step.loss for step in steps]))
    yield found
    carried, grads = model.zero_state(0), [room_for(cell.parameters) for cell in cells]
    for k in reversed(range(T)):
        rows = T - k
        # As vectors, not ids: of those no cell says what flows back.
        below: Any = np.zeros((1, rows, V), model.flat.dtype)
        below[:, :, x[k]] = 1
        caches = []
        for cell, before in zip(cells, states[k], strict=True):
            below, _, cache = cell.forward(below, _repeated(before, rows))
            below = np.array(below)
            caches.append(cache)
        above = np.zeros_like(below)
        _, dlogits = cross_entropy(steps[k].logits[None], y[k : k + 1])
        above[0, 0] = dlogits[0] @ model.linear.weight
        dx: Any = above
        whole[k, k] = norms_of(above[0, :1])[0]
        whole[k + 1 :, k] = norms_of(np.hstack([part for layer in carried for part in layer]))
        carried = tuple(_with_zeros_first(layer) for layer in carried)
        back: list[State] = []
        for layer in reversed(range(len(cells))):
            dh = dx[0] + carried[layer][0]
            h[layer, k:, k] = state_norms[layer, k:, k] = norms_of(dh)
            if c is not None:
                state_norms[layer, k:, k] = norms_of(np.hstack([dh, carried[layer][1]]))
                there = steps[k].layers[layer]
                assert there.c is not None
                dc = dh * through_output(there.gates["o"], there.c) + carried[layer][1]
                c[layer, k:, k] = norms_of(dc)
            dx, before, _ = cells[layer].backward(dx, carried[layer], caches[layer], grads[layer])
            dx = np.array(dx)
            back.insert(0, tuple(np.array(part) for part in before))
        by_input[k:, k] = norms_of(dx[0])
        carried = tuple(back)
        yield found


def _forward(
    model: CharModel, x: IntArray, y: IntArray, state: ModelState
) -> tuple[list[ForwardStep[LayerForward]], list[ModelState]]:
    """All time steps, and the states before each of them."""
    steps, states = [], []
    for id, target in zip(x.tolist(), y.tolist(), strict=True):
        states.append(state)
        step, state = forward_step(model, id, target, state)
        steps.append(step)
    return steps, states


def _repeated(state: State, rows: int) -> State:
    return tuple(np.repeat(part, rows, axis=0) for part in state)


def _with_zeros_first(state: State) -> State:
    return tuple(
        np.concatenate([np.zeros_like(part, shape=(1, part.shape[1])), part]) for part in state
    )


def norms_of(rows: FloatArray) -> FloatArray:
    """Return that of every row, in float64, where no square of a small number becomes zero."""
    norms: FloatArray = np.linalg.norm(rows.astype(np.float64), axis=1)
    return norms
