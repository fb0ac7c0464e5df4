"""Recurrent layers in the window of an update.

Of the window only the states between the time steps are kept, forward and backward; a time step's
own quantities are made when they are asked for, by running that step again.
"""

from functools import cached_property

import numpy as np

from rnn_tui.inspection.backward import (
    BackwardStep,
    LayerBackward,
    OneStep,
    backward_step,
    run_step,
)
from rnn_tui.inspection.forward import ForwardStep, LayerForward, forward_step, one_of
from rnn_tui.models.protocol import ModelState
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.activations import SLOPES
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters
from rnn_tui.nn.names import Activation


class RecurrentWindow:
    """A window of a recurrent network."""

    def __init__(
        self,
        model: CharModel,
        x: IntArray,
        y: IntArray,
        start: ModelState,
        sequence: int,
        activation: Activation,
    ) -> None:
        """Take in the window (T, B), with the network's masks, and the state before it."""
        self.model, self.x, self.y, self.sequence = model, x, y, sequence
        self.layers, self.hidden_size = len(model.stack.cells), model.linear.input_size
        self.earlier: IntArray = np.empty(0, np.intp)
        self._start, self._slope = start, SLOPES[activation]
        self._one = slice(sequence, sequence + 1)

    def forward(self, t: int) -> ForwardStep[LayerForward]:
        """Return what happens at time step t (from 0), forward."""
        state = one_of(self._states[t], self.sequence)
        x, y = int(self.x[t, self.sequence]), int(self.y[t, self.sequence])
        return forward_step(self.model.at(t, self._one), x, y, state)[0]

    def backward(self, t: int) -> BackwardStep[LayerBackward]:
        """Return what happens at time step t, backward."""
        b = self.sequence
        state, dstate = one_of(self._states[t], b), one_of(self._dstates[t + 1], b)
        x, y = self.x[t, b : b + 1], self.y[t, b : b + 1]
        step = run_step(self.model.at(t, self._one), x, y, state, dstate, self.x.size)
        return backward_step(self.forward(t), step, dstate)

    def contribution(self, t: int) -> Parameters:
        """Return what time step t adds to every gradient, over the whole batch."""
        return self._run(t, self._dstates[t + 1]).grads

    def forward_terms(self, layer: int, t: int) -> dict[str, FloatArray]:
        """Return input, past, bias, their sum, the gates, and what is remembered."""
        bias = self.model.parameters[f"rnn.bias_l{layer}"]
        return terms_of(self.forward(t).layers[layer], bias) | self._mask(layer - 1, t)

    def backward_terms(self, layer: int, t: int) -> dict[str, FloatArray]:
        """Return what comes from above and from the future, and what goes on."""
        there, h = self.backward(t).layers[layer], self.forward(t).layers[layer].h
        slope = np.empty_like(h)
        self._slope(h, out=slope)
        terms = {
            "dh_above": there.dh_above,
            "dh_future": there.dh_future,
            "dh": there.dh,
            "da": there.da,
            "dh_past": there.dh_past,
            "slope": slope,
        }
        if there.dc is not None and there.dc_past is not None:
            terms |= {"dc": there.dc, "dc_past": there.dc_past}
        return terms | self._mask(layer, t)

    def _mask(self, layer: int, t: int) -> dict[str, FloatArray]:
        """Return the mask between a layer and the one above; nothing where there is none."""
        masks = self.model.stack.masks
        return {"mask": masks[layer][t, self.sequence]} if 0 <= layer < len(masks) else {}

    def _run(self, t: int, dstate: ModelState) -> OneStep:
        x, y, state = self.x[t], self.y[t], self._states[t]
        return run_step(self.model.at(t), x, y, state, dstate, self.x.size)

    @cached_property
    def _states(self) -> list[ModelState]:
        """Before every time step, and after the last."""
        states = [self._start]
        for t in range(len(self.x)):
            _, after, _ = self.model.at(t).stack.forward(self.x[t : t + 1], states[t])
            states.append(tuple(tuple(np.array(part) for part in layer) for layer in after))
        return states

    @cached_property
    def _dstates(self) -> list[ModelState]:
        """Gradients of the states before every time step, and after the last: zeros."""
        dstates = [self.model.zero_state(self.x.shape[1])]
        for t in reversed(range(len(self.x))):
            dstates.insert(0, self._run(t, dstates[0]).dstates)
        return dstates


def terms_of(there: LayerForward, bias: FloatArray) -> dict[str, FloatArray]:
    """Return what the equations of a layer are filled in with."""
    terms = {
        "from_input": there.from_input,
        "from_past": there.from_past,
        "bias": bias,
        "a": there.a,
        "h_before": there.h_before,
        "h": there.h,
        **there.gates,
    }
    if there.c is None or there.c_before is None:
        return terms
    return terms | {"c_before": there.c_before, "c": there.c}
