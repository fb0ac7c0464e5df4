"""The network unrolled over a stretch of text, taken from the trainer between two updates."""

from typing import Any

import numpy as np

from rnn_tui.inspection.forward import forward_step
from rnn_tui.live.run import Run
from rnn_tui.live.views.ranking import top_ids
from rnn_tui.live.views.reading import state_after, steps_of
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import ModelState
from rnn_tui.models.recurrent import CharModel, recurrent
from rnn_tui.nn.loss import log_softmax
from rnn_tui.protocol.curves import Floats, Ints
from rnn_tui.protocol.unrolled import Numbers, Unrolled, UnrolledView

MOST_STEPS, MOST_SHOWN, MOST_ROWS, MOST_UNITS = 200, 40, 40, 512
"""Whatever is asked for, a snapshot stays small."""
MOST_SHOWN_OF_UNIT = 100
"""Time steps shown where each has one hidden unit of every layer."""


def answer(run: Run, view: UnrolledView) -> Unrolled:
    """Return what the screen shows of it."""
    x, y, unknown, read_before = steps_of(run.trainer, view.reading, MOST_STEPS)
    model = run.trainer.model
    start = state_after(model, read_before)
    count = min(max(view.steps, 1), MOST_SHOWN if view.unit is None else MOST_SHOWN_OF_UNIT)
    first = min(max(view.first, 0), max(len(x) - count, 0))
    shown = slice(first, first + count)
    before: tuple[Numbers, ...] = ()
    if isinstance(model, LookingBack):
        hidden, logits = _look_back(model, x, start)
        layers = tuple({"h": h[shown, :MOST_UNITS]} for h in hidden)
    else:
        hidden, logits = _run(recurrent(model), x, start)
        layers = _layers(recurrent(model), x, start, shown, hidden, gates=view.gates)
        before = tuple(
            (h[first - 1] if first else layer[0][0])[:MOST_UNITS]
            for h, layer in zip(hidden, start, strict=True)
        )
    scores = log_softmax(logits)
    targets = np.append(y, [-1] * (len(x) - len(y))).astype(np.int64)
    losses = np.where(targets < 0, np.nan, -scores[np.arange(len(x)), targets])
    top = top_ids(logits[shown], min(max(view.rows, 1), MOST_ROWS))
    rows, right = np.arange(len(top)), targets[shown]
    missing = right < 0
    target_logits = np.where(missing, np.nan, logits[shown][rows, right])
    unit = None if view.unit is None else min(max(view.unit, 0), hidden[0].shape[1] - 1)
    if unit is not None:
        layers = tuple({"h": h[shown, unit : unit + 1]} for h in hidden)
    read = np.concatenate([read_before, x[:first]])
    return Unrolled(
        unknown=unknown,
        total=len(x),
        first=first,
        inputs=x[shown],
        targets=right,
        layers=layers,
        before=before,
        top_ids=top,
        logits=np.take_along_axis(logits[shown], top, axis=1),
        probs=np.exp(np.take_along_axis(scores[shown], top, axis=1)),
        target_logits=target_logits,
        target_probs=np.where(missing, np.nan, np.exp(scores[shown][rows, right])),
        losses=losses[shown],
        mean_loss=float(np.mean(losses[: len(y)])) if len(y) else np.nan,
        unit=unit,
        earlier=read[max(len(read) - max(view.earlier, 0), 0) :],
    )


def _look_back(model: LookingBack[Any], x: Ints, start: ModelState) -> tuple[list[Numbers], Floats]:
    """Return h of every layer (T, H), and the logits (T, V), of a network without a state."""
    if not len(x):
        empty = np.empty((0, model.linear.input_size))
        return [empty] * model.depth, np.empty((0, model.vocab_size))
    ids = x[:, None].astype(np.intp)
    hidden: list[Numbers] = [h[:, 0] for h in model.hidden_of(ids, start)]
    return hidden, model.linear.forward(hidden[-1][:, None])[:, 0].astype(np.float64)


def _run(model: CharModel, x: Ints, start: ModelState) -> tuple[list[Numbers], Floats]:
    """Return h of every layer (T, H), and the logits (T, V)."""
    if not len(x):
        empty = [np.empty((0, cell.hidden_size)) for cell in model.stack.cells]
        return [*empty], np.empty((0, model.vocab_size))
    below: Any = x[:, None].astype(np.intp)
    hidden: list[Numbers] = []
    for cell, state in zip(model.stack.cells, start, strict=True):
        h, _, _ = cell.forward(below, state)
        below = np.array(h)
        hidden.append(below[:, 0])
    return hidden, np.array(model.linear.forward(below))[:, 0].astype(np.float64)


def _layers(
    model: CharModel,
    x: Ints,
    state: ModelState,
    shown: slice,
    hidden: list[Numbers],
    *,
    gates: bool,
) -> tuple[dict[str, Numbers], ...]:
    """Return what is shown of every layer: h, and the gates where asked for."""
    layers = [{"h": h[shown, :MOST_UNITS]} for h in hidden]
    if not gates or not model.spec.gates or not len(x):
        return tuple(layers)
    if shown.start:
        _, state = model.forward(x[: shown.start, None].astype(np.intp), state)
    steps = []
    for id in x[shown].tolist():
        step, state = forward_step(model, id, None, state)
        steps.append(step)
    for number, rows in enumerate(layers):
        for name in model.spec.letters:
            rows[name] = np.array([s.layers[number].gates[name][:MOST_UNITS] for s in steps])
        if steps[0].layers[number].c is not None:
            rows["c"] = np.array([s.layers[number].c for s in steps])[:, :MOST_UNITS]
    return tuple(layers)
