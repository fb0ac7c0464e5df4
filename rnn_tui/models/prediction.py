"""What the network expects, without drawing lots."""

from dataclasses import dataclass

import numpy as np

from rnn_tui.models.protocol import Model, ModelState
from rnn_tui.models.sampling import Floats, Ints
from rnn_tui.nn.cell import IntArray
from rnn_tui.nn.loss import log_softmax, softmax


@dataclass(frozen=True, eq=False, slots=True)
class Prediction:
    """The next symbol after a prefix."""

    probs: Floats
    """Probability of every symbol (V,)."""
    continuation: Ints
    """What follows when the likeliest symbol is always taken (L,)."""

    @property
    def entropy_bits(self) -> float:
        """How unsure the network is about the next symbol."""
        seen = self.probs[self.probs > 0]
        return float(-(seen * np.log2(seen)).sum()) + 0.0


@dataclass(frozen=True, eq=False, slots=True)
class WindowPredictions:
    """The next symbol at every step of a known text."""

    probs: Floats
    """(T, V)"""
    losses: Floats
    """-ln of the right symbol's probability (T,)."""


def predict(model: Model, prefix: IntArray, continuation: int = 0) -> Prediction:
    """Return what comes after a prefix of at least one id, and the greedy continuation."""
    ids = np.asarray(prefix, dtype=np.intp)
    logits, state = model.forward(ids[:, None], model.zero_state(1))
    first = softmax(logits[-1, 0].astype(np.float64))
    written: list[int] = []
    while len(written) < continuation:
        written.append(int(logits[-1, 0].argmax()))
        logits, state = model.forward(np.array([[written[-1]]], dtype=np.intp), state)
    return Prediction(first, np.array(written, dtype=np.int64))


def predict_window(
    model: Model, x: IntArray, y: IntArray, state: ModelState | None = None
) -> WindowPredictions:
    """Predictions for every step of x (T,) whose right answers are y (T,).

    `state` is that of one sequence before the first step; None: nothing was read.
    """
    ids = np.asarray(x, dtype=np.intp)[:, None]
    logits, _ = model.forward(ids, state or model.zero_state(1))
    scores = logits[:, 0].astype(np.float64)
    # Not ln of the probability: that is 0 in floating point where the loss is above 745 nats.
    return WindowPredictions(softmax(scores), -log_softmax(scores)[np.arange(len(y)), y])
