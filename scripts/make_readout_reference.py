"""Compute with scikit-learn what the tests of read-outs compare against, tests/data/readouts.npz.

    pip install scikit-learn && python scripts/make_readout_reference.py

`RidgeClassifier` fits ridge regression, with an intercept, to a target of 1 for the label and -1
for the others, and reads the label whose score is highest: one-hot targets moved and stretched, so
that the highest score is the same. Two labels alone have one target there.
"""

from pathlib import Path

import numpy as np
from sklearn.linear_model import RidgeClassifier

from rnn_tui.inspection.memory.span.states import States
from rnn_tui.models.registry import build
from rnn_tui.training.settings.config import Config

DATA = Path(__file__).parent.parent / "tests" / "data"
STEPS = 6
CASES = (("rnn", 7, 5, 500, 0.02), ("lstm", 4, 6, 700, 0.7), ("gru", 9, 2, 390, 11.0))
"""Cell, hidden units, symbols, length of the text, and the strength of the ridge."""


def text(rng: np.random.Generator, vocab_size: int, length: int) -> np.ndarray:
    """Return symbols that each depend on the one before."""
    next_ones = rng.dirichlet(np.full(vocab_size, 0.7), vocab_size).cumsum(axis=1)
    ids = [0]
    for chance in rng.random(length - 1):
        ids.append(min(int((next_ones[ids[-1]] < chance).sum()), vocab_size - 1))
    return np.array(ids)


def main() -> None:
    """Write the file."""
    rng, arrays = np.random.default_rng(17), {}
    for cell, hidden_size, vocab_size, length, strength in CASES:
        config = Config(cell=cell, hidden_size=hidden_size)
        ids = text(rng, vocab_size, length)
        states = States(build(config, vocab_size, rng), ids)
        for _ in states.read():
            pass
        x = [states.features(half) for half in (0, 1)]
        sought = [[ids[states.places(half) - k] for half in (0, 1)] for k in range(STEPS)]
        fitted = [RidgeClassifier(alpha=strength).fit(x[0], labels[0]) for labels in sought]
        arrays |= {
            f"{cell}.x": np.array(x),
            f"{cell}.labels": np.array(sought),
            f"{cell}.strength": np.array(strength),
            f"{cell}.read": np.array([one.predict(x[1]) for one in fitted]),
            f"{cell}.accuracy": np.array(
                [one.score(x[1], labels[1]) for one, labels in zip(fitted, sought, strict=True)]
            ),
        }
    np.savez_compressed(DATA / "readouts.npz", **arrays)


if __name__ == "__main__":
    main()
