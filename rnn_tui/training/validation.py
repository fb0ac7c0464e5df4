"""The loss on text the network does not learn from, worked out a slice at a time.

The whole validation part is read, cut into a few long streams that are read side by side, each
with its state carried from its first character to its last.
"""

from rnn_tui.nn.cell import IntArray
from rnn_tui.text.streams import Streams
from rnn_tui.training.model import CharModel, ModelState

STREAM_LENGTH = 1000
"""Shortest stream: starting each from zero costs a few characters' worth of certainty."""
MOST_STREAMS = 64
WINDOW = 64
"""Time steps to a slice: short enough that a key is answered between two of them."""


class Validation:
    """One evaluation under way."""

    stream_length = STREAM_LENGTH

    def __init__(self, ids: IntArray, model: CharModel) -> None:
        """Begin at the first character; at least two ids are needed."""
        count = min(max((len(ids) - 1) // self.stream_length, 1), MOST_STREAMS)
        self.model = model
        self.streams = Streams(ids, WINDOW, count)
        read = (len(ids) - 1) // count * count
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
        self._read(*self.streams.window(self.index))
        self.index += 1
        if self.done and len(self.tail) > 1:
            self.state = last_stream(self.state)
            self._read(self.tail[:-1, None], self.tail[1:, None])

    def _read(self, x: IntArray, y: IntArray) -> None:
        loss, self.state = self.model.mean_loss(x, y, self.state)
        self.total += loss * x.size
        self.characters += x.size


def last_stream(state: ModelState) -> ModelState:
    """The state of the stream that ends last in the text, as a batch of one."""
    return tuple(tuple(part[-1:] for part in layer) for layer in state)
