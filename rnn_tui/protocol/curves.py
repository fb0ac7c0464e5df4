"""Arrays that are drawn, and curves over the updates of a run."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Mark:
    """A knob that was turned."""

    update: int
    label: str


@dataclass(frozen=True, eq=False, slots=True)
class Curves:
    """The loss history, thinned to the asked-for number of points."""

    update: Floats
    """Last update of each bin (N,)."""
    low: Floats
    """Smallest loss in each bin (N,)."""
    high: Floats
    """Largest loss in each bin (N,)."""
    smoothed: Floats
    """Running mean at the end of each bin (N,)."""
    val_update: Floats
    validation: Floats
    marks: tuple[Mark, ...] = ()
