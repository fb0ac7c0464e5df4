"""Training time as a place one can move in: states kept on the way, the rest by replaying.

States are kept under a budget of bytes, the recent ones dense and the old ones thin; a moment in
between is reached by training on from the nearest state before it, with the knobs and the weights
turned as they were. The trainer's steps are functions of its state, so the bits are the same as the
first time.

Going on from a past moment starts a branch: it shares the past up to there and has its own future.
So does turning weights by hand, wherever one stands: the network as it was stays on the branch it
is on, and the moment before is one that can be gone back to.
"""

from bisect import insort
from collections.abc import Sequence
from copy import deepcopy

from rnn_tui.models.turning.changes import changes
from rnn_tui.models.turning.turns import Turn
from rnn_tui.training.branches import Branch, Kept, Moment, Turned, at_moment, size_of
from rnn_tui.training.history import History
from rnn_tui.training.knobs import Knobs
from rnn_tui.training.thinning import COST, only_child, thin_out, unneeded
from rnn_tui.training.trainer import Trainer

BUDGET = 256 << 20
"""Bytes of states to hold, at most; two states are held however large they are."""
MOST_STATES = 600
"""A bar on the screen tells no more of them apart, and looking through them costs time."""
MOST_BRANCHES = 8


class Timeline:
    """The past of one trainer, and the branches it went on in."""

    def __init__(self, trainer: Trainer, budget: int = BUDGET) -> None:
        """Begin where the trainer stands now."""
        self.trainer = trainer
        self.budget = budget
        self.start = trainer.update
        """The earliest update one can return to."""
        trainer.turns = 0
        self.branch = Branch(1, trainer.history, [], self.start)
        """The one the trainer is on."""
        self.branches = [self.branch]
        self.heading: Moment | None = None
        """The moment a journey is to end at; None: no journey is under way."""
        self.size = 0
        """Bytes held."""
        self.due = 0
        """The update after which the next state is to be kept."""
        self._numbers = 1
        self.knob_turned()
        self.keep()

    @property
    def here(self) -> Moment:
        """Where the trainer stands."""
        return Moment(self.trainer.update, self.trainer.turns)

    @property
    def head(self) -> int:
        """The farthest update of this branch."""
        return self.branch.head

    @property
    def goal(self) -> int | None:
        """The update a journey is to end at; None: no journey is under way."""
        return self.heading.update if self.heading else None

    @property
    def in_past(self) -> bool:
        """Whether the trainer stands before the end of its branch, or is on a journey."""
        if self.heading is not None or self.trainer.update < self.branch.head:
            return True
        return self.trainer.turns < len(self.branch.turned)

    @property
    def turned_next(self) -> Turned | None:
        """How weights were turned on this branch at this very update, but later; None: not."""
        later = self.branch.turned[self.trainer.turns : self.trainer.turns + 1]
        return later[0] if later and later[0].update == self.trainer.update else None

    @property
    def count(self) -> int:
        """States held."""
        return sum(len(branch.kept) for branch in self.branches)

    def update_made(self) -> None:
        """Call after an update at the head; keeps a state where one is due."""
        self.branch.head = self.trainer.update
        if self.trainer.update >= self.due:
            self.keep()

    def knob_turned(self) -> None:
        """Call after a knob was turned by hand."""
        trainer, branch, here = self.trainer, self.branch, self.here
        branch.knobs = [change for change in branch.knobs if change[0] < here]
        branch.knobs.append((here, trainer.knobs))
        if branch.parent and trainer.update == branch.fork:
            branch.say_change(trainer)

    def turn(self, asked: Turn, label: str) -> None:
        """Turn weights by hand, mark the curve, and be on a branch of its own.

        Turned again before an update is made, it is the same branch.

        Args:
            asked: What to do.
            label: Of the mark.

        Raises:
            InputError: It cannot be done; nothing has changed.
        """
        trainer = self.trainer
        changes(asked, trainer.model.parameters, trainer.config)
        trainer.finish_validation()
        if not self.in_past and not self.branch.untrained:
            self.keep()
            self._fork(deepcopy(trainer.history))
        self.branch_off()
        self.keep()
        update, branch = trainer.update, self.branch
        marks = tuple(mark for mark in trainer.history.marks if mark.update == update)
        branch.turned.append(Turned(update, asked, label, marks))
        trainer.turn(asked)
        trainer.history.mark(update, label)
        branch.say_change(trainer)
        self.keep()

    def update_undone(self) -> None:
        """Call after the last update was taken back."""
        branch, update = self.branch, self.trainer.update
        branch.history, branch.head = self.trainer.history, update
        for kept in [kept for kept in branch.kept if kept.update > update]:
            self._drop(branch, kept)
        self.due = min(self.due, update + COST)

    def keep(self) -> None:
        """Keep the present state and thin out the past to the budget."""
        trainer, kept = self.trainer, self.branch.kept
        nearest = self.branch.nearest(self.here)
        if nearest is None or nearest.moment < self.here:
            state = trainer.copy_state()
            new = Kept(state, trainer.history.means(), trainer.grad_norm, size_of(state))
            insort(kept, new, key=at_moment)
            self.size = thin_out(
                self.branches, self.branch, self.size + new.size, self.budget, MOST_STATES
            )
        self.due = trainer.update + self._interval()

    def fall_back(self) -> None:
        """Put the trainer to the last state held: after a fault nothing newer is surely whole."""
        branch, trainer = self.branch, self.trainer
        kept = branch.nearest(branch.end)
        assert kept is not None  # the first state of a run is always held
        trainer.restore(kept.state)
        trainer.history = branch.history_at(kept.moment, kept.mean.means())
        trainer.grad_norm = kept.norm
        branch.history, branch.head, self.heading = trainer.history, kept.update, None
        del branch.turned[kept.state.turns :]

    def take_up(self, branches: Sequence[Branch], present: Branch) -> None:
        """Have another past, on one of whose branches the trainer stands; the first is the root."""
        self.branches, self.branch = list(branches), present
        self.size = sum(kept.size for branch in branches for kept in branch.kept)
        self.start = branches[0].kept[0].update
        self.due = present.head + COST
        self._numbers = max(branch.number for branch in branches)
        self._arrive()

    # Journeys

    def go_to(self, update: int | Moment) -> None:
        """Put the trainer to an update of this branch, from `start` to `head`, or to a moment."""
        self.set_out(update)
        while self.heading is not None:
            self.travel(COST)

    def set_out(self, update: int | Moment, branch: Branch | None = None) -> None:
        """Begin a journey to an update of this or another branch; the nearest it has is taken.

        Where weights were turned after that update, they will be; a moment says otherwise.
        """
        trainer = self.trainer
        if not self.in_past:
            trainer.finish_validation()
            self.keep()
        if branch is not None and branch is not self.branch:
            self._leave_empty(branch)
            self.branch = branch
            self.due = branch.head + COST
            here = Moment(-2, 0)
        else:
            here = self.here
        self.heading = goal = self._reachable(update)
        kept = self.branch.nearest(goal)
        # One update is made, not jumped over: what it changed can then be looked at.
        one = here <= goal and here.update == goal.update - 1
        if kept and not (one or kept.moment <= here <= goal):
            trainer.restore(kept.state)
            trainer.history, trainer.grad_norm = kept.mean.means(), kept.norm
        else:
            # Replayed updates are in the history already; they must not be counted twice.
            trainer.history = trainer.history.means()
        if self.here == goal:
            self._arrive()

    def _reachable(self, update: int | Moment) -> Moment:
        """Return the moment of this branch that is meant."""
        moment = self.branch.after(update) if isinstance(update, int) else update
        return min(max(moment, Moment(self.start, 0)), self.branch.end)

    def travel(self, most: int) -> None:
        """Replay at most so many updates of the journey under way."""
        trainer = self.trainer
        for _ in range(most):
            if self.heading is None:
                return
            if turned := self.turned_next:
                trainer.turn(turned.turn)
            else:
                trainer.knobs = self.branch.knobs_at(self.here)
                trainer.step()
            if self.here >= self.heading:
                self._arrive()

    def branch_off(self) -> None:
        """Begin a branch at the present moment, if that is in the past."""
        if self.in_past:
            self._fork(self.trainer.history)

    def _fork(self, history: History) -> None:
        trainer, here, left = self.trainer, self.here, self.branch
        parent = left
        while parent.parent is not None and here <= parent.forked:
            parent = parent.parent  # what comes before its fork is another's
        trainer.history = history
        self._numbers += 1
        self.branch = Branch(
            self._numbers,
            history,
            [change for change in left.knobs if change[0] <= here],
            here.update,
            parent,
            here,
            trainer.learning_rate,
            trainer.config.clip_norm,
            turned=left.turned[: here.turns],
        )
        self.branches.append(self.branch)
        self.due = here.update + self._interval()
        while len(self.branches) > MOST_BRANCHES:
            self._forget_branch()

    def other_branch(self) -> Branch:
        """Return the branch after this one, in the order they began."""
        place = self.branches.index(self.branch) + 1
        return self.branches[place % len(self.branches)]

    def _arrive(self) -> None:
        trainer, branch, here = self.trainer, self.branch, self.here
        trainer.finish_validation()
        trainer.knobs = branch.knobs_at(here)
        if here == branch.end:
            trainer.history = branch.history
        else:
            trainer.history = branch.history_at(here, trainer.history)
        self.heading = None

    def knobs_at(self, update: int) -> Knobs:
        """Return how the knobs stood for the update after one of this branch."""
        return self.branch.knobs_at(self.branch.after(update))

    # What there is room for

    def _leave_empty(self, coming: Branch) -> None:
        """Forget a branch that was begun, and neither trained nor turned."""
        left = self.branch
        begun = any(branch.parent is left for branch in self.branches)
        if left.parent and left.end == left.forked and coming is not left and not begun:
            self._forget(left)

    def _forget_branch(self) -> None:
        """Forget a branch that nobody needs; or the oldest, whose past the next one takes."""
        if one := unneeded(self.branches, self.branch):
            self._forget(one)
        elif pair := only_child(self.branches):
            self._hand_down(*pair)

    def _hand_down(self, branch: Branch, child: Branch) -> None:
        past = [kept for kept in branch.kept if kept.moment <= child.forked]
        branch.kept = [kept for kept in branch.kept if kept.moment > child.forked]
        child.kept = past + child.kept
        child.parent, child.forked = branch.parent, branch.forked
        child.rate, child.clip, child.change = branch.rate, branch.clip, branch.change
        self._forget(branch)

    def _forget(self, branch: Branch) -> None:
        self.size -= sum(kept.size for kept in branch.kept)
        self.branches.remove(branch)

    def _drop(self, branch: Branch, kept: Kept) -> None:
        branch.kept.remove(kept)
        self.size -= kept.size

    def _interval(self) -> int:
        # A full budget holds budget / size states; with states that far apart the recent past
        # is as dense as the budget allows, and the thinning makes room.
        nearest = self.branch.nearest(self.here)
        room = min(max(2, self.budget // max(nearest.size if nearest else 1, 1)), MOST_STATES)
        return max(COST, self.branch.head // (4 * room))
