"""The weights themselves, a part of one parameter at a time."""

from dataclasses import dataclass
from typing import NamedTuple

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


class Sheet(NamedTuple):
    """A parameter, or a part of one, laid flat (R, C); NaN where nobody knows."""

    now: Floats
    turned: Floats
    """Before weights were turned at this update; NaN: none were."""
    before: Floats
    """Before the last update; NaN: none was made here."""
    change: Floats
    """What that update added."""


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
    page: Sheet
    """What is shown of it."""
    limit: float
    """The largest of the parameter, in size."""
    limit_before: float
    """That before the last update; NaN: nobody knows."""
    most: float
    """The largest change by it, in size; NaN likewise."""
    place: tuple[int, int]
    """Row and column of the marked weight."""
    value: float
    whole: tuple[Sheet, ...]
    """Of a small network all parameters; of others nothing."""
    update: int
    """The last one made."""
    keeping: float
    """Mean bias of the gate that decides how much the layer keeps; NaN: it has no such gate."""
