"""Which states of the past are missed least, and which branch."""

from collections.abc import Sequence

from rnn_tui.training.branches import Branch, Kept

COST = 64
"""A state is kept after this many updates at the earliest: keeping one takes about as long as one
update of the smallest network, so that it costs one to two percent."""


def least_missed(
    branches: Sequence[Branch], present: Branch, most: int
) -> list[tuple[Branch, Kept]]:
    """Return the states that leave the smallest gaps for their age."""
    missed: list[tuple[float, int, int]] = []
    for place, branch in enumerate(branches):
        updates = [branch.fork, *(kept.update for kept in branch.kept)]
        last = len(branch.kept) - (branch is present)
        for i in range(branch.parent is None, last):
            after = updates[i + 2] if i + 2 < len(updates) else branch.head
            age = branch.head - updates[i + 1] + COST
            missed.append(((after - updates[i]) / age, place, i))
    chosen: dict[tuple[int, int], tuple[Branch, Kept]] = {}
    for _, place, i in sorted(missed):
        # Of two neighbors one stays: dropped together they would leave a hole.
        if len(chosen) < most and not {(place, i - 1), (place, i + 1)} & chosen.keys():
            chosen[place, i] = branches[place], branches[place].kept[i]
    return list(chosen.values())


def thin_out(branches: Sequence[Branch], present: Branch, size: int, budget: int, most: int) -> int:
    """Drop what is missed least; many at once where there are many, for that is cheaper.

    Args:
        branches: All of them.
        present: The one that training is on.
        size: Bytes of all states.
        budget: Bytes, at most; two states stay however large they are.
        most: States, at most.

    Returns:
        Bytes of those that stay.
    """
    while (count := sum(len(branch.kept) for branch in branches)) > 2:
        if size <= budget and count <= most:
            break
        dropped = least_missed(branches, present, max(1, count // 16))
        for branch, kept in dropped:
            branch.kept.remove(kept)
            size -= kept.size
        if not dropped:
            break
    return size


def unneeded(branches: Sequence[Branch], present: Branch) -> Branch | None:
    """Return a branch that no other comes from: one that was not trained, else the oldest."""
    parents = {branch.parent.number for branch in branches if branch.parent}
    ends = [one for one in branches if one is not present and one.number not in parents]
    return next((one for one in ends if one.untrained), ends[0] if ends else None)


def only_child(branches: Sequence[Branch]) -> tuple[Branch, Branch] | None:
    """Return the oldest branch that one other comes from, and that one."""
    for branch in branches:
        children = [child for child in branches if child.parent is branch]
        if len(children) == 1:
            return branch, children[0]
    return None
