"""What each unit of the network follows in a text, and its values there."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from rnn_tui.protocol.curves import Floats, Ints
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import Part, Reading


@dataclass(frozen=True, slots=True)
class UnitsView(InsideView):
    """What all units follow in a part of the corpus."""

    IN_SLICES: ClassVar[bool] = True
    PART: ClassVar[float] = 0.6

    part: Part = "training"
    kind: str = "h"
    """What of the units: h, c, or a gate by its letter."""
    pattern: str | None = None
    """A regular expression: what is asked is who follows that."""


@dataclass(frozen=True, eq=False, slots=True)
class UnitsSeen(Inside):
    """What is known of it, in R rows: one for each label, then the other units."""

    kinds: tuple[str, ...]
    """What this network's units have, by its letters."""
    widths: tuple[int, ...]
    """Units of each layer, the lowest first."""
    symbols: int
    """Of the text read; what is told of a unit was found in one half and measured in the other."""
    labels: tuple[str, ...]
    """Words of what can be followed (F,); none: nothing will be told."""
    numbers: tuple[bool, ...]
    """Which of them are numbers, whose strength is a correlation; of the others it is 2 AUC − 1."""
    chance: Floats
    """What a strength must exceed (F,)."""
    units: Ints
    """The unit that follows each label best; then those that follow theirs more before those that
    do less (R,). Counted through all layers from 0; -1: not yet known."""
    label: Ints
    """Which label is meant (R,)."""
    strength: Floats
    """How much it follows that (R,)."""
    claimed: tuple[bool, ...]
    """Whether that is more than chance."""
    places: Ints
    """Where each is strongest in the text, or lowest where it is off (R, P); -1: nowhere else."""
    values: Floats
    """What it has there (R, P)."""
    around: npt.NDArray[np.int16]
    """The symbols around each place (R, P, BEFORE + 1 + AFTER); -1: beyond the text."""
    refused: str = ""
    """Why nothing is told, in a sentence."""
    done: bool = True


BEFORE, AFTER = 20, 8
"""Symbols shown around a place."""


@dataclass(frozen=True, slots=True)
class UnitTextView(InsideView):
    """One unit over the text that is read."""

    IN_SLICES: ClassVar[bool] = True
    PART: ClassVar[float] = 0.4

    reading: Reading
    kind: str
    unit: int
    """Counted through all layers from 0."""
    symbols: int
    """How many have room."""


@dataclass(frozen=True, eq=False, slots=True)
class UnitText(Inside):
    """Its values."""

    unknown: tuple[str, ...]
    kind: str
    unit: int
    ids: Ints
    """The text (N,)."""
    values: Floats
    """Once each symbol is read (N,); NaN: not yet read."""
    done: bool = True
