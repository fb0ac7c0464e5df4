"""How surprising each character of a text is, and at which kinds of place its bits are."""

from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np

from rnn_tui.inspection.memory.surprise import Dear, Share
from rnn_tui.protocol.curves import Floats, Ints
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import Reader, Reading


@dataclass(frozen=True, slots=True)
class SurpriseView(InsideView):
    """A text."""

    IN_SLICES: ClassVar[bool] = True

    reading: Reading


@dataclass(frozen=True, eq=False, slots=True)
class SurpriseSeen(Inside):
    """What is known of it so far."""

    unknown: tuple[str, ...]
    """Symbols that the network does not know; with any, there is no text."""
    reader: Reader
    ids: Ints
    """The text (N,)."""
    bits: Floats
    """-log₂ p of characters 1, 2, …, as far as they are read (at most N-1,)."""
    shares: tuple[Share, ...]
    """What each kind of place has of their sum."""
    dearest: tuple[Dear, ...]
    """Those that cost most, the dearest first."""
    done: bool
    """Whether all is read."""
    least: Floats = field(default_factory=lambda: np.empty(0))
    """What one who knows the rule of the text loses at characters 1, 2, … (N-1,), in nats; none
    where no rule is known."""
