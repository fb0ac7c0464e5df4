"""Several networks on one text: what the screen sees of a race."""

from dataclasses import dataclass
from typing import Literal

from rnn_tui.protocol.curves import Curves, Floats, Ints
from rnn_tui.protocol.state import RunState
from rnn_tui.training.settings.config import Config

Pace = Literal["equal", "flat out"]
"""Whether the networks wait for one another, update by update, or each goes as fast as it can."""


@dataclass(frozen=True, eq=False, slots=True)
class EntrantView:
    """One network of a race, as it is now; losses in nats per character."""

    name: str
    """What it is called here: "lstm", or "lstm learning-rate 0.01". Safe to paint."""
    number: int
    """By which it is drawn; it keeps this when others leave."""
    config: Config
    parameter_count: int
    """0 while its worker is starting."""
    state: RunState
    reason: str
    """Why it stands still, in one sentence; empty while it runs."""
    update: int
    smoothed: float
    validation: float | None
    updates_per_second: float
    """While it is at work: what it waits for the others is not counted."""
    curves: Curves
    seconds: Floats
    """Seconds it had been at work at each of `curves.update` (N,)."""
    sample: Ints
    """Newest sample (L,); empty: none yet."""
    next_ids: Ints
    """Likeliest symbols after the shared prefix, best first (K,); empty: there is no prefix."""
    next_probs: Floats
    """Their probabilities (K,)."""


@dataclass(frozen=True, eq=False, slots=True)
class RaceView:
    """All of them, in the order in which they were named."""

    entrants: tuple[EntrantView, ...]
    chosen: int
    """The place of the one that the other screens show."""
    pace: Pace
    cores: int
    """Processors that they share."""
    characters: int
    """Read in one update, the same for all."""

    @property
    def marked(self) -> EntrantView:
        """The one that the other screens show."""
        return self.entrants[self.chosen]

    @property
    def running(self) -> bool:
        """Whether any of the networks is at work."""
        return any(entrant.state == "running" for entrant in self.entrants)
