"""Where in training time one is: on the axis of the loss chart, and in words."""

from rnn_tui.protocol.branches import BranchView, Past
from rnn_tui.tui.renderables.loss.plot import column
from rnn_tui.tui.renderables.numbers import significant, thousands
from rnn_tui.tui.renderables.raster import DIM, HERE, MARK, Raster

KEPT, GOAL, PLACE = "━", "◇", "◆"


def looks_back(past: Past | None, update: int) -> bool:
    """Return whether a moment is not the end of its branch."""
    if past is None:
        return False
    return update < past.head or past.goal is not None or past.taken_back


def draw_bar(axis: Raster, past: Past, update: int, end: float) -> None:
    """Draw into the axis (1, W) which states are kept, where the journey leads, where one is."""
    for kept in past.kept.tolist():
        axis.write(0, column(kept, end, axis.width), KEPT, DIM)
    if past.goal is not None:
        axis.write(0, column(past.goal, end, axis.width), GOAL, MARK)
    axis.write(0, column(update, end, axis.width), PLACE, HERE)


def told(past: Past | None, update: int) -> str:
    """Say for a title where one is, as far as that is not plain."""
    if past is None:
        return ""
    branch = f" · branch {past.branch} of {len(past.branches)}" if len(past.branches) > 1 else ""
    if past.goal is not None:
        return f"{branch} · going to {thousands(past.goal)}"
    if past.taken_back:
        return f"{branch} · at {thousands(update)}, weights taken back"
    here = f" · at {thousands(update)} of {thousands(past.head)}" if update < past.head else ""
    return branch + here


def facts(past: Past) -> list[tuple[str, str]]:
    """Return the branches, and what going back costs, as names and sentences."""
    size, budget = past.size / (1 << 20), past.budget >> 20
    count = len(past.kept)
    moments = f"{thousands(count)} moment{'' if count == 1 else 's'} kept"
    held = f"{moments}, {size:.1f} of at most {budget} MB"
    branches = past.branches if len(past.branches) > 1 else ()
    return [("rewind", held), *(_branch(branch, past) for branch in branches)]


def _branch(branch: BranchView, past: Past) -> tuple[str, str]:
    here = "▸" if branch.number == past.branch else " "
    origin = f"from update {thousands(branch.fork)} of {branch.parent}" if branch.parent else ""
    change = branch.change or ("unchanged" if branch.parent else "")
    reached = f"smoothed loss {significant(branch.loss)} at update {thousands(branch.head)}"
    words = ", ".join(word for word in (origin, change, reached) if word)
    return f"{here}branch {branch.number}", words
