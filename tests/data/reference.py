"""The values that PyTorch computed, and scikit-learn: scripts/make_reference.py and
scripts/make_readout_reference.py made them, and of dropout scripts/make_dropout_reference.py.
"""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Arrays = dict[str, npt.NDArray[Any]]


NAMES = ("pytorch", "windows", "convolutions", "checkpoints", "readouts", "dropout")


@cache
def _all() -> Arrays:
    arrays: Arrays = {}
    for name in NAMES:
        with np.load(Path(__file__).parent / f"{name}.npz", allow_pickle=False) as file:
            arrays |= dict(file)
    return arrays


def reference(prefix: str) -> Arrays:
    """All arrays whose names begin with `prefix`, under the rest of their names."""
    return {n.removeprefix(prefix): a.copy() for n, a in _all().items() if n.startswith(prefix)}
