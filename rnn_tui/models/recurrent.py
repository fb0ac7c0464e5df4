"""The character model: ids → recurrent layers → logits, with all parameters in one array."""

import copy
from typing import Any, Self

import numpy as np

from rnn_tui.models.layered import Layered
from rnn_tui.models.protocol import Criterion, Model, ModelState, copied, quietly
from rnn_tui.models.rooms import room_of
from rnn_tui.nn.buffers import as_rows
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.cells import CELLS, activation_of, make_cell
from rnn_tui.nn.init import Luck
from rnn_tui.nn.linear import Linear
from rnn_tui.nn.loss import cross_entropy_columns
from rnn_tui.nn.names import Activation, CellName, DTypeName
from rnn_tui.nn.stack import EVERY, Masks, Stack, cut


class Room:
    """Arrays for windows of one size; see `rooms.py`."""

    def __init__(self, T: int, B: int, model: "CharModel", *, learns: bool) -> None:
        dtype = model.flat.dtype
        self.logits = np.empty((model.vocab_size, T * B), dtype)
        self.dh = np.empty((T * B if learns else 0, model.linear.input_size), dtype)
        self.dstate = model.zero_state(B)
        """Nothing flows back into a window from the one after it: truncated BPTT."""
        self.caches: tuple[Any, ...] | None = None


class CharModel(Layered[Room]):
    """Predicts the next symbol at every time step."""

    def __init__(
        self,
        vocab_size: int,
        *,
        cell: CellName,
        activation: Activation,
        hidden_size: int,
        num_layers: int,
        dtype: DTypeName,
        rng: Luck,
    ) -> None:
        self.spec = CELLS[cell]
        """What is true of its layers' kind of cell."""
        chosen = activation_of(cell, activation)
        self._smooth = chosen is None or chosen.smooth
        inputs = [vocab_size, *[hidden_size] * (num_layers - 1)]
        self.stack = Stack(
            [make_cell(cell, size, hidden_size, activation, dtype, rng) for size in inputs]
        )
        linear = Linear(hidden_size, vocab_size, dtype=dtype, rng=rng)
        layers = {f"rnn.{{}}_l{n}": layer for n, layer in enumerate(self.stack.cells)}
        super().__init__(vocab_size, layers, linear)

    def dropping(self, masks: Masks) -> Self:
        """Return the same network with these masks between its layers; its arrays are the same."""
        dropping = copy.copy(self)
        dropping.stack = Stack(self.stack.cells, masks)
        return dropping

    def at(self, t: int, streams: slice = EVERY) -> Self:
        """Return the same network with the masks of one time step, for some streams."""
        return self.dropping(cut(self.stack.masks, slice(t, t + 1), streams))

    def zero_state(self, batch_size: int) -> ModelState:
        """Return the state before the first symbol; each array (B, H)."""
        return self.stack.zero_state(batch_size)

    @quietly
    def forward(self, ids: IntArray, state: ModelState) -> tuple[FloatArray, ModelState]:
        """Logits (T, B, V) for the symbol after each of `ids` (T, B), and the state after."""
        room = self._room(*ids.shape, learns=False)
        h, after, room.caches = self.stack.forward(ids, state, room.caches, keep=False)
        return self.linear.forward(h), copied(after)

    @quietly
    def loss_and_grads(
        self,
        x: IntArray,
        y: IntArray,
        state: ModelState,
        criterion: Criterion = cross_entropy_columns,
    ) -> tuple[float, ModelState]:
        """Mean loss in nats per character; the gradients land in `grads_flat`.

        Args:
            x: Input ids (T, B).
            y: Target ids (T, B).
            state: The state before the window; no gradient flows into it.
            criterion: The loss, which turns the logits into its gradient.

        Returns:
            The loss and the state after the window.
        """
        room = self._room(*x.shape)
        h, after, room.caches = self.stack.forward(x, state, room.caches)
        rows = as_rows(h)
        logits = self.linear.forward_columns(rows, out=room.logits)
        loss, dlogits = criterion(logits, y), logits
        dh = self.linear.backward_columns(dlogits, rows, self._linear_grads, out=room.dh)
        self.stack.backward(dh.reshape(h.shape), room.dstate, room.caches, self._layer_grads)
        return loss, copied(after)

    @quietly
    def mean_loss(self, x: IntArray, y: IntArray, state: ModelState) -> tuple[float, ModelState]:
        """Return the same loss, without gradients."""
        room = self._room(*x.shape, learns=False)
        h, after, room.caches = self.stack.forward(x, state, room.caches, keep=False)
        logits = self.linear.forward_columns(as_rows(h), out=room.logits)
        return cross_entropy_columns(logits, y), copied(after)

    def relus_on(self, x: IntArray, state: ModelState) -> bytes:
        """Return which hidden values are above 0, as bits; none where the activation is smooth."""
        if self._smooth:
            return b""
        below: Any = x
        on = []
        for layer, (cell, before) in enumerate(zip(self.stack.cells, state, strict=True)):
            below, _, _ = cell.forward(self.stack.drop(layer - 1, below), before, keep=False)
            on.append(np.packbits(below > 0).tobytes())
        return b"".join(on)

    def _room(self, T: int, B: int, *, learns: bool = True) -> Room:
        return room_of(self._rooms, (T, B, learns), lambda: Room(T, B, self, learns=learns))


def recurrent(model: Model) -> CharModel:
    """Return the same network, known to be made of recurrent layers.

    Raises:
        TypeError: It is none of those; whoever asks has to ask its `features` first.
    """
    if not isinstance(model, CharModel):
        raise TypeError(f"not made of recurrent layers: {type(model).__name__}")
    return model
