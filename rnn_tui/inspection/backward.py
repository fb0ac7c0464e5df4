"""What every layer does in one time step on the way back.

The cells' own `backward` runs, on a window of one time step: what is passed on to the past is
then the gradient of that step's initial state, and the gradients of the weights are what this
step alone adds. With a batch of one, the gradient of the bias is the gradient of what goes into
the activation, da_t.
"""

from dataclasses import dataclass
from typing import Any, Generic

import numpy as np

from rnn_tui.inspection.forward import ForwardStep, L, LayerForward
from rnn_tui.models.protocol import ModelState
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters, State
from rnn_tui.nn.loss import cross_entropy
from rnn_tui.nn.stack import Stack


@dataclass(frozen=True, eq=False, slots=True)
class LayerBackward:
    """One layer in one time step, backward; G as in `LayerForward`."""

    dh_above: FloatArray
    """dL/dh_t from the output layer or the layer above (H,)."""
    dh_future: FloatArray
    """dL/dh_t from step t+1 (H,)."""
    dh: FloatArray
    """Their sum."""
    dc_future: FloatArray | None
    """dL/dc_t from step t+1; the LSTM's."""
    dc: FloatArray | None
    """dL/dc_t, with what comes through h_t."""
    da: FloatArray
    """dL/da_t, through the activations (G·H,)."""
    dh_past: FloatArray
    """Handed on to h_{t-1} (H,)."""
    dc_past: FloatArray | None


@dataclass(frozen=True, eq=False, slots=True)
class BackwardStep(Generic[L]):
    """One time step of one sequence, from its own error down; L is a layer, laid open."""

    dlogits: FloatArray
    """(p - one-hot) / (T·B), since the loss is the mean over the window (V,)."""
    layers: tuple[L, ...]
    """Bottom first."""


@dataclass(frozen=True, eq=False, slots=True)
class OneStep:
    """A time step of B sequences, run forward and backward by itself."""

    dlogits: FloatArray
    """(B, V)"""
    above: tuple[FloatArray, ...]
    """For each layer, dL/dh_t from above (B, H)."""
    states: ModelState
    """After the step."""
    dstates: ModelState
    """Gradient of the state before the step."""
    grads: Parameters
    """What this step adds to the gradient of every parameter, by the model's names."""


def run_step(
    model: CharModel,
    x: IntArray,
    y: IntArray,
    state: ModelState,
    dstate: ModelState,
    positions: int,
) -> OneStep:
    """Run one time step forward and backward.

    Args:
        model: The network, with the masks of this time step if any; it is left as it is.
        x: Ids read (B,).
        y: Ids that come next (B,).
        state: Before the step.
        dstate: Gradient of the state after it.
        positions: T·B of the whole window, over which the loss is the mean.
    """
    below: Any = x[None]
    caches, states = [], []
    for layer, (cell, before) in enumerate(zip(model.stack.cells, state, strict=True)):
        h, after, cache = cell.forward(model.stack.drop(layer - 1, below), before)
        below = np.array(h)
        caches.append(cache)
        states.append(_copied(after))
    _, dlogits = cross_entropy(model.linear.forward(below), y[None])
    dlogits = dlogits * (len(y) / positions)
    dx, linear = model.linear.backward(dlogits, below)
    grads = {f"linear.{name}": np.array(grad) for name, grad in linear.items()}
    above, dstates = _down(model.stack, np.array(dx), dstate, caches, grads)
    return OneStep(np.array(dlogits[0]), above, tuple(states), dstates, grads)


def _down(
    stack: Stack, dx: Any, dstate: ModelState, caches: list[Any], grads: Parameters
) -> tuple[tuple[FloatArray, ...], ModelState]:
    """Walk the layers from the top to the bottom, adding to `grads`."""
    above: list[FloatArray] = []
    dstates: list[State] = []
    for layer in reversed(range(len(stack.cells))):
        dx = stack.drop(layer, dx)
        above.insert(0, dx[0])
        dx, before, weights = stack.cells[layer].backward(dx, dstate[layer], caches[layer])
        dx = None if dx is None else np.array(dx)
        dstates.insert(0, _copied(before))
        grads |= {f"rnn.{name}_l{layer}": np.array(grad) for name, grad in weights.items()}
    return tuple(above), tuple(dstates)


def backward_step(
    forward: ForwardStep[LayerForward], step: OneStep, dstate: ModelState
) -> BackwardStep[LayerBackward]:
    """Lay a step of a single sequence open; `dstate` is the gradient that came from the future."""
    layers = []
    for layer, there in enumerate(forward.layers):
        above, (dh_future, *dc_future) = step.above[layer][0], (part[0] for part in dstate[layer])
        dh_past, *dc_past = (part[0] for part in step.dstates[layer])
        dh = above + dh_future
        dc = None
        if there.c is not None:
            dc = dh * through_output(there.gates["o"], there.c) + dc_future[0]
        layers.append(
            LayerBackward(
                dh_above=above,
                dh_future=dh_future,
                dh=dh,
                dc_future=dc_future[0] if dc_future else None,
                dc=dc,
                da=step.grads[f"rnn.bias_l{layer}"],
                dh_past=dh_past,
                dc_past=dc_past[0] if dc_past else None,
            )
        )
    return BackwardStep(step.dlogits[0], tuple(layers))


def through_output(o: FloatArray, c: FloatArray) -> FloatArray:
    """∂h/∂c = o ⊙ (1 - tanh²(c)), of h = o ⊙ tanh(c)."""
    slope: FloatArray = o * (1 - np.tanh(c) ** 2)
    return slope


def _copied(state: State) -> State:
    return tuple(np.array(part) for part in state)
