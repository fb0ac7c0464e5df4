"""Where an update is laid open."""

from collections.abc import Callable
from dataclasses import dataclass

from rnn_tui.nn.equations import index


@dataclass(frozen=True, slots=True)
class Place:
    """One layer in one time step of a window."""

    layer: int
    """From 0, the lowest."""
    t: int
    """From 0."""
    T: int
    """Time steps of the window."""
    symbol: Callable[[int], str]
    """What is read at a time step, from 0; negative ones are before the window."""

    @property
    def now(self) -> str:
        """The time step as a subscript."""
        return index(self.t)

    @property
    def before(self) -> str:
        """The time step before it."""
        return index(self.t - 1)

    @property
    def first(self) -> bool:
        """Whether the window begins here."""
        return self.t == 0

    @property
    def last(self) -> bool:
        """Whether the window ends here."""
        return self.t == self.T - 1
