"""The states of the past as arrays: a row for each."""

from collections.abc import Sequence

import numpy as np

from rnn_tui.nn.cell import Parameters
from rnn_tui.training.branches import Branch, Kept, Moment, size_of
from rnn_tui.training.checkpoint.soundness import MOST_UPDATES
from rnn_tui.training.history import History
from rnn_tui.training.timeline import MOST_STATES
from rnn_tui.training.trainer import TrainerState

PREFIX = "kept."


def arrays_of(branches: Sequence[Branch]) -> Parameters:
    """Return all states that branches hold, in the order of branches and moments."""
    rows = [(place, kept) for place, branch in enumerate(branches) for kept in branch.kept]
    all_parts = [parts(kept.state) for _, kept in rows]
    arrays = {name: np.stack([one[name] for one in all_parts]) for name in all_parts[0]}
    arrays["moment"] = np.array(
        [(place, k.state.update, k.state.turns, k.state.count) for place, k in rows], np.int64
    )
    arrays["means"] = np.array(
        [(k.mean.mean, k.mean.weight, k.mean.loss, k.norm) for _, k in rows], np.float64
    )
    return {PREFIX + name: array for name, array in arrays.items()}


def parts(state: TrainerState) -> Parameters:
    """Return the arrays of a state by name."""
    slots = {f"slot.{name}": slot for name, slot in state.slots.items()}
    hidden = {
        f"state.{layer}.{place}": part
        for layer, arrays in enumerate(state.hidden)
        for place, part in enumerate(arrays)
    }
    return {"flat": state.flat, **slots, **hidden}


def keep(arrays: Parameters, branches: Sequence[Branch], pattern: TrainerState) -> None:
    """Give branches the states that are stored for them; ValueError where they cannot be.

    Args:
        arrays: By their stored names.
        branches: Without states.
        pattern: A state of this network.
    """
    rows = {name.removeprefix(PREFIX): array for name, array in arrays.items()}
    moment, means = rows.pop("moment"), rows.pop("means")
    count = len(moment)
    wanted = {name: ((count, *part.shape), part.dtype) for name, part in parts(pattern).items()}
    if wanted != {name: (array.shape, array.dtype) for name, array in rows.items()}:
        raise ValueError("the states of its past are none of this network")
    if moment.shape != (count, 4) or moment.dtype != np.int64 or not 0 < count <= MOST_STATES:
        raise ValueError("the moments of its past are none")
    if means.shape != (count, 4) or means.dtype != np.float64:
        raise ValueError("the losses of its past are none")
    if moment.min() < 0 or moment.max() > MOST_UPDATES:
        raise ValueError("a moment of its past lies nowhere")
    for row, (place, update, turns, steps) in enumerate(moment.tolist()):
        branch = branches[place]
        here, last = Moment(update, turns), branch.kept[-1].moment if branch.kept else None
        if not branch.forked <= here <= branch.end or (last is not None and last >= here):
            raise ValueError(f"update {update} is no moment of its branch")
        state = TrainerState(
            update,
            branch.knobs_at(here),
            rows["flat"][row].copy(),
            {name: rows[f"slot.{name}"][row].copy() for name in pattern.slots},
            steps,
            tuple(
                tuple(rows[f"state.{layer}.{i}"][row].copy() for i in range(len(arrays_there)))
                for layer, arrays_there in enumerate(pattern.hidden)
            ),
            turns,
        )
        mean = History(branch.history.smoothing)
        mean.mean, mean.weight, mean.loss, norm = means[row].tolist()
        branch.kept.append(Kept(state, mean, norm, size_of(state)))
