"""How surprised the network is by each character of a text, given all that come before it.

Read as `Validation` reads it, so that both give the same loss.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.models.protocol import Model, quietly
from rnn_tui.models.sampling import Floats
from rnn_tui.nn.cell import IntArray
from rnn_tui.nn.loss import log_softmax
from rnn_tui.text.vocab import smallest_type
from rnn_tui.training.validation import Validation


class Surprise(Validation):
    """A validation that keeps the loss of every character, and what was expected there."""

    def __init__(self, ids: IntArray, model: Model) -> None:
        super().__init__(ids, model)
        self.nats: Floats = np.zeros(len(ids) - 1)
        """-ln of the probability of character 1, 2, … given those before it (N-1,)."""
        self.expected = np.zeros(len(ids) - 1, smallest_type(model.vocab_size))
        """The likeliest in the place of each (N-1,)."""
        self.expected_nats = np.zeros(len(ids) - 1, np.float32)
        """-ln of its probability (N-1,)."""
        self._read_of_each = 0

    @quietly
    def _read(self, x: IntArray, y: IntArray) -> None:
        logits, self.state = self.model.forward(x, self.state)
        logs = log_softmax(logits.astype(np.float64))
        nats, expected = _of(logs, y.astype(np.intp)), logs.argmax(axis=2)
        self._keep(nats, self.nats)
        self._keep(expected, self.expected)
        self._keep(_of(logs, expected), self.expected_nats)
        self._read_of_each += len(x)
        self.total += float(nats.sum())
        self.characters += nats.size

    def _keep(self, found: npt.NDArray[Any], kept: npt.NDArray[Any]) -> None:
        """Put what was found (T, B) where the characters are in the text."""
        if self.done:  # the tail, which `advance` reads last
            kept[-len(found) :] = found[:, 0]
            return
        count = self.streams.batch_size
        whole = kept[: len(kept) // count * count].reshape(count, -1)
        whole[:, self._read_of_each : self._read_of_each + len(found)] = found.T


def _of(logs: Floats, ids: IntArray) -> Floats:
    """Return -ln p (T, B) of one symbol at each place."""
    # 0.0 - x: a certain character has surprise 0, not -0
    found: Floats = 0.0 - np.take_along_axis(logs, ids[:, :, None], axis=2)[:, :, 0]
    return found


def surprise(model: Model, ids: IntArray) -> Surprise:
    """Read the whole text; at least two ids are needed."""
    reading = Surprise(ids, model)
    while not reading.done:
        reading.advance()
    return reading
