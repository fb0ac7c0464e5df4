"""What each unit follows: chosen on the first half of a text, measured on the other.

Among hundreds of units some follow any label a little. How much is chance is told by the same
labels moved on along the text: they still hang together as before, and no unit can know them. A
unit is claimed to follow a label where it does so better than any unit any label at any of the
moves, each label measured by what is usual for it (the median over all moves). The moves are the
multiples of one step and lead round once, so that of SHIFTS moves, none included, each is as
likely to be the best by chance: something is claimed of random labels in 1 of SHIFTS texts at most.
A label that comes again like clockwork fits as well after some of the moves: of such a text little
is claimed. Of a long text a hundredth may be more than chance, and yet say nothing of a unit: what
is claimed is besides an effect, if a small one.

Sources: Westfall & Young (1993), Resampling-Based Multiple Testing (the largest of all, for each
shuffle); Harris (2020), arXiv:2008.01862 (labels that hang together are shifted, not shuffled);
Cohen (1988), Statistical Power Analysis for the Behavioral Sciences (r = 0.1: a small effect).
"""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnn_tui.inspection.memory.units.measures import Floats, Scores, Values
from rnn_tui.text.features.label import Label

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SHIFTS = 24
LEAST_STRENGTH = 0.1
"""Of what is claimed: a correlation of 0.1, an AUC of 0.55."""


@dataclass(frozen=True, eq=False, slots=True)
class Followed:
    """What U units follow of F labels; strengths are as in `measures`."""

    labels: tuple[Label, ...]
    label: Ints
    """Which label each unit follows best in the first half (U,)."""
    strength: Floats
    """How much it follows that one in the second (U,)."""
    claimed: Bools
    """Whether that is more than chance, and worth it (U,)."""
    order: Ints
    """The units (U,): those that are claimed first, and what follows better before the rest."""
    unit: Ints
    """Which unit follows each label best in the first half (F,)."""
    by_unit: Floats
    """How much it does in the second (F,)."""
    by_unit_claimed: Bools
    """Whether that is more than chance, and worth it (F,)."""
    chance: Floats
    """What a strength must exceed to be no chance, for each label (F,); 1 and more: never."""


def search(values: Values, labels: Sequence[Label]) -> Generator[None, None, Followed]:
    """Find out what each unit follows; yields after each slice.

    Args:
        values: Of every unit at every symbol (N, U).
        labels: Of the same symbols; at least one.
    """
    half = len(values) // 2
    first = Scores(values[:half], labels, slice(0, half))
    yield from first.prepare()
    chosen = first.strengths()
    yield
    second = Scores(values[half : 2 * half], labels, slice(half, 2 * half))
    yield from second.prepare()
    measured = second.strengths()
    most = [np.abs(measured).max(axis=1)]
    for move in range(1, SHIFTS):
        yield
        most.append(np.abs(second.strengths(move * half // SHIFTS)).max(axis=1))
    return _told(tuple(labels), chosen, measured, chance(np.array(most)))


def chance(most: Floats) -> Floats:
    """Return what a strength must exceed to be no chance, for each label (F,).

    Args:
        most: The largest of any unit (SHIFTS, F), at each move; the first is none.
    """
    usual = np.median(most, axis=0)
    usual = np.maximum(usual, np.finfo(np.float64).tiny)
    beyond: Floats = (most[1:] / usual).max() * usual
    return beyond


def _told(labels: tuple[Label, ...], chosen: Floats, measured: Floats, beyond: Floats) -> Followed:
    units, every = np.arange(measured.shape[1]), np.arange(len(labels))
    label, unit = np.abs(chosen).argmax(axis=0), np.abs(chosen).argmax(axis=1)
    strong = np.abs(measured) > np.maximum(beyond, LEAST_STRENGTH)[:, None]
    holds = strong & (np.sign(measured) == np.sign(chosen))
    claimed = holds[label, units]
    return Followed(
        labels=labels,
        label=label,
        strength=measured[label, units],
        claimed=claimed,
        order=np.lexsort((-np.abs(chosen[label, units]), ~claimed)),
        unit=unit,
        by_unit=measured[every, unit],
        by_unit_claimed=holds[every, unit],
        chance=beyond,
    )
