"""When the validation part is read, and how long it has not become better.

All that decides is a run's history, which checkpoints keep. A validation that was asked for
besides, as at the end of `train`, counts for nothing: so a run that goes on from a checkpoint ends
where it would have ended without.
"""

import math
from dataclasses import dataclass

from rnn_tui.language import mark, phrase
from rnn_tui.training.history import History

_NO_BETTER = (
    mark("1 validation has not been better than the {loss} nats of update {update}"),
    mark(
        "{count} validations in a row have not been better than the {loss} nats of update {update}"
    ),
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many updates, and at the end of every epoch."""

    every: int
    windows_per_epoch: int

    def due(self, update: int) -> bool:
        """Return whether a validation follows this update."""
        return update % self.every == 0 or update % self.windows_per_epoch == 0

    def count(self, update: int) -> int:
        """Return how many validations are due up to an update; the history may have fewer left."""
        both = math.lcm(self.every, self.windows_per_epoch)
        return update // self.every + update // self.windows_per_epoch - update // both

    def out_of_patience(self, history: History, update: int, patience: int) -> str:
        """Return why training ends with a validation; empty: it does not, or none was made here."""
        if not (history.validations and history.validations[-1][0] == update and self.due(update)):
            return ""
        at, loss = history.lowest(self.due) or (0, math.inf)
        waited = self.count(update) - self.count(at)
        if waited < patience:
            return ""
        said = _NO_BETTER[waited != 1]
        return phrase(said, count=f"{waited:,}", loss=f"{loss:.4g}", update=f"{at:,}")
