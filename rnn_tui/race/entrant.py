"""Who races, before it is a process."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.training.settings.config import Config

if TYPE_CHECKING:
    from rnn_tui.training.checkpoint.file import Checkpoint


@dataclass(frozen=True, slots=True)
class Entrant:
    """A network that is to race."""

    name: str
    config: Config
    notes: tuple[str, ...] = ()
    """What was chosen or changed unasked."""
    checkpoint: "Checkpoint | None" = None
    """Where it goes on; None: at the first update."""
