"""One update laid open, as the screen shows it."""

import numpy as np

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.inspection.trace import Trace
from rnn_tui.inspection.walk import Walk
from rnn_tui.live.run import Run
from rnn_tui.live.views.update_matrices import MOST_CELLS, flat, index_of, matrices, norm, place
from rnn_tui.live.views.update_terms import filling
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.optimizers import OPTIMIZERS
from rnn_tui.protocol.update import BackpropView, Known, Opened, Vector, Weight

MOST_ENTRIES = 64


def opened(walk: Walk, view: BackpropView) -> Opened:
    """Return the update as far as it has been walked through."""
    trace, step = walk.trace, walk.step
    total = trace.total(walk.done)
    vectors, numbers, words = filling(trace, walk.done, step)
    weight = _marked(trace, total, view)
    numbers |= {"before": weight.value, "after": weight.after}
    if step is not None and step.phase == "update":
        numbers |= _remembered(trace, weight)
        words |= {
            "count": f"{trace.after.count:,}",
            "decay": f"{trace.twin.config.weight_decay:g}",
        }
    finished = step is not None and step.phase in ("clip", "update")
    return Opened(
        done=walk.done,
        steps=trace.steps,
        inputs=trace.x[:, trace.sequence].astype(np.int64),
        targets=trace.y[:, trace.sequence].astype(np.int64),
        losses=trace.losses.astype(np.float64),
        sequence=trace.sequence,
        batch_size=trace.x.shape[1],
        vectors={name: _vector(array, view.entries) for name, array in vectors.items()},
        numbers=numbers,
        words=words,
        matrices=matrices(total, trace.added(step) if step else {}, view),
        limit=float(np.abs(trace.raw_grads).max()),
        clipping=trace.clipping if finished else None,
        weight=weight,
        known=_known(trace, walk.done, view) if view.steps > 0 else None,
        earlier=trace.window.earlier.astype(np.int64),
    )


def answer(run: Run, view: BackpropView) -> Opened:
    """Nothing walked through yet: training runs; the gradients are those of the last update."""
    trainer = run.trainer
    x, y = trainer.streams.window(trainer.window_index)
    model = trainer.model
    return Opened(
        done=0,
        steps=(),
        inputs=x[:, 0].astype(np.int64),
        targets=y[:, 0].astype(np.int64),
        losses=np.full(len(x), np.nan),
        sequence=0,
        batch_size=x.shape[1],
        vectors={},
        numbers={},
        words={},
        matrices=matrices(model.gradients, {}, view),
        limit=float(np.abs(model.grads_flat).max()),
        clipping=None,
        weight=None,
        known=None,
    )


def _known(trace: Trace, done: int, view: BackpropView) -> Known:
    """Return what is known of the time steps around the present one."""
    past, top = set(trace.steps[:done]), trace.window.layers - 1
    count = min(view.steps, trace.T, MOST_CELLS)
    units = min(max(view.units, 1), MOST_CELLS, trace.window.hidden_size)
    first = min(max(_now(trace, done) - count // 2, 0), trace.T - count)
    h, dh = np.full((2, count, units), np.nan)
    losses = np.full(count, np.nan)
    for column, t in enumerate(range(first, first + count)):
        if MicroStep("forward", t, top) in past:
            h[column] = trace.forward(t).layers[-1].h[:units]
        if MicroStep("forward", t) in past:
            losses[column] = trace.losses[t]
        if MicroStep("backward", t, top) in past:
            dh[column] = trace.backward(t).layers[-1].dh[:units]
    return Known(first, h, dh, losses)


def _now(trace: Trace, done: int) -> int:
    """Return the time step that the last micro-step belongs to."""
    t = trace.steps[done - 1].t if done else 0
    return t if t >= 0 else trace.T - 1 if trace.steps[done - 1].phase == "loss" else 0


def _marked(trace: Trace, total: Parameters, view: BackpropView) -> Weight:
    """Return the weight under the cursor, before the update and after it."""
    number, row, column = view.marked
    name = list(total)[min(max(number, 0), len(total) - 1)]
    array = total[name]
    at = index_of(array.shape, *place(flat(array), row, column, view))
    before, after = (trace.named(state.flat)[name] for state in (trace.before, trace.after))
    return Weight(name, at, float(before[at]), float(array[at]), float(after[at]))


def _remembered(trace: Trace, weight: Weight) -> dict[str, float]:
    """Return the weight's clipped gradient, and what the optimizer remembers, before and after."""

    def of(flat: FloatArray) -> float:
        return float(trace.named(flat)[weight.name][weight.index])

    numbers = {"g": of(trace.grads)}
    for slot, array in trace.after.slots.items():
        numbers[f"{slot}_now"] = of(array)
        numbers[f"{slot}_before"] = of(trace.before.slots[slot])
    config = trace.twin.config
    if config.weight_decay:
        decayed = (1 - trace.learning_rate * config.weight_decay) * weight.value
        numbers |= {"whole": weight.value, "decayed": decayed}
    for slot, kept in OPTIMIZERS[config.optimizer].keeps.items():
        numbers[f"{slot}_unbiased"] = numbers[f"{slot}_now"] / (1 - kept**trace.after.count)
    return numbers


def _vector(array: FloatArray, entries: int) -> Vector:
    shown = min(max(entries, 1), MOST_ENTRIES)
    return Vector(array[:shown].astype(np.float64), len(array), norm(array))
