"""When training has diverged: the loss or gradient is not finite, or the loss is far too high.

Far too high is told against blind guessing, where every run begins, and not against the loss
before: a network that is nearly always certain is now and then very wrong, and all is well.
Measured over the ten corpora, five presets, every cell, and windows of 1 to 2,500 characters,
20,000 updates each at most: a single surprise reached 21 nats where a window holds one or two
characters, and the first updates of Adagrad at a rate of 0.1 reached 5.5 ln V. The limit is
about twice that everywhere; runs that really diverge pass it within a few updates.
"""

import math
from typing import Literal

Watch = Literal["all", "finite", "nothing"]
"""What stops a run: a loss far too high and what is not finite, only the latter, nothing."""
Kind = Literal["loss", "gradient", "high"]
"""The loss is not finite, only the gradient is not, or the loss is finite and far too high."""

FIRST_UPDATES = 10
"""In these no loss is too high: the optimizers are still finding their stride."""
UNIFORM = 10.0
"""Times ln V, plus"""
SURPRISE = 40.0
"""nats that single characters of the window may cost: one to which the network gave e^-40."""


def loss_limit(vocab_size: int, positions: int) -> float:
    """Return the highest loss that can be ordinary, in nats per character.

    Args:
        vocab_size: V.
        positions: Characters that the loss is the mean over.
    """
    return UNIFORM * math.log(vocab_size) + SURPRISE / positions


def kind_of(loss: float, norm: float) -> Kind:
    """Tell what is wrong with an update whose loss or norm is not finite, or too large."""
    if not math.isfinite(loss):
        return "loss"
    return "high" if math.isfinite(norm) else "gradient"
