"""How far back the error reaches."""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from rnn_tui.protocol.curves import Curves, Floats, Ints
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import BEGINNING, Reading


@dataclass(frozen=True, slots=True)
class GradientsView(InsideView):
    """How far back the error reaches."""

    IN_SLICES: ClassVar[bool] = True

    reading: Reading = BEGINNING
    """What is read; of the corpus at most as much as a window of training has."""
    steps: int = 32
    """Time steps, at most."""
    bins: int = 200
    """Points of the norm's curve, at most."""


@dataclass(frozen=True, eq=False, slots=True)
class Gradients(Inside):
    """How far back the error reaches."""

    unknown: tuple[str, ...]
    inputs: Ints
    """(T,)"""
    targets: Ints
    h: Floats
    """‖∂L_t/∂h_k‖ per layer (L, T, T), [layer, t, k]; NaN where k > t. No layer where the network
    has no hidden state."""
    c: Floats | None
    """‖∂L_t/∂c_k‖; the LSTM's."""
    x: Floats
    """‖∂L_t/∂x_k‖ (T, T), by what is read."""
    sentences: tuple[str, ...]
    """What that means: for the whole state, then for the LSTM's cell state of the top layer."""
    layers: tuple[str, ...]
    """The same for each of several layers, the top one first."""
    clip: str
    """What clipping did to the last gradient."""
    limit: float | None
    """The largest norm allowed."""
    norms: Curves
    """The gradient's norm over training."""
    least: Floats = field(default_factory=lambda: np.empty(0))
    """What one who knows the rule of the text loses (T,), NaN where nobody has worked it out; none
    where no rule is known."""
