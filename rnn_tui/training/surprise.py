"""How surprised the network is by each character of a text, given all that come before it.

Read as `Validation` reads it, so that both give the same loss.
"""

import numpy as np

from rnn_tui.models.protocol import Model
from rnn_tui.models.sampling import Floats
from rnn_tui.nn.cell import IntArray
from rnn_tui.nn.loss import log_softmax
from rnn_tui.training.validation import Validation


class Surprise(Validation):
    """A validation that keeps the loss of every character."""

    def __init__(self, ids: IntArray, model: Model) -> None:
        super().__init__(ids, model)
        self.nats: Floats = np.zeros(len(ids) - 1)
        """-ln of the probability of character 1, 2, … given those before it (N-1,)."""
        self._read_of_each = 0

    def _read(self, x: IntArray, y: IntArray) -> None:
        logits, self.state = self.model.forward(x, self.state)
        logs = log_softmax(logits.astype(np.float64))
        # 0.0 - x: a certain character has surprise 0, not -0
        nats = 0.0 - np.take_along_axis(logs, y[:, :, None].astype(np.intp), axis=2)[:, :, 0]
        self._keep(nats)
        self.total += float(nats.sum())
        self.characters += nats.size

    def _keep(self, nats: Floats) -> None:
        """Put the losses (T, B) where their characters are in the text."""
        if self.done:  # the tail, which `advance` reads last
            self.nats[-len(nats) :] = nats[:, 0]
            return
        count = self.streams.batch_size
        whole = self.nats[: len(self.nats) // count * count].reshape(count, -1)
        whole[:, self._read_of_each : self._read_of_each + len(nats)] = nats.T
        self._read_of_each += len(nats)


def surprise(model: Model, ids: IntArray) -> Surprise:
    """Read the whole text; at least two ids are needed."""
    reading = Surprise(ids, model)
    while not reading.done:
        reading.advance()
    return reading
