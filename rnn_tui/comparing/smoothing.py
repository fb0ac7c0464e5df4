"""Curves made calmer, the same way however densely their points lie."""

import math

import numpy as np

from rnn_tui.comparing.run import Floats

SMOOTHINGS = (0.0, 0.6, 0.9, 0.99)
"""How much of the mean so far stays after a thousandth of the axis; 0: nothing is smoothed."""
PARTS = 1000


def smooth(at: Floats, values: Floats, weight: float, span: float) -> Floats:
    """Return the exponential mean up to each point, corrected for its start.

    One run notes each update and another one every hundredth: with a weight for each point, the
    same number would smooth them differently. So the past loses weight by the distance.

    Args:
        at: Where the points lie (N,), rising.
        values: What is smoothed (N,); what is not finite stays as it is and counts for nothing.
        weight: What of the past stays after a thousandth of `span`, 0 to 1.
        span: How long the axis is.
    """
    if not weight or not span or not at.size:
        return values
    gaps = np.diff(at, prepend=at[0] - span / PARTS)
    kept = (weight ** (gaps * (PARTS / span))).tolist()
    found = values.copy()
    mean = total = 0.0
    for place, (stays, value) in enumerate(zip(kept, values.tolist(), strict=True)):
        mean, total = stays * mean, stays * total
        if math.isfinite(value):  # of one number NumPy takes thirty times as long
            mean, total = mean + (1 - stays) * value, total + (1 - stays)
            found[place] = mean / total if total else value
    return found
