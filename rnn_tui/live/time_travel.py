"""Going back and forward in a run, and from branch to branch."""

from rnn_tui.language import mark, phrase
from rnn_tui.live.run import RefusalError, Run
from rnn_tui.training.branches import Moment
from rnn_tui.training.timeline import Timeline

STRIDES = 50
"""Strides from the first update to the last."""


def travel(run: Run, strides: int) -> str:
    """Stand still and set out for a moment some fiftieths of the run away."""
    timeline = run.timeline
    here = timeline.heading or timeline.here
    goal = moment_away(timeline, here, strides)
    run.pause()
    if goal == here and not run.travelling:
        end = mark("This is the end of the branch.")
        return end if strides > 0 else beginning(timeline.start)
    run.set_out(goal)
    return ""


def moment_away(timeline: Timeline, here: Moment, strides: int) -> Moment:
    """Return the moment so many strides from another; one stride leads past one turned weight."""
    branch, start, head = timeline.branch, timeline.start, timeline.head
    before, after = branch.after(here.update - 1).turns, branch.after(here.update).turns
    if strides in (-1, 1) and before <= here.turns + strides <= after:
        return here._replace(turns=here.turns + strides)
    stride = max(1, round((head - start) / STRIDES))
    update = min(max(here.update + strides * stride, start), head)
    if update != here.update:
        return branch.after(update)
    turns = (before, here.turns, after)[(strides > 0) - (strides < 0) + 1]
    return here._replace(turns=turns)


def to_best(run: Run) -> str:
    """Stand still and set out for the moment whose validation was the lowest of this branch."""
    timeline = run.timeline
    lowest = timeline.branch.history.lowest()
    if lowest is None:
        raise RefusalError(mark("There is no validation yet, so none was the lowest."))
    update, loss = lowest
    if update < timeline.start:
        raise RefusalError(beginning(timeline.start))
    run.pause()
    # Weights that were turned there by hand were turned after it was read.
    run.set_out(Moment(update, timeline.branch.after(update - 1).turns))
    return phrase(
        "Validation was lowest after update {update}: {loss} nats.",
        update=f"{update:,}",
        loss=f"{loss:.4g}",
    )


def other_branch(run: Run) -> str:
    """Stand still and set out for the end of the next branch."""
    timeline = run.timeline
    if len(timeline.branches) == 1:
        raise RefusalError(
            mark(
                "There is one branch only: {time.back} goes back, and going on from there starts "
                "another."
            )
        )
    branch = timeline.other_branch()
    run.pause()
    run.set_out(branch.end, branch)
    if not branch.change:
        return phrase("Branch {number}.", number=branch.number)
    return phrase("Branch {number}: {change}.", number=branch.number, change=branch.change)


def beginning(start: int) -> str:
    """Return why there is no moment before the first one held."""
    if not start:
        return mark("This is the beginning.")
    return phrase(
        "Update {update} is the first here: its checkpoint holds none before it.",
        update=f"{start:,}",
    )
