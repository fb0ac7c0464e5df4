"""The backward pass, a few time steps at a time.

Whatever does not recur is done for all time steps of a block at once. For short rows and small
batches a block is the whole sequence, and a call of NumPy's does for all of it; where arrays are
large, a block is a step or two, so that they are still in the processor's cache when the next
line needs them.
"""

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import FloatArray

IN_CACHE = 65536
"""Numbers in an array of a block; a quarter of a megabyte in float32."""


class Block:
    """A run of time steps and room to work in, which all blocks of a sequence share."""

    def __init__(self, steps: slice, dh: FloatArray, da: FloatArray, columns: FloatArray) -> None:
        size = steps.stop - steps.start
        self.steps, self.columns = steps, columns[steps]
        """Which time steps; where their da lies beside the others' (size, G·H, B)."""
        self.dh, self.da = dh[:size], da[:size]
        """(size, H, B) and (size, G·H, B)."""
        self.dh_steps, self.da_steps = list(self.dh), list(self.da)
        self.backward = range(size - 1, -1, -1)
        """The block's time steps from the last to the first."""


def make_blocks(T: int, B: int, H: int, columns: FloatArray, dtype: npt.DTypeLike) -> list[Block]:
    """Cut T time steps into blocks, the last first; `columns` (T, G·H, B) takes da."""
    rows = columns.shape[1]
    length = min(T, max(1, IN_CACHE // max(1, rows * B)))
    dh, da = np.empty((length, H, B), dtype), np.empty((length, rows, B), dtype)
    starts = range(0, T, length)
    blocks = [Block(slice(t, min(t + length, T)), dh, da, columns) for t in starts]
    return blocks[::-1]
