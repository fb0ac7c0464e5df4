"""One update laid open."""

from dataclasses import dataclass, field

import numpy as np

from rnn_tui.inspection.clipping import Clipping
from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.protocol.curves import Floats, Ints
from rnn_tui.protocol.inside import Inside, InsideView


@dataclass(frozen=True, slots=True)
class BackpropView(InsideView):
    """One update laid open."""

    FEATURE = "update"
    entries: int = 8
    """Numbers of a vector, at most."""
    rows: int = 8
    """Rows of a matrix, at most; of a larger one blocks are shown."""
    columns: int = 16
    steps: int = 8
    """Time steps of the overview, at most; 0: nobody looks at it."""
    units: int = 4
    """Hidden units of the overview, at most."""
    marked: tuple[int, int, int] = (0, 0, 0)
    """Number of the matrix, row and column of the cell under the cursor."""


@dataclass(frozen=True, eq=False, slots=True)
class Vector:
    """The first numbers of a vector."""

    values: Floats
    size: int
    """How many there are in all."""
    norm: float


@dataclass(frozen=True, eq=False, slots=True)
class Matrix:
    """A parameter's gradient, and what the last micro-step added to it."""

    name: str
    shape: tuple[int, ...]
    values: Floats
    """Two-dimensional; where the matrix is larger, of each block the number largest in size."""
    blocks: bool
    norm: float
    added: float
    """Norm of what was added; 0: nothing."""


@dataclass(frozen=True, eq=False, slots=True)
class Known:
    """What the walk has found out about the top layer; NaN: nothing yet."""

    first: int
    """The first time step here, from 0."""
    h: Floats
    """(T, U)"""
    dh: Floats
    """dL/dh (T, U)."""
    losses: Floats
    """(T,)"""


@dataclass(frozen=True, eq=False, slots=True)
class Weight:
    """One weight."""

    name: str
    """Of its parameter."""
    index: tuple[int, ...]
    value: float
    """Before the update."""
    gradient: float
    """As far as it is summed up."""
    after: float
    """Its value after the update."""


@dataclass(frozen=True, eq=False, slots=True)
class Opened(Inside):
    """One update, as far as it has been walked through."""

    done: int
    """Micro-steps done."""
    steps: tuple[MicroStep, ...]
    inputs: Ints
    """Of the sequence that is shown (T,)."""
    targets: Ints
    losses: Floats
    """(T,)"""
    sequence: int
    batch_size: int
    vectors: dict[str, Vector]
    """What the micro-step's formula is filled in with."""
    numbers: dict[str, float]
    words: dict[str, str]
    """What fits in neither."""
    matrices: tuple[Matrix, ...]
    """The gradients, summed over the batch and the time steps done."""
    limit: float
    """Largest gradient of the whole update, in size: the end of the scale."""
    clipping: Clipping | None
    """Once it is done."""
    weight: Weight | None
    """The one under the cursor."""
    known: Known | None
    earlier: Ints = field(default_factory=lambda: np.empty(0, np.int64))
    """What the layers see of the time before the window, the oldest first; -1: nothing there."""
