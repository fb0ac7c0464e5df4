"""The network unrolled in time."""

import math
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from rnn_tui.inspection.experiment.changes import Change
from rnn_tui.protocol.curves import Floats, Ints
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import BEGINNING, Reading

Numbers = npt.NDArray[np.float32] | Floats


@dataclass(frozen=True, slots=True)
class UnrolledView(InsideView):
    """The network unrolled in time."""

    FEATURE = "unrolled"
    reading: Reading = BEGINNING
    """What stands in the columns; of the corpus as much as a window of training has."""
    first: int = 0
    """Leftmost time step shown, from 0."""
    steps: int = 8
    """Time steps shown, at most."""
    rows: int = 12
    """Symbols per time step, at most."""
    gates: bool = False
    """Whether gates and cell state are unfolded."""
    unit: int | None = None
    """The hidden unit that is shown of every layer, from 0; None: all of them."""
    earlier: int = 0
    """Symbols read before the leftmost time step, at most."""
    change: Change | None = None
    """What is changed while this is read, and only then; None: nothing."""


@dataclass(frozen=True, eq=False, slots=True)
class Unrolled(Inside):
    """The network unrolled in time; arrays hold the time steps asked for, T of them."""

    unknown: tuple[str, ...]
    """Symbols of the text that are not in the vocabulary; with any, there are no time steps."""
    total: int
    """Time steps there are."""
    first: int
    """The first one here, from 0."""
    inputs: Ints
    """(T,)"""
    targets: Ints
    """(T,); -1 where nothing is known to come next."""
    layers: tuple[dict[str, Numbers], ...]
    """For each layer, bottom first: "h", and where asked for the gates and "c"; each (T, U)."""
    before: tuple[Numbers, ...]
    """For each layer, h before the first time step here (U,); none where no state is carried on."""
    top_ids: Ints
    """Symbols with the largest logits (T, K); all, in the order of ids, where V <= K."""
    logits: Floats
    """Theirs (T, K)."""
    probs: Floats
    target_logits: Floats
    """(T,); NaN without a target."""
    target_probs: Floats
    losses: Floats
    mean_loss: float
    """Over all time steps that have a target."""
    unit: int | None = None
    """The hidden unit that `layers` hold alone, from 0; None: they hold the first U."""
    earlier: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """Symbols read before the first time step here, the oldest first."""
    least: Floats = field(default_factory=lambda: np.empty(0))
    """What one who knows the rule of the text loses (T,), NaN where nobody has worked it out; none
    where no rule is known."""
    mean_least: float = math.nan
    """Over all time steps that have a target; NaN where one of them is unknown."""
    change: Change | None = None
    """What was changed for all of this; None: nothing, or the network has no such number."""
    unchanged: "Unrolled | None" = None
    """The same without it; None: nothing was changed."""
