"""Layers that read several time steps of the one below, in the window of an update.

There is no time in it: all time steps of a layer are worked out at once, forward and backward. The
terms that the network adds up in one go are written out here, to be looked at.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from rnn_tui.inspection.backward import BackwardStep
from rnn_tui.inspection.forward import ForwardStep
from rnn_tui.inspection.windows.passes import Passes, Taps
from rnn_tui.models.equations.looking_back import groups
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import ModelState
from rnn_tui.nn.cell import FloatArray, IntArray, Parameters
from rnn_tui.nn.loss import log_softmax, softmax


@dataclass(frozen=True, eq=False, slots=True)
class LayerForward:
    """One layer in one time step."""

    terms: FloatArray
    """W_j h_below_{t-back_j} of every tap, the furthest first (k, H)."""
    a: FloatArray
    """Their sum and the bias (H,)."""
    f_a: FloatArray
    below: FloatArray | None
    """h of the layer below, where it is added once more."""
    h: FloatArray


@dataclass(frozen=True, eq=False, slots=True)
class LayerBackward:
    """One layer in one time step, backward."""

    around: FloatArray | None
    """dL/dh of the layer above (H,), where it adds this one's h once more."""
    dh_above: FloatArray
    """Through the weights of all above that reads this one's h (H,)."""
    dh: FloatArray
    """Their sum."""
    slope: FloatArray
    """f'(a) (H,)."""
    da: FloatArray


class LookingBackWindow:
    """A window of such a network."""

    def __init__(
        self,
        model: LookingBack[Any],
        x: IntArray,
        y: IntArray,
        start: ModelState,
        sequence: int,
        taps: Taps,
    ) -> None:
        """Take in the window (T, B), and the state before it."""
        self.model, self.sequence, self.taps = model, sequence, taps
        self.passes = Passes(model, x, y, start, taps)
        self.layers, self.hidden_size = model.depth, model.linear.input_size
        self.earlier: IntArray = self.passes.before[:, sequence]

    def forward(self, t: int) -> ForwardStep[LayerForward]:
        """Return what happens at time step t (from 0), forward."""
        b = self.sequence
        logits, target = self.passes.logits[t, b], int(self.passes.y[t, b])
        layers = tuple(self._forward(layer, t) for layer in range(self.layers))
        loss = -float(log_softmax(logits)[target])
        return ForwardStep(int(self.passes.x[t, b]), target, layers, logits, softmax(logits), loss)

    def backward(self, t: int) -> BackwardStep[LayerBackward]:
        """Return what happens at time step t, backward."""
        layers = tuple(self._backward(layer, t) for layer in range(self.layers))
        return BackwardStep(self.passes.dlogits[t, self.sequence], layers)

    def contribution(self, t: int) -> Parameters:
        """Return what time step t adds to every gradient, over the whole batch."""
        grads: Parameters = {}
        for number, layer in enumerate(self.model.layers):
            da, dW = self.passes.da[number][t], np.empty_like(layer.weight)
            by_tap = self.model.by_tap(number, dW)
            for tap, back in enumerate(self.taps[number]):
                by_tap[tap] = da.T @ self.passes.read(number, t - back)
            name = f"{self.model.kind}.{number}"
            grads |= {f"{name}.weight": dW, f"{name}.bias": da.sum(axis=0)}
        dy = self.passes.dlogits[t]
        return grads | {"linear.weight": dy.T @ self.passes.h[-1][t], "linear.bias": dy.sum(axis=0)}

    def forward_terms(self, layer: int, t: int) -> dict[str, FloatArray]:
        """Return what the taps add, the furthest of many together, the bias, and the results."""
        there = self._forward(layer, t)
        shown = [there.terms[group].sum(axis=0) for group in groups(len(there.terms))]
        terms = {f"term_{number}": term for number, term in enumerate(shown)}
        terms |= {"bias": self.model.layers[layer].bias, "a": there.a, "f_a": there.f_a}
        return terms | {"h": there.h} | ({} if there.below is None else {"below": there.below})

    def backward_terms(self, layer: int, t: int) -> dict[str, FloatArray]:
        """Return what comes down from above, and what of it goes through the activation."""
        there = self._backward(layer, t)
        terms = {"dh_above": there.dh_above, "dh": there.dh, "slope": there.slope, "da": there.da}
        return terms if there.around is None else terms | {"around": there.around}

    def _forward(self, layer: int, t: int) -> LayerForward:
        b, passes = self.sequence, self.passes
        read = [passes.read(layer, t - back)[b] for back in self.taps[layer]]
        terms = np.array([W @ x for W, x in zip(passes.weights(layer), read, strict=True)])
        a = terms.sum(axis=0) + self.model.layers[layer].bias
        below = passes.h[layer - 1][t, b] if self.model.residual and layer else None
        return LayerForward(terms, a, passes.f_a[layer][t, b], below, passes.h[layer][t, b])

    def _backward(self, layer: int, t: int) -> LayerBackward:
        at, passes, above = (t, self.sequence), self.passes, layer + 1
        residual = self.model.residual and above < self.layers
        return LayerBackward(
            around=passes.dh[above][at] if residual else None,
            dh_above=passes.through[layer][at],
            dh=passes.dh[layer][at],
            slope=passes.slopes[layer][at],
            da=passes.da[layer][at],
        )
