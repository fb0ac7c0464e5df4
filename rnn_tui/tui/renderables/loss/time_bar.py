"""Where in training time one is: on the axis of the loss chart, and in words."""

from rnn_tui.language import counted, tr
from rnn_tui.protocol.branches import BranchView, Past
from rnn_tui.tui.renderables.axes import Range
from rnn_tui.tui.renderables.loss.marks import spoken
from rnn_tui.tui.renderables.loss.plot import column
from rnn_tui.tui.renderables.numbers import significant, thousands
from rnn_tui.tui.renderables.raster import DIM, HERE, MARK, Raster

KEPT, GOAL, PLACE = "━", "◇", "◆"


def looks_back(past: Past | None, update: int) -> bool:
    """Return whether a moment is not the end of its branch."""
    if past is None:
        return False
    return update < past.head or past.goal is not None or past.taken_back


def draw_bar(axis: Raster, past: Past, update: int, along: Range) -> None:
    """Draw into the axis (1, W) which states are kept, where the journey leads, where one is."""
    for kept in past.kept[(past.kept >= along.low) & (past.kept <= along.high)].tolist():
        axis.write(0, column(kept, along, axis.width), KEPT, DIM)
    if past.goal is not None and along.low <= past.goal <= along.high:
        axis.write(0, column(past.goal, along, axis.width), GOAL, MARK)
    if along.low <= update <= along.high:
        axis.write(0, column(update, along, axis.width), PLACE, HERE)


def told(past: Past | None, update: int) -> str:
    """Say for a title where one is, as far as that is not plain."""
    if past is None:
        return ""
    all = len(past.branches)
    branch = tr(" · branch {number} of {all}", number=past.branch, all=all) if all > 1 else ""
    if past.goal is not None:
        return branch + tr(" · going to {update}", update=thousands(past.goal))
    if past.taken_back:
        return branch + tr(" · at {update}, weights taken back", update=thousands(update))
    if update < past.head:
        head = thousands(past.head)
        return branch + tr(" · at {update} of {head}", update=thousands(update), head=head)
    return branch


def facts(past: Past) -> list[tuple[str, str]]:
    """Return the branches, and what going back costs, as names and sentences."""
    held = tr(
        "{moments} kept, {size} of at most {most} MB",
        moments=counted(len(past.kept), "moment"),
        size=f"{past.size / (1 << 20):.1f}",
        most=past.budget >> 20,
    )
    branches = past.branches if len(past.branches) > 1 else ()
    return [(tr("rewind"), held), *(_branch(branch, past) for branch in branches)]


def _branch(branch: BranchView, past: Past) -> tuple[str, str]:
    here = "▸" if branch.number == past.branch else " "
    fork = thousands(branch.fork)
    origin = tr("from update {fork} of {parent}", fork=fork, parent=branch.parent)
    change = spoken(branch.change) or ("" if not branch.parent else tr("unchanged"))
    reached = tr(
        "smoothed loss {loss} at update {head}",
        loss=significant(branch.loss),
        head=thousands(branch.head),
    )
    words = ", ".join(filter(None, (origin if branch.parent else "", change, reached)))
    return here + tr("branch {number}", number=branch.number), words
