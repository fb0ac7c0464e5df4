"""Training time as a place one can move in: states kept on the way, the rest by replaying.

States are kept under a budget of bytes, the recent ones dense and the old ones thin; a moment in
between is reached by training on from the nearest state before it, with the knobs turned as they
were. The trainer's steps are functions of its state, so the bits are the same as the first time.
"""

from bisect import bisect_right
from dataclasses import dataclass

from rnn_tui.training.history import History
from rnn_tui.training.trainer import Trainer, TrainerState

BUDGET = 64 << 20
"""Bytes of states to hold, at most; two states are held however large they are."""
COST = 32
"""A state is kept after this many updates at the earliest: copying one takes about a tenth of
an update of the smallest network, so that keeping costs it well under one percent."""


@dataclass(frozen=True, eq=False, slots=True)
class Kept:
    """A moment one can return to."""

    state: TrainerState
    size: int
    """Bytes."""

    @property
    def update(self) -> int:
        """Updates done at that moment."""
        return self.state.update


class Timeline:
    """The past of one trainer, from its first update to the farthest it has come."""

    def __init__(self, trainer: Trainer, budget: int = BUDGET) -> None:
        """Begin where the trainer stands now."""
        self.trainer = trainer
        self.budget = budget
        self.kept: list[Kept] = []
        self.rates: list[tuple[int, float]] = []
        """The base learning rate from an update on, wherever it was changed by hand."""
        self.head = trainer.update
        """The farthest update reached."""
        self.due = 0
        self.turned()
        self.keep()

    @property
    def size(self) -> int:
        """Bytes held."""
        return sum(kept.size for kept in self.kept)

    @property
    def start(self) -> int:
        """The earliest update one can return to."""
        return self.kept[0].update

    def passed(self) -> None:
        """Call after every update; keeps a state where one is due."""
        update = self.trainer.update
        self.head = max(self.head, update)
        if update >= self.due:
            self.keep()

    def turned(self) -> None:
        """Call after the learning rate was changed by hand."""
        update, rate = self.trainer.update, self.trainer.base_rate
        self.rates = [change for change in self.rates if change[0] < update]
        self.rates.append((update, rate))

    def keep(self) -> None:
        """Keep the present state and thin out the past to the budget."""
        state = self.trainer.capture()
        place = bisect_right([kept.update for kept in self.kept], state.update)
        if place and self.kept[place - 1].update == state.update:
            self.kept.pop(place - 1)
            place -= 1
        self.kept.insert(place, Kept(state, size_of(state)))
        while self.size > self.budget and len(self.kept) > 2:
            self.kept.pop(self._least_missed())
        self.due = self.trainer.update + self._interval()

    def go_to(self, update: int) -> None:
        """Put the trainer to an update it has passed; its history stays whole.

        Args:
            update: From `start` to `head`; outside, the nearest of them is taken.
        """
        update = min(max(update, self.start), self.head)
        place = bisect_right([kept.update for kept in self.kept], update)
        trainer, whole = self.trainer, self.trainer.history
        if not self.kept[place - 1].update <= trainer.update <= update:
            trainer.restore(self.kept[place - 1].state)
        # Replayed updates are in the history already; they must not be counted twice.
        trainer.history = History(whole.smoothing)
        try:
            while trainer.update < update:
                trainer.base_rate = self._rate_at(trainer.update)
                trainer.step()
        finally:
            trainer.finish_validation()
            trainer.base_rate = self._rate_at(trainer.update)
            trainer.history = whole

    def forget_after(self, update: int) -> None:
        """Drop everything later than an update: from here on there is another future."""
        self.kept = [kept for kept in self.kept if kept.update <= update]
        self.rates = [change for change in self.rates if change[0] <= update]
        self.head = self.trainer.update
        self.due = self.trainer.update

    def _rate_at(self, update: int) -> float:
        place = bisect_right([change[0] for change in self.rates], update)
        return self.rates[max(place - 1, 0)][1]

    def _interval(self) -> int:
        # A full budget holds budget / size states; with states that far apart the recent past
        # is as dense as the budget allows, and the thinning below makes room.
        room = max(2, self.budget // max(self.kept[-1].size, 1))
        return max(COST, self.head // (4 * room))

    def _least_missed(self) -> int:
        """Which state to drop: the one that leaves the smallest gap for its age."""
        updates = [kept.update for kept in self.kept]
        now = updates[-1]
        return min(
            range(1, len(updates) - 1),
            key=lambda i: (updates[i + 1] - updates[i - 1]) / (now - updates[i] + COST),
        )


def size_of(state: TrainerState) -> int:
    """Bytes of a state's arrays."""
    hidden = sum(part.nbytes for layer in state.hidden for part in layer)
    return state.flat.nbytes + sum(slot.nbytes for slot in state.slots.values()) + hidden
