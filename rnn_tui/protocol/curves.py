"""Arrays that are drawn, and curves over the updates of a run."""

import numpy as np
import numpy.typing as npt

from rnn_tui.training.history import HistoryCurves as Curves
from rnn_tui.training.history import KnobMark as Mark

__all__ = ["Curves", "Floats", "Ints", "Mark"]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
