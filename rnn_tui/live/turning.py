"""Turning weights by hand, and what is said of it."""

from math import prod

import numpy as np

from rnn_tui.errors import InputError, reason
from rnn_tui.inspection.names import unit_on_paper, weight_on_paper
from rnn_tui.language import phrase, sentence
from rnn_tui.live.run import RefusalError, Run
from rnn_tui.models.registry import spec_of
from rnn_tui.models.turning.changes import changes
from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, Turn, ZeroUnit
from rnn_tui.nn.cell import FloatArray
from rnn_tui.nn.cells import CELLS
from rnn_tui.protocol.turned import RUNS
from rnn_tui.training.branches import Moment
from rnn_tui.training.history import KnobMark, add_mark
from rnn_tui.training.timeline import Timeline
from rnn_tui.training.trainer import Trainer


def turn(run: Run, asked: Turn) -> str:
    """Turn weights where training stands; a branch begins there."""
    if run.running or run.travelling:
        raise RefusalError(RUNS)
    try:
        changes(asked, run.trainer.model.parameters, run.trainer.config)
    except InputError as error:
        raise RefusalError(sentence(reason(error))) from None
    label = label_of(asked, run.timeline)
    run.turn(asked, label)
    return phrase(
        "{turn}: {time.back} takes it back, {time.branch} shows the network without it.",
        turn=label,
    )


def label_of(asked: Turn, timeline: Timeline) -> str:
    """Return what the mark on the curve says: "W_hh[2,1] 0.3→1", "h[4]→0", "W_hh ×0.9"."""
    trainer = timeline.trainer
    layers = trainer.config.num_layers
    match asked:
        case SetWeight(name, index, value):
            weights = trainer.model.parameters[name]
            before, value = weights[index], float(weights.dtype.type(value))
            return f"{weight_on_paper(name, index, layers)} {before:.3g}→{value:.3g}"
        case ZeroUnit(layer, unit):
            return f"{unit_on_paper(trainer.config, layer, unit)}→0"
        case ScaleRecurrent(layer, factor):
            return f"W_hh{numbered(layer, layers)} ×{factor * scaled_before(layer, timeline):.3g}"
        case SetForgetBias(layer, value):
            gate = CELLS[trainer.config.cell].keeps
            mean = forget_bias(trainer, layer)
            return f"b_{gate}{numbered(layer, layers)} {mean:.3g}→{value:.3g}"


def forget_bias(trainer: Trainer, layer: int) -> float:
    """Return the mean bias of the gate that decides how much a layer keeps."""
    ((name, part),) = spec_of(trainer.config).keeping(trainer.config, layer)
    return float(np.mean(trainer.model.parameters[name][part], dtype=np.float64))


def scaled_before(layer: int, timeline: Timeline) -> float:
    """Return by what W_hh was multiplied last before, at this update, without a pause."""
    factors: list[float] = []
    for turned in reversed(timeline.branch.turned[: timeline.trainer.turns]):
        match turned.turn:
            case ScaleRecurrent(of, factor) if (
                of == layer and turned.update == timeline.here.update
            ):
                factors.append(factor)
            case _:
                break
    return prod(factors)


def weights_before(timeline: Timeline) -> FloatArray | None:
    """Return all weights as they were before any was turned at this update.

    None: none was, or that moment is not held any more.
    """
    here, branch = timeline.here, timeline.branch
    start = Moment(here.update, branch.after(here.update - 1).turns)
    kept = branch.nearest(start) if here.turns > start.turns else None
    return kept.state.flat if kept and kept.moment == start else None


def last_update(timeline: Timeline) -> tuple[FloatArray, FloatArray] | None:
    """Return all weights before the last update and what it added; None: nobody knows any more.

    What was turned by hand after it is no part of that.
    """
    trainer, after = timeline.trainer, weights_before(timeline)
    if after is None and not marks_here(timeline):
        after = trainer.model.flat
    if trainer.earlier is None or after is None:
        return None
    return trainer.earlier, after - trainer.earlier


def marks_here(timeline: Timeline) -> str:
    """Return what was turned at this update, as the curve has it; empty: nothing."""
    here, branch = timeline.here, timeline.branch
    marks: list[KnobMark] = []
    for turned in branch.turned[branch.after(here.update - 1).turns : here.turns]:
        add_mark(marks, turned.update, turned.label)
    return ", ".join(mark.label for mark in marks)


def numbered(layer: int, layers: int) -> str:
    """Return the number of a layer, where there are several."""
    return str(layer + 1) if layers > 1 else ""
