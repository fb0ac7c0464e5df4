"""One pass forward and one back over a window, of layers that read several time steps at once.

    daˡ = dhˡ ⊙ f'(aˡ)
    dhˡ⁻¹_t = Σ_j Wˡ_jᵀ daˡ_{t+back_j}, and dhˡ_t with a residual connection

It is what the network's own `loss_and_grads` does, with nothing written over.
"""

from functools import cached_property
from typing import Any

import numpy as np

from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import ModelState, quietly
from rnn_tui.nn.activations import SLOPES
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.loss import cross_entropy

Taps = tuple[tuple[int, ...], ...]
"""For each layer, how many time steps back its taps read, the furthest first."""


class Passes:
    """What every layer has at every time step; worked out when it is first asked for."""

    def __init__(
        self, model: LookingBack[Any], x: IntArray, y: IntArray, start: ModelState, taps: Taps
    ) -> None:
        """Take in the window (T, B), and the state before it."""
        self.model, self.x, self.y, self.taps = model, x, y, taps
        self.before: IntArray = start[0][0].T
        """What is read of the time before the window (K-1, B)."""
        self._start, self._ids = start, np.concatenate([self.before, x])

    def read(self, layer: int, t: int) -> FloatArray:
        """Return what a layer reads of a time step, before the window too (B, I)."""
        if not layer:
            return self._one_hot(self._ids[len(self.before) + t])
        before: FloatArray = self._start[layer][0][:, t] if t < 0 else self.h[layer - 1][t]
        return before

    @cached_property
    def h(self) -> list[FloatArray]:
        """Of every layer (T, B, H)."""
        return self.model.hidden_of(self.x, self._start)

    @cached_property
    def f_a(self) -> list[FloatArray]:
        """f(a) of every layer (T, B, H)."""
        return self.model.activations_of(self.x, self._start)

    @cached_property
    def logits(self) -> FloatArray:
        """(T, B, V)."""
        return self.model.linear.forward(self.h[-1])

    @cached_property
    def dlogits(self) -> FloatArray:
        """dL/dy of the mean loss (T, B, V)."""
        return cross_entropy(self.logits, self.y)[1]

    @cached_property
    def slopes(self) -> list[FloatArray]:
        """f'(a) of every layer (T, B, H)."""
        slopes = [np.empty_like(f_a) for f_a in self.f_a]
        for f_a, slope in zip(self.f_a, slopes, strict=True):
            SLOPES[self.model.activation](f_a, out=slope)
        return slopes

    @property
    def dh(self) -> list[FloatArray]:
        """dL/dh of every layer (T, B, H)."""
        return self._down[0]

    @property
    def through(self) -> list[FloatArray]:
        """What of it comes through the weights of the layer above, or of the output layer."""
        return self._down[1]

    @cached_property
    @quietly
    def da(self) -> list[FloatArray]:
        """dL/da of every layer (T, B, H)."""
        return [dh * slope for dh, slope in zip(self.dh, self.slopes, strict=True)]

    @cached_property
    @quietly
    def _down(self) -> tuple[list[FloatArray], list[FloatArray]]:
        dh: list[FloatArray] = [self.dlogits @ self.model.linear.weight]
        through = [dh[0]]
        for layer in reversed(range(1, self.model.depth)):
            through.insert(0, self._below(layer, dh[0] * self.slopes[layer]))
            dh.insert(0, through[0] + dh[0] if self.model.residual else through[0])
        return dh, through

    def _below(self, layer: int, da: FloatArray) -> FloatArray:
        """Return what comes of da (T, B, H) through a layer's weights to the one below."""
        below = np.zeros_like(da)
        for W, back in zip(self.weights(layer), self.taps[layer], strict=True):
            below[: max(len(da) - back, 0)] += da[back:] @ W
        return below

    def _one_hot(self, ids: IntArray) -> FloatArray:
        """Return ids (B,) as vectors (B, V); zeros for what is before the beginning."""
        vectors = np.zeros((len(ids), self.model.vocab_size), self.model.flat.dtype)
        there = ids >= 0
        vectors[there, ids[there]] = 1
        return vectors

    def weights(self, layer: int) -> FloatArray:
        """Return a layer's weight by tap (k, H, I)."""
        return self.model.by_tap(layer, self.model.layers[layer].weight)
