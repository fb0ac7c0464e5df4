"""How much the symbol some steps back moves predictions, on average over places of a text.

    moved_k = mean over places of |ln p − ln p[x_{t-k} → v]|     v: another of its kind, by chance

p is what the symbol that really came next was given. It is the influence of one place
(`influence.py`), with one exchange for each symbol instead of all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnn_tui.inspection.memory.nearly import within
from rnn_tui.models.protocol import Model, ModelState, joined, part_of, quietly
from rnn_tui.nn.cell import IntArray
from rnn_tui.nn.loss import log_softmax

Floats = npt.NDArray[np.float64]

PLACES = 32
BEFORE = 64
"""Symbols read before the first that is exchanged."""


@dataclass(frozen=True, eq=False, slots=True)
class Moved:
    """What is known so far."""

    places: int
    """Those looked at."""
    effect: Floats
    """Nats, from the present symbol on (K,); 0 where no symbol has another of its kind."""

    @property
    def within(self) -> int | None:
        """Within how many of the last symbols nearly all of it is; None: nothing moved anything."""
        return within(self.effect)


def in_slices(
    model: Model, ids: IntArray, most: int, others: Sequence[IntArray]
) -> Iterator[Moved]:
    """Yield the mean over more and more places.

    Args:
        model: The network, which must not learn meanwhile.
        ids: The text (N,), longer than `BEFORE` + `most` + 1.
        most: How many symbols are exchanged at each place.
        others: For each id those that it is exchanged for.
    """
    rng = np.random.default_rng(0)
    places = rng.integers(BEFORE + most - 1, len(ids) - 1, PLACES)
    state = model.zero_state(PLACES)
    for t in range(BEFORE):
        _, state = _forward(model, ids[places - most - BEFORE + 1 + t][None], state)
    total, counted = np.zeros(most), np.zeros(most)
    yield Moved(0, total)
    for number, place in enumerate(places.tolist()):
        texts, exchanged = _exchanged(ids[place - most + 1 : place + 1], others, rng)
        start = joined([part_of(state, slice(number, number + 1))] * (most + 1))
        logits, _ = _forward(model, texts, start)
        log_p = log_softmax(logits[-1].astype(np.float64))[:, ids[place + 1]]
        total = total + np.where(exchanged, np.abs(log_p[-1] - log_p[:-1]), 0)
        counted += exchanged
        yield Moved(number + 1, total / np.maximum(counted, 1))


def _exchanged(
    x: IntArray, others: Sequence[IntArray], rng: np.random.Generator
) -> tuple[IntArray, npt.NDArray[np.bool_]]:
    """Return the text (K, K + 1) with its last symbol exchanged, the one before, …, none of them.

    And for which of them there is another of its kind (K,).
    """
    most = len(x)
    texts = np.repeat(np.asarray(x, np.intp)[:, None], most + 1, axis=1)
    there = np.zeros(most, bool)
    for back in range(most):
        at = most - 1 - back
        if len(instead := others[int(x[at])]):
            texts[at, back], there[back] = rng.choice(instead), True
    return texts, there


@quietly
def _forward(
    model: Model, ids: IntArray, state: ModelState
) -> tuple[npt.NDArray[np.floating], ModelState]:
    return model.forward(np.asarray(ids, np.intp), state)
