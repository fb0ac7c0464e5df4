"""One update of a vanilla RNN in the text-book manner: what the network is measured against.

A loop over time steps in float64, one-hot columns, arrays made as they are needed, line by line
in the manner of the well-known min-char-rnn.py (Karpathy, 2015); with clipping by norm and
Adam, as the others have.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


class PlainLoop:
    """h = tanh(Wxh x + Whh h + bh), y = Why h + by, one sequence."""

    def __init__(self, vocab_size: int, hidden_size: int, rng: np.random.Generator) -> None:
        self.Wxh = rng.normal(0, 0.1, (hidden_size, vocab_size))
        self.Whh = rng.normal(0, 0.1, (hidden_size, hidden_size))
        self.Why = rng.normal(0, 0.1, (vocab_size, hidden_size))
        self.bh = np.zeros((hidden_size, 1))
        self.by = np.zeros((vocab_size, 1))
        self.hprev = np.zeros((hidden_size, 1))
        self.parameters = (self.Wxh, self.Whh, self.Why, self.bh, self.by)
        self.means = [np.zeros_like(p) for p in self.parameters]
        self.squares = [np.zeros_like(p) for p in self.parameters]
        self.count = 0

    def loss_and_gradients(
        self, inputs: Sequence[int], targets: Sequence[int]
    ) -> tuple[float, tuple[Array, ...]]:
        """Forward and back through one window."""
        xs, hs, ys, ps = {}, {}, {}, {}
        hs[-1] = np.copy(self.hprev)
        loss = 0.0
        for t in range(len(inputs)):
            xs[t] = np.zeros((len(self.by), 1))
            xs[t][inputs[t]] = 1
            hs[t] = np.tanh(np.dot(self.Wxh, xs[t]) + np.dot(self.Whh, hs[t - 1]) + self.bh)
            ys[t] = np.dot(self.Why, hs[t]) + self.by
            ps[t] = np.exp(ys[t] - np.max(ys[t])) / np.sum(np.exp(ys[t] - np.max(ys[t])))
            loss += -np.log(ps[t][targets[t], 0])
        dWxh, dWhh, dWhy = np.zeros_like(self.Wxh), np.zeros_like(self.Whh), np.zeros_like(self.Why)
        dbh, dby = np.zeros_like(self.bh), np.zeros_like(self.by)
        dhnext = np.zeros_like(hs[0])
        for t in reversed(range(len(inputs))):
            dy = np.copy(ps[t])
            dy[targets[t]] -= 1
            dy /= len(inputs)
            dWhy += np.dot(dy, hs[t].T)
            dby += dy
            dh = np.dot(self.Why.T, dy) + dhnext
            dhraw = (1 - hs[t] * hs[t]) * dh
            dbh += dhraw
            dWxh += np.dot(dhraw, xs[t].T)
            dWhh += np.dot(dhraw, hs[t - 1].T)
            dhnext = np.dot(self.Whh.T, dhraw)
        self.hprev = hs[len(inputs) - 1]
        return loss / len(inputs), (dWxh, dWhh, dWhy, dbh, dby)

    def update(self, inputs: Sequence[int], targets: Sequence[int]) -> float:
        """Gradients, clipping, Adam."""
        loss, gradients = self.loss_and_gradients(inputs, targets)
        norm = np.sqrt(sum(np.sum(g * g) for g in gradients))
        if norm > 5.0:
            gradients = tuple(g * (5.0 / norm) for g in gradients)
        self.count += 1
        for p, g, m, v in zip(self.parameters, gradients, self.means, self.squares, strict=True):
            m[...] = 0.9 * m + 0.1 * g
            v[...] = 0.999 * v + 0.001 * g * g
            mhat = m / (1 - 0.9**self.count)
            vhat = v / (1 - 0.999**self.count)
            p -= 1e-3 * mhat / (np.sqrt(vhat) + 1e-8)
        return loss
