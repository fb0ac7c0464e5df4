"""What the screens that look inside the network draw; parts of a `Snapshot`, of bounded size."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnn_tui.inspection.clipping import Clipping
from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.protocol.curves import Curves, Floats, Ints

Numbers = npt.NDArray[np.float32] | Floats


@dataclass(frozen=True, eq=False, slots=True)
class Unrolled:
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
    """For each layer, h before the first time step here (U,)."""
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
class Opened:
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


@dataclass(frozen=True, eq=False, slots=True)
class Gradients:
    """How far back the error reaches."""

    unknown: tuple[str, ...]
    inputs: Ints
    """(T,)"""
    targets: Ints
    h: Floats
    """‖∂L_t/∂h_k‖ per layer (L, T, T), [layer, t, k]; NaN where k > t."""
    c: Floats | None
    """‖∂L_t/∂c_k‖; the LSTM's."""
    sentences: tuple[str, ...]
    """What that means: for the whole state, then for the LSTM's cell state of the top layer."""
    layers: tuple[str, ...]
    """The same for each of several layers, the top one first."""
    clip: str
    """What clipping did to the last gradient."""
    limit: float | None
    """The largest norm allowed."""
    norms: Curves
    """The gradient's norm over training."""


Inside = Unrolled | Opened | Gradients
