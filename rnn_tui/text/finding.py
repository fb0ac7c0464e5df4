"""Where a string stands in a text of any length, a stretch at a time."""

from collections.abc import Iterator

import numpy as np

from rnn_tui.text.vocab import IntArray

STRETCH = 1 << 20
"""Symbols that are looked through at a time: 2 ms of one byte each."""


def find(
    ids: IntArray, sought: IntArray, after: int, *, back: bool = False
) -> Iterator[int | None]:
    """Look for the next place, then on from the other end; yield None until there is one.

    Args:
        ids: The text (N,).
        sought: What is looked for (at least 1,).
        after: The place behind which it has to begin, or before which, going back.
        back: Whether to go back.

    Yields:
        None after each stretch without it, the place of its first symbol, and then no more.
    """
    last = len(ids) - len(sought) + 1
    ways = [(0, min(after, last)), (after, last)] if back else [(after + 1, last), (0, after + 1)]
    for start, stop in ways:
        for first, end in _stretches(max(start, 0), min(stop, last), back=back):
            places = _places(ids, sought, first, end)
            if len(places):
                yield int(places[-1 if back else 0])
                return
            yield None


def _stretches(start: int, stop: int, *, back: bool) -> Iterator[tuple[int, int]]:
    starts = range(start, stop, STRETCH)
    for first in reversed(starts) if back else starts:
        yield first, min(first + STRETCH, stop)


def _places(ids: IntArray, sought: IntArray, first: int, end: int) -> IntArray:
    """Return where it begins, from `first` to before `end`."""
    places: IntArray = np.flatnonzero(ids[first:end] == sought[0]) + first
    for k, id in enumerate(sought[1:].tolist(), 1):
        places = places[ids[places + k] == id]
    return places
