"""The memory span: which symbols of the past can be read out of the state, and how far back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rnn_tui.inspection.memory.span.guesses import FOLLOWING, Where, best_group, by_present
from rnn_tui.inspection.memory.span.ridge import Ridge, prepared
from rnn_tui.inspection.memory.span.states import States
from rnn_tui.models.protocol import Model, quietly
from rnn_tui.nn.cell import IntArray

LEAST, MOST = 1_000, 20_000
"""Symbols of a text: with fewer a read-out learns nothing, of longer ones the first are read."""
MOST_BACK = 60
"""Less than `states.WARM_UP`: all of it was read."""
HALF = 0.5
"""A symbol can be read out where this share of what guessing misses is read."""


@dataclass(frozen=True, slots=True)
class Back:
    """What can be read of the symbols so many steps back."""

    steps: int
    read: float
    """Share of all places where the read-out gets the symbol right, from 0 to 1."""
    guess: float
    """The same of whoever knows the present symbol alone; of that one, the most frequent."""
    best: Where | None
    """Where most is read of what guessing misses; None: guessing misses too little."""

    @property
    def reached(self) -> bool:
        """Whether the symbol can be read out, somewhere."""
        return self.best is not None and self.best.told >= HALF


@dataclass(frozen=True, slots=True)
class Span:
    """What is known so far."""

    places: int
    """Where the state was looked at."""
    numbers: int
    """Numbers that the state has."""
    used: int
    """Of them those that were looked at."""
    backs: tuple[Back, ...] = ()
    """From the present symbol on."""

    @property
    def steps(self) -> int | None:
        """How far back any symbol can be read out; None: not even the present one."""
        return furthest(self.backs)


def furthest(backs: Sequence[Back]) -> int | None:
    """Return how far back any symbol can be read out; None: not even the present one."""
    return max((back.steps for back in backs if back.reached), default=None)


@quietly
def memory_span(model: Model, ids: IntArray, most: int) -> Span:
    """Return all of it."""
    *_, found = in_slices(model, ids, most)
    return found


def in_slices(model: Model, ids: IntArray, most: int) -> Iterator[Span]:
    """Yield what is known, after each slice of the work.

    Args:
        model: The network, which must not learn meanwhile.
        ids: The text (N,), at least `LEAST` symbols.
        most: How many steps back one looks, at most `MOST_BACK`.
    """
    states = States(model, ids[:MOST])
    found = Span(2 * len(states.places(0)), states.total, len(states.used))
    for _ in states.read():
        yield found
    halves: list[Ridge] = []
    for half in (0, 1):
        for ridge in prepared(states.features(half)):
            if ridge:
                halves.append(ridge)
            yield found
    for steps in range(most + 1):
        read: list[IntArray] = []
        for half in (1, 0):
            sought = states.ids[states.places(half) - steps]
            read_out = halves[half].read_out(sought, model.vocab_size)
            for part in read_out.read(states.features(1 - half)):
                read.append(part)
                yield found
        back = _back(states, steps, np.concatenate(read), model.vocab_size)
        found = Span(found.places, found.numbers, found.used, (*found.backs, back))
    yield found


def _back(states: States, steps: int, read: IntArray, vocab_size: int) -> Back:
    """Compare what was read with what is there, and with guesses.

    Args:
        states: Where the state was looked at.
        steps: How far back.
        read: What was read, at the places of one half after those of the other.
        vocab_size: How many symbols there are.
    """
    ids, halves = states.ids, (states.places(0), states.places(1))
    present, sought = ([ids[at - by] for at in halves] for by in (0, steps))
    if not steps:  # the present symbol is what is sought
        present = [np.zeros_like(at) for at in halves]
    guessed = [
        by_present(present[1 - half], sought[1 - half], vocab_size)[present[half]] == sought[half]
        for half in (0, 1)
    ]
    places, symbols = np.concatenate(halves), np.concatenate(sought)
    following = [ids[places - steps + by] for by in range(1, min(FOLLOWING, steps - 1) + 1)]
    right = read == symbols
    best = best_group(np.concatenate(present), following, symbols, right, vocab_size)
    return Back(steps, float(right.mean()), float(np.concatenate(guessed).mean()), best)
