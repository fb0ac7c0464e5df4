"""What can be changed for once where a network reads a text, as values."""

from dataclasses import dataclass

MOST = 1_000_000
"""No larger number can be typed: float32 holds it, and what is reckoned of it."""


@dataclass(frozen=True, slots=True)
class Wiped:
    """All that a time step hands on is 0: h of every layer, and c where there is one."""

    step: int
    """From 0."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One number of it is another one."""

    step: int
    layer: int
    """From 0, the lowest."""
    unit: int
    """From 0."""
    value: float
    letter: str = "h"
    """Which of what the layer remembers; of an LSTM h follows a changed c."""


@dataclass(frozen=True, slots=True)
class Exchanged:
    """Another symbol is read there."""

    step: int
    id: int


Change = Wiped | Typed | Exchanged
