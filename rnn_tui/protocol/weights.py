"""The weights themselves, a part of one parameter at a time."""

from dataclasses import dataclass

from rnn_tui.protocol.curves import Floats
from rnn_tui.protocol.inside import Inside, InsideView


@dataclass(frozen=True, slots=True)
class WeightsView(InsideView):
    """One parameter, around one of its weights."""

    number: int = 0
    """Of the parameter, in the network's order."""
    row: int = 0
    column: int = 0
    rows: int = 8
    """Rows to show, at most."""
    columns: int = 16


@dataclass(frozen=True, eq=False, slots=True)
class WeightsSeen(Inside):
    """What stands there; rows and columns of the parameter laid flat."""

    names: tuple[str, ...]
    """Of all parameters."""
    shapes: tuple[tuple[int, ...], ...]
    """Of all parameters, as they are."""
    number: int
    shape: tuple[int, int]
    """Rows and columns of all of it."""
    first: tuple[int, int]
    """Row and column of the first weight that is shown."""
    values: Floats
    """(R, C)"""
    before: Floats
    """The same before weights were turned at this update (R, C); NaN: none were, or nobody knows
    any more."""
    limit: float
    """The largest of the parameter, in size."""
    place: tuple[int, int]
    """Row and column of the marked weight."""
    value: float
    whole: tuple[tuple[Floats, Floats], ...]
    """Of a small network all parameters, now and before; of others nothing."""
    keeping: float
    """Mean bias of the gate that decides how much the layer keeps; NaN: it has no such gate."""
