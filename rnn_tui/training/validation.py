"""The loss on text the network does not learn from, worked out a slice at a time.

The whole text is read, cut into a few long streams that are read side by side, each with its state
carried from its first character to its last. So that cutting changes nothing, the network first
reads what comes before each stream, which counts for nothing.
"""

import numpy as np

from rnn_tui.models.protocol import Model, joined, part_of
from rnn_tui.nn.cell import IntArray
from rnn_tui.text.streams import WARM_UP, Streams

STREAM_LENGTH = 1000
"""Shortest stream."""
MOST_STREAMS = 64
WINDOW = 64
"""Time steps to a slice: short enough that a key is answered between two of them."""


def stream_count(length: int) -> int:
    """Return the number of streams that so many characters are read in."""
    return min(max((length - 1) // STREAM_LENGTH, 1), MOST_STREAMS)


def characters_read(length: int) -> int:
    """Count the characters read to evaluate so many, those before each stream included."""
    return length + WARM_UP * (stream_count(length) - 1)


class Validation:
    """One evaluation under way."""

    def __init__(self, ids: IntArray, model: Model) -> None:
        """Begin at the first character; at least two ids are needed."""
        count = stream_count(len(ids))
        self.ids = ids
        self.model = model
        self.streams = Streams(ids, WINDOW, count)
        read = (len(ids) - 1) // count * count
        self.starts = np.arange(count) * (read // count)
        self.before = WARM_UP if count > 1 else 0
        self.tail = ids[read:]
        self.state = model.zero_state(count)
        self.index = 0
        self.total = 0.0
        self.characters = 0

    @property
    def done(self) -> bool:
        """Whether every character has been read."""
        return self.index == self.streams.windows_per_epoch

    @property
    def loss(self) -> float:
        """Mean loss so far, in nats per character."""
        return self.total / self.characters

    def advance(self) -> None:
        """Read one window of all streams; after the last one, what did not divide evenly."""
        if self.before:
            self._warm_up()
            return
        self._read(*self.streams.window(self.index))
        self.index += 1
        if self.done and len(self.tail) > 1:
            self.state = part_of(self.state, slice(-1, None))  # that which ends last in the text
            self._read(self.tail[:-1, None], self.tail[1:, None])

    def _warm_up(self) -> None:
        """Read the next window of what comes before the streams; nothing does before the first."""
        places = self.starts - self.before + np.arange(WINDOW + 1)[:, None]
        rows = self.ids[np.maximum(places, 0)].astype(np.intp)
        _, self.state = self.model.mean_loss(rows[:-1], rows[1:], self.state)
        first, others = self.model.zero_state(1), part_of(self.state, slice(1, None))
        self.state = joined([first, others])
        self.before -= WINDOW

    def _read(self, x: IntArray, y: IntArray) -> None:
        loss, self.state = self.model.mean_loss(x, y, self.state)
        self.total += loss * x.size
        self.characters += x.size
