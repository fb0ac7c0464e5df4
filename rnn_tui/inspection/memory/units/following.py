"""From a network and a text to what its units follow there, in slices."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_tui.inspection.memory.units.measures import Values
from rnn_tui.inspection.memory.units.reading import layer_widths, read
from rnn_tui.inspection.memory.units.search import Followed, search
from rnn_tui.models.protocol import Model
from rnn_tui.nn.cell import IntArray
from rnn_tui.text.features.label import Label

LEAST_SYMBOLS = 400
"""Of a text; a shorter one says too little."""
MOST_SYMBOLS = 16_384
MOST_VALUES = 1 << 21
"""Symbols times units: half a second for an LSTM 2×128, and 50 MB."""
_FEW_SYMBOLS = 2_048
"""So many are read however many units there are."""
_STREAM, _MOST_STREAMS = 512, 16


@dataclass(frozen=True, eq=False, slots=True)
class Units:
    """What the units of a network have in a text, and what they follow there."""

    values: Values
    """(N, U)"""
    followed: Followed


def symbols_read(length: int, units: int, values: int = MOST_VALUES) -> int:
    """Return how many symbols are read of a text of so many, for so many units and values."""
    most = min(MOST_SYMBOLS, max(_FEW_SYMBOLS, values // units))
    count = min(length, most)
    return count // stream_count(count) * stream_count(count)


def stream_count(count: int, shortest: int = _STREAM) -> int:
    """Return in how many streams so many symbols are read; an even number, or 1."""
    return max(1, min(count // shortest, _MOST_STREAMS) // 2 * 2)


def following(
    model: Model, ids: IntArray, kind: str, labels: Sequence[Label]
) -> Generator[None, None, Units]:
    """Read a text and find out what each unit follows; yields after each slice.

    Args:
        model: The network, which must stay as it is meanwhile.
        ids: As many as `symbols_read` says (N,).
        kind: One of `reading.kinds`.
        labels: Of these symbols.
    """
    values = np.zeros((len(ids), sum(layer_widths(model))), model.flat.dtype)
    yield from read(model, ids, kind, stream_count(len(ids)), values)
    # A network that has diverged gives no numbers; such a unit follows nothing.
    np.nan_to_num(values, copy=False, nan=0, posinf=0, neginf=0)
    return Units(values, (yield from search(values, labels)))


def finished(steps: Generator[None, None, Units]) -> Units:
    """Do all the slices."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: Units = end.value
            return found
