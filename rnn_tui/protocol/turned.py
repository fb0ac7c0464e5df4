"""What turned weights make of the network: before and now, side by side."""

from dataclasses import dataclass
from typing import ClassVar

from rnn_tui.language import mark
from rnn_tui.protocol.curves import Floats, Ints
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import Reading

RUNS = mark("Training runs: {train.pause} pauses it, then weights can be turned.")
"""Why no weight is turned."""


@dataclass(frozen=True, slots=True)
class TurnedView(InsideView):
    """A text that is read with the weights of before and of now."""

    IN_SLICES: ClassVar[bool] = True

    reading: Reading
    layer: int = 0
    """Whose W_hh is told of, from 0."""
    rows: int = 5
    """Likeliest symbols to show, at most."""
    continuation: int = 40
    """Symbols that it goes on with, at most."""


@dataclass(frozen=True, eq=False, slots=True)
class Numbers:
    """What a network makes of the text; NaN and nothing where that is not known yet."""

    loss: float
    """Mean, in nats per symbol."""
    probs: Floats
    """Of the symbols that `TurnedSeen.top` names (K,)."""
    goes_on: Ints
    """What it would write by always taking the likeliest (L,)."""
    factor: float
    """By which an error shrinks or grows in a time step on its way back, on the average."""
    radii: tuple[float, ...]
    """Spectral radii of the blocks of W_hh."""
    passed: float
    """What the activation passes of a change, or the keeping gate of what is kept."""
    longest: float
    """The same of the unit that passes or keeps most."""


@dataclass(frozen=True, eq=False, slots=True)
class TurnedSeen(Inside):
    """What is known so far."""

    unknown: tuple[str, ...]
    turned: str
    """What was turned at this update, as on the curve; empty: nothing."""
    count: int
    """Predictions that the loss is of."""
    context: Ints
    """The last symbols before the place where the next one is predicted."""
    target: int
    """What stands there; -1: nothing does, the text ends."""
    top: Ints
    """The symbols that are likeliest now (K,)."""
    now: Numbers
    before: Numbers | None
    """None: nothing was turned, or nobody knows any more."""
    words: tuple[str, ...]
    """What W_hh does to memory and gradients; nothing where there is no state."""
    done: bool
