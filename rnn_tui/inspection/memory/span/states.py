"""The state that a network hands on, at each place of a text that is read in streams."""

from collections.abc import Iterator

import numpy as np

from rnn_tui.inspection.memory.span.ridge import Features
from rnn_tui.models.protocol import Model, ModelState
from rnn_tui.nn.cell import IntArray

WARM_UP = 96
"""Symbols read before each stream: more than anybody looks back."""
MOST_STREAMS, SHORTEST = 32, 100
STEPS = 16
"""Time steps to a slice."""
MOST_FEATURES = 512
"""Numbers of a state that are used; of more, so many evenly spread."""
_LARGEST = 1e6
"""A state of ReLUs may be beyond what can be squared."""


class States:
    """Two halves of a text, made of every other stream each, and the state at their places."""

    def __init__(self, model: Model, ids: IntArray) -> None:
        """Choose the streams.

        Args:
            model: The network; it must not learn meanwhile.
            ids: The text (N,), longer than `WARM_UP` and two of the shortest streams.
        """
        self.model = model
        self.ids = np.asarray(ids, np.intp)
        room = len(ids) - WARM_UP
        half = max(min(room // SHORTEST, MOST_STREAMS) // 2, 1)
        self.length = room // (2 * half)
        starts = np.arange(2 * half) * self.length
        self.starts = np.concatenate([starts[::2], starts[1::2]])
        """Where each begins to warm up: first those of one half, then those of the other."""
        sizes = [array[0].size for layer in model.zero_state(1) for array in layer]
        self.total = sum(sizes)
        """Numbers that a state has."""
        used = min(self.total, MOST_FEATURES)
        self.used = np.linspace(0, self.total - 1, used).round().astype(np.intp)
        self._kind = np.repeat(np.arange(len(sizes)), sizes)[self.used]
        self.x = np.empty((2, self.length, half, used), np.float32)

    def read(self) -> Iterator[None]:
        """Read the text; yield after each slice."""
        state = self.model.zero_state(len(self.starts))
        for t in range(WARM_UP + self.length):
            _, state = self.model.forward(self.ids[self.starts + t][None], state)
            if t >= WARM_UP:
                self._keep(t - WARM_UP, state)
            if t % STEPS == STEPS - 1:
                yield
        for kind in range(self._kind[-1] + 1):
            self._scale(self._kind == kind)
            yield

    def features(self, half: int) -> Features:
        """Return the state at each place of a half (N, F)."""
        found: Features = self.x[half].reshape(-1, self.x.shape[-1])
        return found

    def places(self, half: int) -> IntArray:
        """Return where in the text they are (N,)."""
        streams = self.starts.reshape(2, -1)[half]
        found: IntArray = (streams + WARM_UP + np.arange(self.length)[:, None]).ravel()
        return found

    def _keep(self, t: int, state: ModelState) -> None:
        rows = [array.reshape(len(array), -1) for layer in state for array in layer]
        found = np.concatenate(rows, axis=1)[:, self.used].astype(np.float32)
        finite = np.nan_to_num(found, nan=0.0).clip(-_LARGEST, _LARGEST)
        self.x[:, t] = finite.reshape(self.x[:, t].shape)

    def _scale(self, kind: IntArray) -> None:
        """Give an array of a layer, such as its c, mean 0 and a mean variance of 1."""
        part = self.x[..., kind]
        part -= part.mean(axis=(0, 1, 2), dtype=np.float64).astype(np.float32)
        if deviation := float(np.sqrt(np.square(part, dtype=np.float64).mean())):
            part /= np.float32(deviation)
        self.x[..., kind] = part
