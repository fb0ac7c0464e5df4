"""Linear read-outs of labels by ridge regression, in closed form.

    W = (X̃ᵀ X̃ + α I)⁻¹ X̃ᵀ Y       X̃: the features without their mean, Y: the labels, one-hot
    α = r² n s²                     s²: a feature's mean variance

and of a new x the label is read whose score, x̃ W + the label's frequency, is highest. α makes the
read-out that which reads best in spite of noise r times as large as a feature's deviation, so that
traces far smaller than the features count for nothing. One inverse serves all labels; since Y is
one-hot, Xᵀ Y are sums of the rows of each label.

Source: Bishop (1995), Training with noise is equivalent to Tikhonov regularization.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rnn_tui.nn.cell import IntArray

Features = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

NOISE = 0.03
"""Of a feature's deviation. On distance.txt everything from 0.01 to 0.2 tells a network that has
learned to keep the digit from one that has not; with more, a learned one seems to lose the last
letters of the longest lines, of which there are few to learn from, and with less, traces count."""
PRODUCTS = 400_000_000
"""Multiplications at a time: about 20 ms."""


class ReadOut(NamedTuple):
    """What reads labels out of features."""

    weights: Features
    """(F, V)"""
    bias: Features
    """(V,)"""

    def read(self, x: Features) -> Iterator[IntArray]:
        """Yield the labels with the highest scores, for some rows after the others."""
        rows = max(PRODUCTS // self.weights.size, 1)
        for start in range(0, len(x), rows):
            scores = x[start : start + rows].dot(self.weights)
            scores += self.bias
            yield scores.argmax(axis=1)


class Ridge:
    """What all read-outs of the same features share."""

    def __init__(self, x: Features, inverse: Floats, mean: Floats) -> None:
        self.x = x
        self.inverse = inverse
        self.mean = mean

    def read_out(self, labels: IntArray, count: int) -> ReadOut:
        """Return what reads these labels, from 0 to `count` - 1, out of the features."""
        frequent = np.bincount(labels, minlength=count)
        order = labels.argsort(kind="stable")
        rows = np.split(self.x[order], frequent.cumsum()[:-1])
        # Ones times a matrix: twelve times as fast as np.add.reduceat.
        sums = np.array([np.ones(len(part), np.float32).dot(part) for part in rows], np.float64)
        sums -= frequent[:, None] * self.mean
        weights = self.inverse.dot(sums.T)
        bias = frequent / len(labels) - self.mean.dot(weights)
        return ReadOut(weights.astype(np.float32), bias.astype(np.float32))


def prepared(x: Features, strength: float | None = None) -> Iterator[Ridge | None]:
    """Yield nothing until the sums over all features are made, then what they make.

    Args:
        x: The features (N, F).
        strength: α; None: as above.
    """
    count, size = x.shape
    products, total = np.zeros((size, size)), np.zeros(size)
    at_once = max(PRODUCTS // size**2, 1)
    for start in range(0, count, at_once):
        rows = x[start : start + at_once]
        products += rows.T.dot(rows)
        total += rows.sum(axis=0, dtype=np.float64)
        yield None
    mean = total / count
    products -= count * np.outer(mean, mean)
    if strength is None:
        strength = NOISE**2 * float(np.trace(products)) / size
    products.flat[:: size + 1] += max(strength, np.finfo(np.float32).tiny)
    yield Ridge(x, np.linalg.inv(products).astype(np.float64), mean)
