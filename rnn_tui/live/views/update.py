"""One update laid open, as the screen shows it."""

import math

import numpy as np

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.inspection.trace import Trace
from rnn_tui.inspection.walk import Walk
from rnn_tui.live.run import Run
from rnn_tui.nn.activations import SLOPES
from rnn_tui.nn.cell import FloatArray, Parameters
from rnn_tui.nn.optimizers import OPTIMIZERS
from rnn_tui.protocol.update import BackpropView, Known, Matrix, Opened, Vector, Weight

MOST_ENTRIES, MOST_CELLS, MOST_STEPS = 64, 64, 1000

KINDS = {"weight": "", "weight_hh": "_hh", "weight_ih": "_ih"}

Filling = tuple[dict[str, FloatArray], dict[str, float], dict[str, str]]
"""Vectors, numbers and words that a formula is filled in with."""


def opened(walk: Walk, view: BackpropView) -> Opened:
    """Return the update as far as it has been walked through."""
    trace, step = walk.trace, walk.step
    total = trace.total(walk.done)
    vectors, numbers, words = _filling(trace, walk.done, step)
    weight = _marked(trace, total, view)
    numbers |= {"before": weight.value, "after": weight.after}
    if step is not None and step.phase == "update":
        numbers |= _remembered(trace, weight)
        words |= {"count": f"{trace.after.count:,}"}
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


def matrices(total: Parameters, added: Parameters, view: BackpropView) -> tuple[Matrix, ...]:
    """Every gradient, of large ones a coarse picture."""
    rows, columns = _limits(view)
    return tuple(
        Matrix(
            name=name,
            shape=array.shape,
            values=coarse(array.reshape(len(array), -1), rows, columns).astype(np.float64),
            blocks=len(array) > rows or array.size // len(array) > columns,
            norm=_norm(array),
            added=_norm(added[name]) if name in added else 0.0,
        )
        for name, array in total.items()
    )


def _known(trace: Trace, done: int, view: BackpropView) -> Known:
    """Return what is known of the time steps around the present one."""
    past, top = set(trace.steps[:done]), len(trace.model.stack.cells) - 1
    count = min(view.steps, trace.T, MOST_CELLS)
    units = min(max(view.units, 1), MOST_CELLS, trace.model.stack.cells[-1].hidden_size)
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
    at = place(array.reshape(len(array), -1), row, column, view)[: array.ndim]
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
    for slot, kept in OPTIMIZERS[trace.twin.config.optimizer].keeps.items():
        numbers[f"{slot}_unbiased"] = numbers[f"{slot}_now"] / (1 - kept**trace.after.count)
    return numbers


def place(matrix: FloatArray, row: int, column: int, view: BackpropView) -> tuple[int, int]:
    """Return which element a cell of the picture shows: of its block, the one largest in size."""
    starts, ends = [], []
    for size, most, at in zip(matrix.shape, _limits(view), (row, column), strict=True):
        edges = np.linspace(0, size, min(size, most) + 1).astype(np.intp)
        at = min(max(at, 0), len(edges) - 2)
        starts.append(int(edges[at]))
        ends.append(int(edges[at + 1]))
    block = np.abs(matrix[starts[0] : ends[0], starts[1] : ends[1]])
    i, j = np.unravel_index(int(block.argmax()), block.shape)
    return starts[0] + int(i), starts[1] + int(j)


def _limits(view: BackpropView) -> tuple[int, int]:
    return min(max(view.rows, 1), MOST_CELLS), min(max(view.columns, 1), MOST_CELLS)


def coarse(matrix: FloatArray, rows: int, columns: int) -> FloatArray:
    """Return at most so many rows and columns: of each block the element largest in size."""
    for axis, most in ((0, rows), (1, columns)):
        size = matrix.shape[axis]
        if size > most:
            starts = np.linspace(0, size, most + 1).astype(np.intp)[:-1]
            high = np.maximum.reduceat(matrix, starts, axis=axis)
            low = np.minimum.reduceat(matrix, starts, axis=axis)
            matrix = np.where(high >= -low, high, low)
    return matrix


def _norm(array: FloatArray) -> float:
    return float(np.linalg.norm(array.astype(np.float64)))


def _vector(array: FloatArray, entries: int) -> Vector:
    shown = min(max(entries, 1), MOST_ENTRIES)
    return Vector(array[:shown].astype(np.float64), len(array), _norm(array))


def _filling(trace: Trace, done: int, step: MicroStep | None) -> Filling:
    if step is None:
        return {}, {}, {}
    if step.phase == "forward":
        return _forward(trace, step)
    if step.phase == "backward":
        return _backward(trace, step, done)
    return {"losses": trace.losses}, _whole(trace), {"clipped": _clipped(trace)}


def _forward(trace: Trace, step: MicroStep) -> Filling:
    there = trace.forward(step.t)
    if step.layer is None:
        assert there.target is not None  # a training window has a target everywhere
        probability = float(there.probs[there.target])
        numbers = {"p": probability, "loss": there.loss}
        return {"logits": there.logits, "probs": there.probs}, numbers, {}
    layer = there.layers[step.layer]
    vectors = {
        "from_input": layer.from_input,
        "from_past": layer.from_past,
        "bias": trace.model.parameters[f"rnn.bias_l{step.layer}"],
        "a": layer.a,
        "h": layer.h,
        **layer.gates,
    }
    if layer.c is not None:
        vectors["c"] = layer.c
    return vectors, {}, {}


def _backward(trace: Trace, step: MicroStep, done: int) -> Filling:
    there = trace.backward(step.t)
    added, total = trace.added(step), trace.total(done)
    grown: dict[str, float] = {}
    for name in added:
        if (kind := KINDS.get(name.partition(".")[2].partition("_l")[0])) is not None:
            grown |= {f"grown{kind}": _norm(added[name]), f"total{kind}": _norm(total[name])}
    if step.layer is None:
        return {"dlogits": there.dlogits, "dh_above": there.layers[-1].dh_above}, grown, {}
    layer, h = there.layers[step.layer], trace.forward(step.t).layers[step.layer].h
    slope = np.empty_like(h)
    SLOPES[trace.twin.config.activation](h, out=slope)
    vectors = {
        "dh_above": layer.dh_above,
        "dh_future": layer.dh_future,
        "dh": layer.dh,
        "da": layer.da,
        "dh_past": layer.dh_past,
        "slope": slope,
    }
    if layer.dc is not None and layer.dc_past is not None:
        vectors |= {"dc": layer.dc, "dc_past": layer.dc_past}
    return vectors, grown, {}


def _whole(trace: Trace) -> dict[str, float]:
    """Numbers of the loss, of clipping and of the update."""
    clipping = trace.clipping
    change = trace.after.flat - trace.before.flat
    return {
        "mean": float(trace.losses.mean()),
        "window": trace.loss,
        "norm": clipping.norm,
        "norm_after": clipping.norm_after,
        "rate": trace.learning_rate,
        "change": math.sqrt(float(change @ change)),
    }


def _clipped(trace: Trace) -> str:
    clipping = trace.clipping
    if clipping.limit is not None:
        return f"{clipping.cut:,} elements cut to ±{clipping.limit:g}"
    if clipping.max_norm is None:
        return "nothing clips it"
    if clipping.factor < 1:
        return f"g × {clipping.factor:.3g}: cut to a norm of {clipping.max_norm:g}"
    return f"as it was: below the limit of {clipping.max_norm:g}"
