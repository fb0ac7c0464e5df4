"""Going back and forward in a run, and from branch to branch."""

from rnn_tui.live.run import RefusalError, Run

STRIDES = 50
"""Strides from the first update to the last."""


def travel(run: Run, strides: int) -> str:
    """Stand still and set out for a moment some fiftieths of the run away."""
    timeline, here = run.timeline, run.trainer.update
    start, head = timeline.start, timeline.head
    stride = max(1, round((head - start) / STRIDES))
    goal = here if timeline.goal is None else timeline.goal
    goal = min(max(goal + strides * stride, start), head)
    run.pause()
    if goal == here and not run.travelling:
        return "This is the end of the branch." if strides > 0 else beginning(start)
    run.set_out(goal)
    return ""


def other_branch(run: Run) -> str:
    """Stand still and set out for the end of the next branch."""
    timeline = run.timeline
    if len(timeline.branches) == 1:
        raise RefusalError(
            "There is one branch only: {time.back} goes back, and going on from there starts "
            "another."
        )
    branch = timeline.other_branch()
    run.pause()
    run.set_out(branch.head, branch)
    return f"Branch {branch.number}" + (f": {branch.change}." if branch.change else ".")


def beginning(start: int) -> str:
    """Return why there is no moment before the first one held."""
    if not start:
        return "This is the beginning."
    return f"Update {start:,} is the first here: its checkpoint holds none before it."
