"""B streams side by side for truncated backpropagation through time."""

import numpy as np

from rnn_tui.errors import InputError
from rnn_tui.text.vocab import IntArray

# Up to here the ids are widened once, to the type NumPy indexes fastest with (8 bytes each);
# beyond, window by window: 100 million characters would be 800 MB.
WIDEN_AT_MOST = 1 << 20
WARM_UP = 256
"""Characters read before a stretch that is judged alone. Without them the loss is off by 4e-5 to
4e-3 (LSTM 1×128 on brackets and prose, 2×128 on Shakespeare), with 128 by 1e-7, as rounding is."""


class Streams:
    """Windows over B equally long stretches of a text, each a pure function of its index.

    Stream b reads the characters b·L … (b+1)·L-1, where L = (N-1) // B; the target of each is the
    character after it. Up to B-1 characters at the end of the text are not read.

    Args:
        ids: The text (N,), N at least 2.
        seq_length: Time steps T in a window.
        batch_size: Streams B; `fit` says which T and B a text allows.

    Raises:
        InputError: The text is too short for so many streams.
    """

    def __init__(self, ids: IntArray, seq_length: int, batch_size: int) -> None:
        length = (len(ids) - 1) // batch_size
        if length < 1 or seq_length < 1:
            raise InputError(
                f"{len(ids):,} characters are too few for {batch_size:,} streams"
                f" and windows of {seq_length:,}"
            )
        self.seq_length = seq_length
        self.batch_size = batch_size
        self.windows_per_epoch = windows_per_epoch(len(ids), seq_length, batch_size)
        self._length = length
        self._small = len(ids) <= WIDEN_AT_MOST
        self._rows = _side_by_side(ids, length, batch_size)
        if self._small:
            self._rows = np.array(self._rows, np.intp, order="C")
        self._rows.setflags(write=False)

    def window(self, index: int) -> tuple[IntArray, IntArray]:
        """Return the window at a place in the epoch, read-only.

        Args:
            index: From 0 to `windows_per_epoch` - 1.

        Returns:
            x and y (T, B); y is x moved by one. The last window may have fewer time steps.
        """
        if not 0 <= index < self.windows_per_epoch:
            raise IndexError(index)
        start = index * self.seq_length
        stop = start + self.seq_length
        if self._small:
            return self._rows[start : min(stop, self._length)], self._rows[start + 1 : stop + 1]
        rows = self._rows[start : stop + 1].astype(np.intp, order="C")
        rows.setflags(write=False)
        return rows[:-1], rows[1:]


def _side_by_side(ids: IntArray, length: int, batch_size: int) -> IntArray:
    # Row t holds character t of every stream; the last row is the targets' alone. No copy.
    step = ids.strides[0]
    return np.lib.stride_tricks.as_strided(
        ids, (length + 1, batch_size), (step, length * step), writeable=False
    )


def fit(length: int, seq_length: int, batch_size: int) -> tuple[int, int, tuple[str, ...]]:
    """Shrink the window and the number of streams to what a text of `length` characters allows.

    Returns:
        seq_length, batch_size, and the sentences that say what changed.

    Raises:
        InputError: The text has fewer than 2 characters.
    """
    if length < 2:
        raise InputError(f"{length} characters cannot be trained on: at least 2 are needed")
    batch = max(1, min(batch_size, (length - 1) // seq_length))
    steps = min(seq_length, (length - 1) // batch)
    changes = []
    if steps < seq_length:
        changes.append(f"windows shrink from {seq_length:,} to {steps:,} time steps")
    if batch < batch_size:
        changes.append(f"the batch shrinks from {batch_size:,} to {batch:,} streams")
    if not changes:
        return steps, batch, ()
    return steps, batch, (f"The text is short ({length:,} characters): {', '.join(changes)}.",)


def split(ids: IntArray, val_fraction: float) -> tuple[IntArray, IntArray]:
    """Return the text's first part to learn from and its last part to validate on."""
    held_out = int(len(ids) * val_fraction)
    cut = len(ids) - held_out
    return ids[:cut], ids[cut:]


def windows_per_epoch(length: int, seq_length: int, batch_size: int) -> int:
    """Return how many windows read a text of so many characters once."""
    return -(-((length - 1) // batch_size) // seq_length)
