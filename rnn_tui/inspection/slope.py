"""The slope of a loss along one weight, and by how much the figure may be off.

    D(δ)  = (L(θ + δ) - L(θ - δ)) / 2δ      off by δ² L‴/6 + …
    slope = (4 D(δ) - D(2δ)) / 3             off by δ⁴ L⁽⁵⁾/30 + …

Two errors are left. Rounding: a loss is known up to its noise only, which makes 3/2 · noise / δ of
the slope at worst. Truncation: no more than |slope - D(δ)|, the error of the simpler formula.
The first grows as δ gets smaller, the second falls; δ is made smaller while that helps.

A network of ReLUs is smooth only as long as no unit changes sides: with every loss comes the
pattern of those that are on, and a slope across two patterns is none.

Source: Abramowitz & Stegun (1964), "Handbook of Mathematical Functions", 25.3.6; Press et al.
(2007), "Numerical Recipes", 5.7, on the two errors.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from rnn_tui.nn.cell import FloatArray

Loss = Callable[[], tuple[float, bytes]]
"""The loss as the parameters stand, and the pattern of the ReLUs that are on."""

DELTAS = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)
"""How far a weight is moved: the first, and smaller ones where they help."""
ENOUGH = 1e-6
"""A slope known as well as this, relatively, is not looked for any better."""
SAMPLES = 16


@dataclass(frozen=True, slots=True)
class Slope:
    """A numerical slope."""

    value: float
    """NaN: whichever way the weight was moved, a ReLU changed sides."""
    error: float
    """By how much it may be off."""
    flat: bool
    """Whether the loss stayed the same to the last bit."""
    delta: float
    """How far the weight was moved, at most twice that."""


def noise(loss: Loss, parameters: FloatArray, rng: np.random.Generator) -> float:
    """Return how much the loss jitters when nothing but the last bits of the parameters changes.

    The largest difference among a few losses, so 3 to 4 standard deviations of one of them.

    Args:
        loss: In float64.
        parameters: All of them (P,); as before afterwards.
        rng: For the last bits.
    """
    losses = [loss()[0] for _ in last_bits(parameters, rng, SAMPLES)]
    epsilon = float(np.finfo(parameters.dtype).eps)
    return max(max(losses) - min(losses), epsilon * abs(losses[0]))


def last_bits(parameters: FloatArray, rng: np.random.Generator, times: int) -> Iterator[None]:
    """Change the parameters' last bits at random so many times; they are as before afterwards."""
    kept, epsilon = parameters.copy(), float(np.finfo(parameters.dtype).eps)
    try:
        for _ in range(times):
            parameters[:] = kept * (1 + epsilon * rng.choice((-1, 0, 1), kept.shape))
            yield
    finally:
        parameters[:] = kept


def slope(loss: Loss, weight: FloatArray, jitter: float) -> Slope:
    """Return the slope of the loss along a weight.

    Args:
        loss: In float64.
        weight: The place it is read from (1,); as before afterwards.
        jitter: The loss's `noise`.
    """
    pattern, best = loss()[1], Slope(math.nan, math.inf, False, DELTAS[-1])
    for delta in DELTAS:
        losses, patterns = _around(loss, weight, delta)
        if patterns != {pattern}:
            continue
        far_below, below, above, far_above = losses
        simple = (above - below) / (2 * delta)
        value = (8 * (above - below) - (far_above - far_below)) / (12 * delta)
        rounding, truncation = 1.5 * jitter / delta, abs(value - simple)
        if not rounding + truncation >= best.error:
            best = Slope(value, rounding + truncation, len(set(losses)) == 1, delta)
        if best.error <= ENOUGH * abs(best.value) or rounding > truncation:
            break
    return best


def _around(loss: Loss, weight: FloatArray, delta: float) -> tuple[list[float], set[bytes]]:
    """Return the losses at -2δ, -δ, δ and 2δ, and all patterns there."""
    kept = weight[0]
    losses, patterns = [], set()
    for steps in (-2, -1, 1, 2):
        weight[0] = kept + steps * delta
        value, pattern = loss()
        losses.append(value)
        patterns.add(pattern)
    weight[0] = kept
    return losses, patterns
