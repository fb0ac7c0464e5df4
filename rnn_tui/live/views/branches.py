"""The past of a run, as the screen shows it; of a size that does not grow with the run."""

import numpy as np

from rnn_tui.live.remedies import DIVERGED
from rnn_tui.protocol.branches import BranchView, Ghost, Past
from rnn_tui.training.branches import Branch
from rnn_tui.training.history import History
from rnn_tui.training.timeline import Timeline

GHOSTS = 3
"""Other branches drawn, the newest; more of them would be a tangle."""


def past(timeline: Timeline, bins: int) -> Past:
    """Return what can be gone back to, and other branches' curves in at most `bins` points."""
    present = timeline.branch
    others = [branch for branch in timeline.branches if branch is not present]
    return Past(
        start=timeline.start,
        head=present.head,
        goal=timeline.goal,
        kept=kept_on(present),
        size=timeline.size,
        budget=timeline.budget,
        branch=present.number,
        branches=tuple(map(branch_view, timeline.branches)),
        ghosts=tuple(ghost(branch, present, bins) for branch in others[-GHOSTS:]),
        taken_back=timeline.turned_next is not None,
    )


def kept_on(present: Branch) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return the updates of a branch's line that are held."""
    updates = [k.update for branch, end in present.line() for k in branch.kept if k.moment <= end]
    return np.array(sorted(updates), dtype=np.int64)


def branch_view(branch: Branch) -> BranchView:
    """Return a line of the list of branches."""
    return BranchView(
        branch.number,
        branch.parent.number if branch.parent else 0,
        branch.fork,
        branch.head,
        branch.change,
        branch.history.smoothed,
    )


def ghost(branch: Branch, present: Branch, bins: int) -> Ghost:
    """Return the part of a branch that is not the present one's, with the point where they part."""
    return ghost_after(branch.number, branch.history, parting(branch, present), bins)


def ghost_after(number: int, history: History, parted: int, bins: int) -> Ghost:
    """Return the curve of a branch from the update on after which it went its own way."""
    curves = history.curves(bins)
    begin = max(int(np.searchsorted(curves.update, parted, side="right")) - 1, 0)
    broke = {m.update for m in curves.marks if m.label == DIVERGED and m.update > parted}
    return Ghost(
        number,
        curves.update[begin:],
        curves.smoothed[begin:],
        np.array(sorted(broke)[-bins:], dtype=np.int64),
    )


def parting(one: Branch, two: Branch) -> int:
    """Return the last update that two branches have in common."""
    ends = {branch.number: end for branch, end in one.line()}
    return max(
        min(end, ends[branch.number]).update for branch, end in two.line() if branch.number in ends
    )
