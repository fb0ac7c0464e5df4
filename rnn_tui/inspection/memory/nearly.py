"""How near nearly all of an effect is."""

import numpy as np
import numpy.typing as npt

NEARLY = 0.9


def within(sizes: npt.NDArray[np.float64]) -> int | None:
    """Return how many of the first make up `NEARLY` all of the sum; None: there is none.

    Args:
        sizes: None below 0, the nearest first (K,).
    """
    total = sizes.cumsum()
    if not len(total) or not total[-1] > 0:
        return None
    return int(np.searchsorted(total, NEARLY * total[-1])) + 1
