"""The values that PyTorch computed, and scikit-learn: scripts/make_reference.py and
scripts/make_readout_reference.py made them.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]


FILES = ("pytorch.npz", "windows.npz", "convolutions.npz", "checkpoints.npz", "readouts.npz")


@cache
def _all() -> Arrays:
    arrays: Arrays = {}
    for name in FILES:
        with np.load(Path(__file__).parent / name, allow_pickle=False) as file:
            arrays |= dict(file)
    return arrays


def reference(prefix: str) -> Arrays:
    """All arrays whose names begin with `prefix`, under the rest of their names."""
    return {n.removeprefix(prefix): a.copy() for n, a in _all().items() if n.startswith(prefix)}
