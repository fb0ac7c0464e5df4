"""What every network promises that reads symbols and predicts the next one."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, Self

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray, IntArray, Parameters
from rnn_tui.nn.stack import Masks

ModelState = tuple[tuple[npt.NDArray[Any], ...], ...]
"""What a network remembers between windows: for each layer its arrays, each (B, …).

A recurrent network has `((h,), (h,))`, or `((h, c), …)` for the LSTM; one that looks back over the
last symbols has their ids. Whoever carries, cuts, joins or stores a state relies on B alone.
"""

Criterion = Callable[[FloatArray, IntArray], float]
"""The loss of logits (V, T·B) and targets (T, B), the positions in the order of `targets.ravel()`;
the logits, which have to be C-contiguous, become its gradient, in place."""

# A diverging network overflows; whoever trains it sees that by the loss, and needs no warning.
quietly = np.errstate(over="ignore", invalid="ignore")


class Model(Protocol):
    """A network: parameters in one array, and functions of a window and a state.

    `forward` on a window is `forward` on its parts, each from the state after the one before: so
    it is sampled from, validated and gone on with. A state that was given back is the caller's. A
    network that diverges overflows without a warning (`quietly`).
    """

    vocab_size: int
    flat: FloatArray
    """Every parameter (P,)."""
    grads_flat: FloatArray
    """The gradients of the last `loss_and_grads` (P,)."""
    parameters: Parameters
    """Views of `flat` by name, in its order and without gaps."""
    gradients: Parameters
    """Views of `grads_flat` by the same names."""

    def twin(self) -> Self:
        """Return the same network, parameters and all, that learns in arrays of its own."""

    def dropping(self, masks: Masks) -> Self:
        """Return the same network with these masks in it, for windows of their sizes.

        Parameters, gradients and what it works in are the same arrays.
        """

    def zero_state(self, batch_size: int) -> ModelState:
        """Return the state before the first symbol; each array (B, …)."""

    def forward(self, ids: IntArray, state: ModelState) -> tuple[FloatArray, ModelState]:
        """Logits (T, B, V) for the symbol after each of `ids` (T, B), and the state after."""

    def loss_and_grads(
        self, x: IntArray, y: IntArray, state: ModelState, criterion: Criterion = ...
    ) -> tuple[float, ModelState]:
        """Mean loss in nats per character; the gradients land in `grads_flat`.

        Args:
            x: Input ids (T, B).
            y: Target ids (T, B).
            state: The state before the window; no gradient flows into it.
            criterion: The loss; left out: cross-entropy.

        Returns:
            The loss and the state after the window.
        """

    def mean_loss(self, x: IntArray, y: IntArray, state: ModelState) -> tuple[float, ModelState]:
        """Return the same loss, without gradients."""

    def relus_on(self, x: IntArray, state: ModelState) -> bytes:
        """Return which of its ReLUs are on over a window, as bits; none where it is smooth."""


def part_of(state: ModelState, streams: slice) -> ModelState:
    """Return views of the state of some streams of a batch."""
    return tuple([tuple([array[streams] for array in layer]) for layer in state])


def joined(states: Sequence[ModelState]) -> ModelState:
    """Return the states of several batches as that of one."""
    return tuple(
        tuple(np.concatenate(arrays) for arrays in zip(*layers, strict=True))
        for layers in zip(*states, strict=True)
    )


def copied(state: ModelState) -> ModelState:
    """Return the same state in arrays of its own: a network may write over those it gave."""
    return tuple([tuple([array.copy() for array in layer]) for layer in state])
