"""What is held of the past: states one can return to, on the branches that training went."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from rnn_tui.training.history import History
from rnn_tui.training.knobs import Knobs
from rnn_tui.training.trainer import TrainerState


@dataclass(frozen=True, eq=False, slots=True)
class Kept:
    """A moment one can return to."""

    state: TrainerState
    mean: History
    """Running mean and loss at that moment; its curve is empty."""
    norm: float
    """Of the gradient before."""
    size: int
    """Bytes."""

    @property
    def update(self) -> int:
        """Updates done at that moment."""
        return self.state.update


at_update = attrgetter("update")


@dataclass(eq=False, slots=True)
class Branch:
    """One course of the training, from the first update to the farthest it has come."""

    number: int
    history: History
    """Of all of it, the part before the fork included."""
    knobs: list[tuple[int, Knobs]]
    """The knobs from an update on, wherever they were turned by hand."""
    head: int
    """The farthest update."""
    parent: "Branch | None" = None
    fork: int = 0
    """The update after which it left its parent."""
    rate: float = 0.0
    """The learning rate there."""
    clip: float | None = None
    """The largest gradient norm there."""
    change: str = ""
    """What was changed there."""
    kept: list[Kept] = field(default_factory=list)
    """States of its own, after the fork."""

    def line(self) -> Iterator[tuple["Branch", int]]:
        """Itself and its ancestors, each with the last update that belongs to its past."""
        branch, end = self, self.head
        while True:
            yield branch, end
            if branch.parent is None:
                return
            end = min(end, branch.fork)
            branch = branch.parent

    def nearest(self, update: int) -> Kept | None:
        """Return the last state kept at or before an update."""
        for branch, end in self.line():
            place = bisect_right(branch.kept, min(update, end), key=at_update)
            if place:
                return branch.kept[place - 1]
        return None


def size_of(state: TrainerState) -> int:
    """Bytes of a state's arrays."""
    hidden = sum(part.nbytes for layer in state.hidden for part in layer)
    return state.flat.nbytes + sum(slot.nbytes for slot in state.slots.values()) + hidden
