"""The formulas of one time step of a text, with the numbers they are filled in with."""

from dataclasses import dataclass
from typing import ClassVar

from rnn_tui.inspection.experiment.changes import Change
from rnn_tui.models.spec import Feature
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import BEGINNING, Reading
from rnn_tui.protocol.update import Opened


@dataclass(frozen=True, slots=True)
class FormulaView(InsideView):
    """One layer and the output, in one time step."""

    FEATURE: ClassVar[Feature | None] = "unrolled"
    reading: Reading = BEGINNING
    step: int = 0
    """From 0."""
    layer: int = -1
    """From 0; -1: the top one."""
    unit: int = 0
    """The marked one, of layers too large to tell of all."""
    change: Change | None = None
    """What is changed while this is read."""


@dataclass(frozen=True, eq=False, slots=True)
class FormulaSeen(Inside):
    """Its numbers."""

    opened: Opened | None
    """The time step forward, as of an update; None: nothing is read there."""
    step: int = 0
    layer: int = 0
    unit: int | None = None
    """The only one that is told of; None: all are."""
    symbol: int | None = None
    """Likewise of the symbols."""
    by_hand: bool = False
    """Whether the layer's numbers at this step were put there, so that no formula gives them."""
