"""What the characters before a place did for the prediction there."""

from dataclasses import dataclass
from typing import ClassVar

from rnn_tui.protocol.curves import Floats, Ints
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import Reading


@dataclass(frozen=True, slots=True)
class InfluenceView(InsideView):
    """A place in a text, and how far back one looks from there."""

    IN_SLICES: ClassVar[bool] = True

    reading: Reading
    place: int | None = None
    """Of the character that was to be foreseen; None: where a window of training ends, or of a
    typed text what comes after it."""
    back: int = 40
    """Characters before it, at most."""


@dataclass(frozen=True, eq=False, slots=True)
class InfluenceSeen(Inside):
    """What is known of it so far."""

    unknown: tuple[str, ...]
    ids: Ints
    """The text (N,); of a typed one with the network's favorite at its end."""
    place: int
    typed: int
    """How many of them were typed, before the network's favorite; -1: it is no typed text."""
    first: int
    """The place of the first character that is looked at."""
    exchange: Floats
    """By how much ln p is higher than with another in this one's place (place - first,); NaN: not
    yet known, or there is no other of its kind."""
    slope: Floats
    """Gradient × input of ln p."""
    p: float
    """The probability that the character at the place had."""
    favorite: int
    """Which had the highest."""
    favorite_p: float
    done: bool
    """Whether all is known."""
