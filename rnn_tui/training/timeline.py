"""Training time as a place one can move in: states kept on the way, the rest by replaying.

States are kept under a budget of bytes, the recent ones dense and the old ones thin; a moment in
between is reached by training on from the nearest state before it, with the knobs turned as they
were. The trainer's steps are functions of its state, so the bits are the same as the first time.

Going on from a past moment starts a branch: it shares the past up to there and has its own future.
"""

from bisect import bisect_right, insort

from rnn_tui.training.branches import Branch, Kept, at_update, size_of
from rnn_tui.training.knobs import Knobs, told
from rnn_tui.training.trainer import Trainer

BUDGET = 256 << 20
"""Bytes of states to hold, at most; two states are held however large they are."""
MOST_STATES = 600
"""A bar on the screen tells no more of them apart, and looking through them costs time."""
MOST_BRANCHES = 8
COST = 64
"""A state is kept after this many updates at the earliest: keeping one takes about as long as one
update of the smallest network, so that it costs one to two percent."""


class Timeline:
    """The past of one trainer, and the branches it went on in."""

    def __init__(self, trainer: Trainer, budget: int = BUDGET) -> None:
        """Begin where the trainer stands now."""
        self.trainer = trainer
        self.budget = budget
        self.start = trainer.update
        """The earliest update one can return to."""
        self.branch = Branch(1, trainer.history, [], self.start)
        """The one the trainer is on."""
        self.branches = [self.branch]
        self.goal: int | None = None
        """The update a journey is to end at; None: no journey is under way."""
        self.size = 0
        """Bytes held."""
        self.due = 0
        """The update after which the next state is to be kept."""
        self._numbers = 1
        self.knob_turned()
        self.keep()

    @property
    def head(self) -> int:
        """The farthest update of this branch."""
        return self.branch.head

    @property
    def in_past(self) -> bool:
        """Whether the trainer stands before the end of its branch, or is on a journey."""
        return self.goal is not None or self.trainer.update < self.branch.head

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
        trainer, branch = self.trainer, self.branch
        branch.knobs = [change for change in branch.knobs if change[0] < trainer.update]
        branch.knobs.append((trainer.update, trainer.knobs))
        if branch.parent and trainer.update == branch.fork:
            changes = (
                ("lr", branch.rate, trainer.learning_rate),
                ("clip", branch.clip, trainer.config.clip_norm),
            )
            branch.change = ", ".join(told(*change) for change in changes if change[1] != change[2])

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
        nearest = self.branch.nearest(trainer.update)
        if nearest is None or nearest.update < trainer.update:
            state = trainer.copy_state()
            new = Kept(state, trainer.history.means(), trainer.grad_norm, size_of(state))
            insort(kept, new, key=at_update)
            self.size += new.size
            self._thin_out()
        self.due = trainer.update + self._interval()

    def fall_back(self) -> None:
        """Put the trainer to the last state held: after a fault nothing newer is surely whole."""
        branch, trainer = self.branch, self.trainer
        kept = branch.nearest(branch.head)
        assert kept is not None  # the first state of a run is always held
        trainer.restore(kept.state)
        trainer.history = branch.history.until(kept.update, kept.mean.means())
        trainer.grad_norm = kept.norm
        branch.history, branch.head, self.goal = trainer.history, kept.update, None

    # Journeys

    def go_to(self, update: int) -> None:
        """Put the trainer to an update of this branch, from `start` to `head`."""
        self.set_out(update)
        while self.goal is not None:
            self.travel(COST)

    def set_out(self, update: int, branch: Branch | None = None) -> None:
        """Begin a journey to an update of this or another branch; the nearest it has is taken."""
        trainer = self.trainer
        if not self.in_past:
            trainer.finish_validation()
            self.keep()
        if branch is not None and branch is not self.branch:
            self._leave_empty(branch)
            self.branch = branch
            self.due = branch.head + COST
            here = -1
        else:
            here = trainer.update
        self.goal = update = min(max(update, self.start), self.branch.head)
        kept = self.branch.nearest(update)
        if kept and not kept.update <= here <= update:
            trainer.restore(kept.state)
            trainer.history, trainer.grad_norm = kept.mean.means(), kept.norm
        else:
            # Replayed updates are in the history already; they must not be counted twice.
            trainer.history = trainer.history.means()
        if trainer.update == update:
            self._arrive()

    def travel(self, most: int) -> None:
        """Replay at most so many updates of the journey under way."""
        trainer = self.trainer
        for _ in range(most):
            if self.goal is None:
                return
            trainer.knobs = self.knobs_at(trainer.update)
            trainer.step()
            if trainer.update >= self.goal:
                self._arrive()

    def branch_off(self) -> None:
        """Begin a branch at the present moment, if that is in the past."""
        update, trainer, parent = self.trainer.update, self.trainer, self.branch
        if not self.in_past:
            return
        self._numbers += 1
        self.branch = Branch(
            self._numbers,
            trainer.history,
            [change for change in parent.knobs if change[0] <= update],
            update,
            parent,
            update,
            trainer.learning_rate,
            trainer.config.clip_norm,
        )
        self.branches.append(self.branch)
        self.due = update + self._interval()
        while len(self.branches) > MOST_BRANCHES:
            self._forget_branch()

    def other_branch(self) -> Branch:
        """Return the branch after this one, in the order they began."""
        place = self.branches.index(self.branch) + 1
        return self.branches[place % len(self.branches)]

    def _arrive(self) -> None:
        trainer, branch, update = self.trainer, self.branch, self.trainer.update
        trainer.finish_validation()
        trainer.knobs = self.knobs_at(update)
        if update == branch.head:
            trainer.history = branch.history
        else:
            trainer.history = branch.history.until(update, trainer.history)
        self.goal = None

    def knobs_at(self, update: int) -> Knobs:
        """Return how the knobs stood after an update of this branch, and for the one after it."""
        knobs = self.branch.knobs
        place = bisect_right(knobs, update, key=lambda change: change[0])
        return knobs[max(place - 1, 0)][1]

    # What there is room for

    def _leave_empty(self, coming: Branch) -> None:
        """Forget a branch that was begun and not trained."""
        left = self.branch
        begun = any(branch.parent is left for branch in self.branches)
        if left.parent and left.head == left.fork and coming is not left and not begun:
            self._forget(left)

    def _forget_branch(self) -> None:
        """Forget the oldest branch that nobody needs; its past goes to the only one that does."""
        for branch in self.branches:
            children = [child for child in self.branches if child.parent is branch]
            if branch is not self.branch and not children:
                return self._forget(branch)
        for branch in self.branches:
            children = [child for child in self.branches if child.parent is branch]
            if len(children) == 1:
                return self._hand_down(branch, children[0])
        return None

    def _hand_down(self, branch: Branch, child: Branch) -> None:
        past = [kept for kept in branch.kept if kept.update <= child.fork]
        branch.kept = [kept for kept in branch.kept if kept.update > child.fork]
        child.kept = past + child.kept
        child.parent, child.fork = branch.parent, branch.fork
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
        nearest = self.branch.nearest(self.trainer.update)
        room = min(max(2, self.budget // max(nearest.size if nearest else 1, 1)), MOST_STATES)
        return max(COST, self.branch.head // (4 * room))

    def _thin_out(self) -> None:
        """Drop what is missed least; many at once where there are many, for that is cheaper."""
        while (count := self.count) > 2 and (self.size > self.budget or count > MOST_STATES):
            before = self.size
            for branch, kept in self._least_missed(max(1, count // 16)):
                self._drop(branch, kept)
            if self.size == before:
                return

    def _least_missed(self, most: int) -> list[tuple[Branch, Kept]]:
        """Return the states that leave the smallest gaps for their age."""
        missed: list[tuple[float, int, int]] = []
        for place, branch in enumerate(self.branches):
            updates = [branch.fork, *(kept.update for kept in branch.kept)]
            last = len(branch.kept) - (branch is self.branch)
            for i in range(branch.parent is None, last):
                after = updates[i + 2] if i + 2 < len(updates) else branch.head
                age = branch.head - updates[i + 1] + COST
                missed.append(((after - updates[i]) / age, place, i))
        branches = self.branches
        chosen: dict[tuple[int, int], tuple[Branch, Kept]] = {}
        for _, place, i in sorted(missed):
            # Of two neighbors one stays: dropped together they would leave a hole.
            if len(chosen) < most and not {(place, i - 1), (place, i + 1)} & chosen.keys():
                chosen[place, i] = branches[place], branches[place].kept[i]
        return list(chosen.values())
