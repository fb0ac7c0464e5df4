"""What every recurrent cell promises, and the names of the things it works on."""

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.floating[Any]]
IntArray = npt.NDArray[np.integer[Any]]

State = tuple[FloatArray, ...]
"""What a layer remembers between windows: `(h,)` or, for the LSTM, `(h, c)`; each (B, H)."""

Parameters = dict[str, FloatArray]
"""Arrays by name; a gradient carries the name of what it is the gradient of."""


class Cell(Protocol):
    """A recurrent layer: parameters and two functions; nothing of a sequence stays in `self`."""

    input_size: int
    hidden_size: int

    @property
    def parameters(self) -> Parameters:
        """The arrays that learn, under PyTorch's names (`weight_ih`, `weight_hh`, `bias`, …)."""

    def zero_state(self, batch_size: int) -> State:
        """Return the state before the first character: zeros, each (B, H)."""

    def forward(
        self, x: FloatArray | IntArray, state: State, cache: Any = None, *, keep: bool = True
    ) -> tuple[FloatArray, State, Any]:
        """Run over all time steps.

        Args:
            x: Inputs (T, B, I), or symbol ids (T, B), 0 to I-1, that stand for one-hot rows.
            state: The state before the first step.
            cache: One from an earlier call, to be written over where the sizes are the same;
                with it go the h and the state that were returned then, so copy what is kept.
            keep: Whether `backward` may follow. If not, a time step is worked out where the one
                before was, and all of it stays in the processor's cache.

        Returns:
            h (T, B, H) of every step, the state after the last, and the cache for `backward`.
        """

    def backward(
        self, dh: FloatArray, dstate: State, cache: Any, grads: Parameters | None = None
    ) -> tuple[FloatArray | None, State, Parameters]:
        """Backpropagate through time, from the last time step to the first.

        Args:
            dh: Gradient of the loss with respect to every h (T, B, H).
            dstate: Gradient with respect to the last state (zeros in truncated BPTT).
            cache: What `forward` kept.
            grads: Arrays to write the gradients into (overwritten); new ones when None.

        Returns:
            dx (T, B, I), written over by the next call with this cache, or None where x was ids;
            the gradient of the initial state; the gradients of the parameters.
        """
