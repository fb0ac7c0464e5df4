"""Recurrent layers on top of one another: the h of one is the x of the next."""

from collections.abc import Sequence
from itertools import repeat
from typing import Any

from rnn_tui.nn.cell import Cell, FloatArray, IntArray, Parameters, State

StackState = tuple[State, ...]
"""One state for every layer, bottom first."""

Masks = Sequence[FloatArray]
"""What dropout multiplies by between each layer and the one above, the lowest first, each
(T, B, H); empty: nothing."""

EVERY = slice(None)


class Stack:
    """Layers of cells; parameter names carry the layer, as PyTorch's do: `weight_ih_l0`."""

    def __init__(self, cells: Sequence[Cell], masks: Masks = ()) -> None:
        """Take the cells, and by what is multiplied what passes between two layers."""
        self.cells = tuple(cells)
        self.masks = masks

    @property
    def parameters(self) -> Parameters:
        """All layers' parameters, bottom first."""
        return {
            f"{name}_l{layer}": array
            for layer, cell in enumerate(self.cells)
            for name, array in cell.parameters.items()
        }

    def zero_state(self, batch_size: int) -> StackState:
        """Every layer's zero state."""
        return tuple(cell.zero_state(batch_size) for cell in self.cells)

    def forward(
        self,
        x: FloatArray | IntArray,
        state: StackState,
        caches: Sequence[Any] | None = None,
        *,
        keep: bool = True,
    ) -> tuple[FloatArray, StackState, tuple[Any, ...]]:
        """Walk the layers from the bottom to the top.

        Args:
            x: Inputs (T, B, I), or symbol ids (T, B).
            state: The states before the first step.
            caches: Of an earlier call for sequences of the same size, to write over.
            keep: Whether `backward` may follow.

        Returns:
            The top layer's h (T, B, H), the states after the last step, one cache per layer.
        """
        h: Any = x
        states, kept = [], []
        layers = zip(self.cells, state, caches or repeat(None), strict=False)
        for layer, (cell, before, old) in enumerate(layers):
            h, after, cache = cell.forward(self.drop(layer - 1, h), before, old, keep=keep)
            states.append(after)
            kept.append(cache)
        return h, tuple(states), tuple(kept)

    def backward(
        self,
        dh: FloatArray,
        dstate: StackState,
        caches: Sequence[Any],
        grads: Sequence[Parameters] | None = None,
    ) -> tuple[FloatArray | None, StackState, tuple[Parameters, ...]]:
        """Walk the layers from the top to the bottom.

        Args:
            dh: Gradient with respect to the top layer's h (T, B, H).
            dstate: Gradient with respect to the last states.
            caches: What `forward` kept.
            grads: For each layer, arrays to write into; new ones when None.

        Returns:
            dx or None, the gradients of the initial states, and of each layer's parameters.
        """
        dx: Any = dh
        dstates: list[State] = []
        gradients: list[Parameters] = []
        for layer in reversed(range(len(self.cells))):
            room = grads[layer] if grads else None
            dh = self.drop(layer, dx)
            dx, dbefore, found = self.cells[layer].backward(dh, dstate[layer], caches[layer], room)
            dstates.append(dbefore)
            gradients.append(found)
        return dx, tuple(dstates[::-1]), tuple(gradients[::-1])

    def drop(self, layer: int, passing: Any) -> Any:
        """Return what gets through between a layer and the one above, on the way up or down."""
        return passing * self.masks[layer] if 0 <= layer < len(self.masks) else passing


def cut(masks: Masks, steps: slice, streams: slice) -> Masks:
    """Return views of the masks of some time steps and streams."""
    return [mask[steps, streams] for mask in masks]
