"""What is held of the past: states one can return to, on the branches that training went."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from rnn_tui.language import phrase
from rnn_tui.models.turning.turns import Turn
from rnn_tui.training.history import History, KnobMark, add_mark
from rnn_tui.training.knobs import Knobs, told
from rnn_tui.training.trainer import Trainer, TrainerState

MOST_TOLD = 3
"""Turned weights that a branch names."""


class Moment(NamedTuple):
    """A moment of a branch; they follow one another as they are compared."""

    update: int
    """Updates done."""
    turns: int
    """How often weights were turned by hand before, since the first moment held."""


BEGINNING = Moment(0, 0)


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

    @property
    def moment(self) -> Moment:
        """The same, and how often weights were turned."""
        return Moment(self.state.update, self.state.turns)


at_moment = attrgetter("moment")


@dataclass(frozen=True, eq=False, slots=True)
class Turned:
    """Weights that were turned by hand."""

    update: int
    """After which update."""
    turn: Turn
    label: str
    marks: tuple[KnobMark, ...]
    """Those on the curve at that update, before this."""


@dataclass(eq=False, slots=True)
class Branch:
    """One course of the training, from the first update to the farthest it has come."""

    number: int
    history: History
    """Of all of it, the part before the fork included."""
    knobs: list[tuple[Moment, Knobs]]
    """The knobs from a moment on, wherever they were turned by hand."""
    head: int
    """The farthest update."""
    parent: "Branch | None" = None
    forked: Moment = BEGINNING
    """When it left its parent."""
    rate: float = 0.0
    """The learning rate there."""
    clip: float | None = None
    """The largest gradient norm there."""
    change: str = ""
    """What was changed there."""
    turned: list[Turned] = field(default_factory=list)
    """Wherever weights were turned by hand on all of its course, in that order."""
    kept: list[Kept] = field(default_factory=list)
    """States of its own, after the fork."""

    @property
    def fork(self) -> int:
        """The update after which it left its parent."""
        return self.forked.update

    @property
    def end(self) -> Moment:
        """The farthest moment."""
        return Moment(self.head, len(self.turned))

    @property
    def untrained(self) -> bool:
        """Whether no update was made since the fork."""
        return self.parent is not None and self.head == self.fork

    def after(self, update: int) -> Moment:
        """Return the last moment before the next update."""
        turns = bisect_right(self.turned, update, key=attrgetter("update"))
        return Moment(update, turns)

    def line(self) -> Iterator[tuple["Branch", Moment]]:
        """Itself and its ancestors, each with the last moment that belongs to its past."""
        branch, end = self, self.end
        while True:
            yield branch, end
            if branch.parent is None:
                return
            end = min(end, branch.forked)
            branch = branch.parent

    def nearest(self, moment: Moment) -> Kept | None:
        """Return the last state kept at or before a moment."""
        for branch, end in self.line():
            place = bisect_right(branch.kept, min(moment, end), key=at_moment)
            if place:
                return branch.kept[place - 1]
        return None

    def knobs_at(self, moment: Moment) -> Knobs:
        """Return how the knobs stood at a moment, and for the update after it."""
        place = bisect_right(self.knobs, moment, key=lambda change: change[0])
        return self.knobs[max(place - 1, 0)][1]

    def history_at(self, moment: Moment, then: History) -> History:
        """Return its history as it was at a moment.

        Args:
            moment: Not after its end.
            then: Running mean and last loss (see `History.until`).
        """
        past = self.history.until(moment.update, then)
        later = self.turned[moment.turns : moment.turns + 1]
        if later and later[0].update == moment.update:
            before = [mark for mark in past.marks if mark.update < moment.update]
            past.marks = before + list(later[0].marks)
        return past

    def say_change(self, trainer: Trainer) -> None:
        """Put in words what is different at the fork; call while nothing is trained since."""
        changes = (
            ("lr", self.rate, trainer.learning_rate),
            ("clip", self.clip, trainer.config.clip_norm),
        )
        marks: list[KnobMark] = []
        for turned in self.turned[self.forked.turns :]:
            add_mark(marks, turned.update, turned.label)
        words = [told(*change) for change in changes if change[1] != change[2]]
        words += [mark.label for mark in marks[:MOST_TOLD]]
        more = len(marks) - MOST_TOLD
        told_ones = ", ".join(words)
        self.change = (
            phrase("{turned} and {count} more", turned=told_ones, count=more)
            if more > 0
            else told_ones
        )


def size_of(state: TrainerState) -> int:
    """Bytes of a state's arrays."""
    hidden = sum(part.nbytes for layer in state.hidden for part in layer)
    return state.flat.nbytes + sum(slot.nbytes for slot in state.slots.values()) + hidden
