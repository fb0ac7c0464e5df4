"""The past of a run in a file: its branches, and as many states of them as there is room for.

What lies between two states is replayed, as in the run itself; so a budget that is smaller than
the run's own makes a smaller file, and journeys that take longer.
"""

from dataclasses import replace
from typing import Any

from rnn_tui.models.turning.changes import changes
from rnn_tui.nn.cell import Parameters
from rnn_tui.training.branches import Branch, Moment
from rnn_tui.training.bundle import states
from rnn_tui.training.bundle.branches import branch_from, moment_from, stored_branch
from rnn_tui.training.checkpoint.soundness import is_number, require_columns, require_scalars
from rnn_tui.training.history import History, stored_number
from rnn_tui.training.thinning import thin_out
from rnn_tui.training.timeline import MOST_BRANCHES, MOST_STATES, Timeline

BUDGET = 32 << 20
"""Bytes of states in a file, at most."""
CURVE = "curve."
Stored = tuple[Parameters, dict[str, Any]]
"""Arrays by name, and all else as JSON has it."""


def stored_past(timeline: Timeline, budget: int = BUDGET) -> Stored:
    """Return the past of a run that stands still, be it in the past."""
    branches = [replace(branch, kept=[*branch.kept]) for branch in timeline.branches]
    present = branches[timeline.branches.index(timeline.branch)]
    thin_out(branches, present, timeline.size, budget, MOST_STATES)
    tensors = states.arrays_of(branches)
    for place, branch in enumerate(branches):
        tensors |= stored_curve(f"{place}", branch.history)
    return tensors, {
        "branches": [stored_branch(branch) for branch in branches],
        "present": present.number,
        "turns": timeline.trainer.turns,
        "norm": stored_number(timeline.trainer.grad_norm),
    }


def take_up(timeline: Timeline, tensors: Parameters, stored: dict[str, Any]) -> None:
    """Give a run that has just begun its stored past; whatever cannot be is some exception.

    Args:
        timeline: Its trainer stands at the moment that the checkpoint of the file has.
        tensors: Those of the past.
        stored: As from `stored_past`.
    """
    trainer = timeline.trainer

    def require_turn(asked: Any) -> None:
        changes(asked, trainer.model.parameters, trainer.config)

    branches: dict[int, Branch] = {}
    if not 0 < len(stored["branches"]) <= MOST_BRANCHES:
        raise ValueError(f"it has {len(stored['branches'])} branches")
    for place, one in enumerate(stored["branches"]):
        history = curve_from(f"{place}", tensors, one["history"])
        branch = branch_from(one, history, branches, require_turn)
        branches[branch.number] = branch
    kept = {name: array for name, array in tensors.items() if name.startswith(states.PREFIX)}
    all_branches = [*branches.values()]
    states.keep(kept, all_branches, trainer.copy_state())
    present, here = branches[stored["present"]], moment_from(trainer.update, stored["turns"])
    require_within(here, present, all_branches[0])
    norm = stored["norm"]
    if not (norm is None or is_number(norm) or norm in ("inf", "-inf")):
        raise ValueError(f"the gradient's norm is {norm!r}")
    trainer.turns, trainer.grad_norm = here.turns, float("nan" if norm is None else norm)
    timeline.take_up(all_branches, present)


def require_within(here: Moment, present: Branch, root: Branch) -> None:
    """Refuse a moment that is none of its branch, and a past that does not begin with a state."""
    if not root.kept or root.kept[0].state.turns:
        raise ValueError("its past has no beginning")
    before, after = present.after(here.update - 1).turns, present.after(here.update).turns
    if not root.kept[0].moment <= here <= present.end or not before <= here.turns <= after:
        raise ValueError("the moment it stands at is none of its past")


def stored_curve(name: str, history: History) -> Parameters:
    """Return the columns of a history by their stored names."""
    return {f"{CURVE}{name}.{column}": array for column, array in history.columns().items()}


def curve_from(name: str, tensors: Parameters, scalars: dict[str, Any]) -> History:
    """Return a history, checked."""
    start = f"{CURVE}{name}."
    columns = {
        key.removeprefix(start): array for key, array in tensors.items() if key.startswith(start)
    }
    require_columns({f"history.{column}": array for column, array in columns.items()})
    require_scalars(scalars)
    return History.from_parts(columns, scalars)
