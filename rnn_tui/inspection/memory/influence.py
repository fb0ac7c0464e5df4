"""How much each character read so far moved the prediction of the next, for any network.

Two ways, both of ln p, the log-probability that the character which really came next was given:

    exchange_k = ln p − mean_v ln p[x_k → v]        v: the others of its kind, each read anew
    gradient × input_k = ∂ ln p / ∂x_k · x_k        x_k one-hot: the slope in its one place

The first is what happens, the second what a straight line through the present point foretells.

Sources: Li, Monroe, Jurafsky (2016), Understanding neural networks through representation erasure;
Shrikumar, Greenside, Kundaje (2017), Learning important features through propagating activation
differences (gradient × input).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import Model, ModelState, copied, joined, quietly
from rnn_tui.models.recurrent import recurrent
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.loss import log_softmax, softmax

Floats = npt.NDArray[np.float64]

MOVED = 0.005
"""Nats from which on it is said that a character moved the prediction: less is 0.00 in print."""
MOST_OTHERS = 32
"""For how many others a character is exchanged at most: those first in the order of ids."""
_PART = 1_000
"""Characters read at a time before the first that is looked at."""


@dataclass(frozen=True, eq=False, slots=True)
class Influence:
    """What the characters before a place have done for the prediction there."""

    first: int
    """The place in the text of the first that is looked at; the last is the one before `place`."""
    probs: Floats
    """What was expected at the place (V,)."""
    log_p: float
    """ln p of the character that stands there."""
    exchange: Floats
    """By how much ln p is higher than with another in this one's place; NaN: none of its kind."""
    slope: Floats
    """Gradient × input of ln p."""


def influence(
    model: Model, ids: IntArray, place: int, others: Sequence[IntArray], most: int
) -> Influence:
    """Return how the characters before a place moved the prediction of the one that stands there.

    Args:
        model: The network; it is left as it is.
        ids: The text (N,), read from the beginning.
        place: Of the character that was to be foreseen, from 1 to N-1.
        others: For each id those that it is exchanged for.
        most: How many characters before the place are looked at.
    """
    *_, found = in_slices(model, ids, place, others, most)
    return found


def in_slices(
    model: Model, ids: IntArray, place: int, others: Sequence[IntArray], most: int
) -> Iterator[Influence]:
    """Yield the same with more and more characters exchanged, the nearest first."""
    ids = np.asarray(ids[: place + 1], dtype=np.intp)
    first, target = max(0, place - most), int(ids[-1])
    x = ids[first:place]
    states, probs, log_p, slopes = _as_it_is(model, ids[:first], x, target)
    exchange = np.full(len(x), np.nan)
    yield Influence(first, probs, log_p, exchange.copy(), slopes)
    for k in reversed(range(len(x))):
        if len(instead := others[x[k]][:MOST_OTHERS]):
            exchange[k] = log_p - _with_others(model, x[k:], target, states[k], instead)
            yield Influence(first, probs, log_p, exchange.copy(), slopes)


def worth_telling(exchange: Floats) -> Floats:
    """Return the effects with 0 for what moved nothing to speak of, or was not exchanged."""
    return np.where(np.abs(exchange) < MOVED, 0, np.nan_to_num(exchange))


@quietly
def _as_it_is(
    model: Model, before: IntArray, x: IntArray, target: int
) -> tuple[list[ModelState], Floats, float, Floats]:
    """Return the states before each of x and after them, and the other parts of `Influence`."""
    states = [_after(model, before)]
    for id in x:
        logits, after = model.forward(id[None, None], copied(states[-1]))
        states.append(copied(after))
    scores = logits[-1].astype(np.float64)
    probs = softmax(scores)
    dlogits = (np.eye(model.vocab_size)[target] - probs).astype(model.flat.dtype)
    slopes = _slopes(model.twin(), x, states[0], dlogits)
    return states, probs[0], float(log_softmax(scores)[0, target]), slopes


def _after(model: Model, ids: IntArray) -> ModelState:
    """Return the state of one sequence after all of these."""
    state = model.zero_state(1)
    for start in range(0, len(ids), _PART):
        _, state = model.forward(ids[start : start + _PART, None], state)
    return state


@quietly
def _with_others(
    model: Model, x: IntArray, target: int, state: ModelState, instead: IntArray
) -> float:
    """Return the mean ln p of the target with each of these in the place of the first."""
    texts = np.repeat(x[:, None], len(instead), axis=1)
    texts[0] = instead
    logits, _ = model.forward(texts, joined([state] * len(instead)))
    return float(log_softmax(logits[-1].astype(np.float64))[:, target].mean())


def _slopes(twin: Model, x: IntArray, state: ModelState, dlogits: FloatArray) -> Floats:
    """Return ∂ ln p / ∂x_k in the place of x_k; `dlogits` (1, V) is ∂ ln p / ∂logits.

    The gradients of the twin are written over.
    """
    T = len(x)
    if isinstance(twin, LookingBack):
        dh = np.zeros((T, 1, twin.linear.input_size), twin.flat.dtype)
        dh[-1] = dlogits @ twin.linear.weight
        dx: Any = twin.back_to_input(x[:, None], state, dh)
    else:
        stack, linear = recurrent(twin).stack, recurrent(twin).linear
        # As vectors, not ids: of those no cell says what flows back.
        vectors = np.eye(twin.vocab_size, dtype=twin.flat.dtype)[x][:, None]
        h, _, caches = stack.forward(vectors, state)
        dh = np.zeros_like(h)
        dh[-1] = dlogits @ linear.weight
        dx, _, _ = stack.backward(dh, twin.zero_state(1), caches)
    return np.array([row[0, id] for row, id in zip(dx, x, strict=True)], dtype=np.float64)
