"""How well numbers follow labels, those of all units at once.

Of a label that is a number, Pearson's correlation; of one that is so or not so, the area under the
ROC curve: the probability that a unit is higher at a symbol where it is so than at one where it is
not, a tie counting half. It follows from the ranks r of the N values alone:

    AUC = 1/2 + Σ_so (r − (N+1)/2) / (n_so · n_not)

Both are given as a strength between −1 and 1: the correlation, and 2 AUC − 1.

Source: Hanley & McNeil (1982), "The meaning and use of the area under a receiver operating
characteristic (ROC) curve".
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from rnn_tui.text.features.label import Label

Floats = npt.NDArray[np.float64]
Values = npt.NDArray[np.floating[Any]]

COLUMNS = 16
"""Units to a slice."""


class Scores:
    """A part of a text's values, made ready to be compared with its labels, and those again moved.

    Args:
        values: Of every unit (N, U).
        labels: Over the whole text.
        part: Which part of it this is.
    """

    def __init__(self, values: Values, labels: Sequence[Label], part: slice) -> None:
        self.values = values
        self.ranks = np.empty(values.shape)
        self.centered = np.empty(values.shape)
        self.number = np.array([label.number for label in labels], bool)
        self._numbers = _unit_length(_rows(labels, part, number=True))
        self._binary = _rows(labels, part, number=False)
        ones = self._binary.sum(axis=1, keepdims=True)
        self._binary /= np.maximum(ones * (len(values) - ones), 1)

    def prepare(self) -> Iterator[None]:
        """Sort the values; yield after some units."""
        for start in range(0, self.values.shape[1], COLUMNS):
            columns = slice(start, start + COLUMNS)
            part = self.values[:, columns].astype(np.float64)
            self.centered[:, columns] = _unit_length(part.T).T
            for number in range(start, start + part.shape[1]):
                self.ranks[:, number] = centered_ranks(self.values[:, number])
            yield

    def strengths(self, moved: int = 0) -> Floats:
        """Return how much each unit follows each label (F, U).

        Args:
            moved: By how many symbols all labels are moved on, those at the end to the beginning.
        """
        found = np.empty((len(self.number), self.values.shape[1]))
        found[self.number] = np.roll(self._numbers, moved, axis=1) @ self.centered
        found[~self.number] = 2 * (np.roll(self._binary, moved, axis=1) @ self.ranks)
        return found


def centered_ranks(values: Values) -> Floats:
    """Return the ranks of numbers (N,), those of equal ones their mean, less the mean of all."""
    order = np.argsort(values)
    rising = values[order]
    starts = np.flatnonzero(np.concatenate([[True], rising[1:] != rising[:-1]]))
    ends = np.append(starts[1:], len(values))
    ranks = np.empty(len(values))
    ranks[order] = np.repeat((starts + ends - len(values)) / 2, ends - starts)
    return ranks


def auc(strength: float) -> float:
    """Return the area under the curve, of a unit that is on or off: from 0.5 to 1."""
    return (1 + abs(strength)) / 2


def _rows(labels: Sequence[Label], part: slice, *, number: bool) -> Floats:
    rows = [label.values[part] for label in labels if label.number == number]
    return np.array(rows).reshape(len(rows), part.stop - part.start)


def _unit_length(rows: Floats) -> Floats:
    """Return each row with mean 0 and length 1; nothing but zeros where all its numbers agree."""
    # Of equal numbers rounding would leave a little, which must not become large.
    differ = np.ptp(rows, axis=1, keepdims=True) > 0
    rows = rows - rows.mean(axis=1, keepdims=True)
    lengths = np.sqrt((rows**2).sum(axis=1, keepdims=True))
    whole: Floats = np.divide(rows, lengths, out=np.zeros_like(rows), where=differ)
    return whole
