"""The network unrolled over a stretch of text, taken from the trainer between two updates."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from rnn_tui.inspection.experiment.changes import Change
from rnn_tui.inspection.experiment.reading import exchanged, possible, read, touching
from rnn_tui.inspection.forward import forward_step
from rnn_tui.live.run import Run
from rnn_tui.live.views.chance import least
from rnn_tui.live.views.ranking import top_ids
from rnn_tui.live.views.reading import Steps, state_after, steps_of
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import Model, ModelState
from rnn_tui.models.recurrent import CharModel, recurrent
from rnn_tui.nn.loss import log_softmax
from rnn_tui.protocol.curves import Floats, Ints
from rnn_tui.protocol.unrolled import Numbers, Unrolled, UnrolledView

MOST_STEPS, MOST_SHOWN, MOST_ROWS, MOST_UNITS = 200, 40, 40, 512
"""Whatever is asked for, a snapshot stays small."""
MOST_SHOWN_OF_UNIT = 100
"""Time steps shown where each has one hidden unit of every layer."""


def answer(run: Run, view: UnrolledView) -> Unrolled:
    """Return what the screen shows of it; where something is changed, also what it was without."""
    steps, model = steps_of(run.trainer, view.reading, MOST_STEPS), run.trainer.model
    start = state_after(model, steps.before)
    if view.change is None or not possible(view.change, model, len(steps.x)):
        seen = _seen(model, steps, start, view)
        ids = np.append(steps.x, steps.y[-1:])
        known = least(run.trainer, view.reading, steps.before, ids)
        mean = float(np.mean(known)) if len(known) else np.nan
        shown = known[seen.first : seen.first + len(seen.inputs)]
        return replace(seen, least=shown, mean_least=mean)
    changed = _seen(model, steps, start, view, view.change)
    unchanged = _seen(model, steps, start, view, also=changed.top_ids)
    return replace(changed, change=view.change, unchanged=unchanged)


def _seen(
    model: Model,
    steps: Steps,
    start: ModelState,
    view: UnrolledView,
    change: Change | None = None,
    also: Ints | None = None,
) -> Unrolled:
    """Return a reading; of the symbols in `also` it tells, too, be they likely or not."""
    x, y, unknown, read_before = steps
    x = exchanged(x, change)
    count = min(max(view.steps, 1), MOST_SHOWN if view.unit is None else MOST_SHOWN_OF_UNIT)
    first = min(max(view.first, 0), max(len(x) - count, 0))
    shown = slice(first, first + count)
    before: tuple[Numbers, ...] = ()
    if isinstance(model, LookingBack):
        hidden, logits = _look_back(model, x, start)
        layers = tuple({"h": h[shown, :MOST_UNITS]} for h in hidden)
    else:
        hidden, logits = _run(recurrent(model), x, start, change)
        layers = _layers(recurrent(model), x, start, shown, hidden, change, gates=view.gates)
        before = tuple(
            (h[first - 1] if first else layer[0][0])[:MOST_UNITS]
            for h, layer in zip(hidden, start, strict=True)
        )
    scores = log_softmax(logits)
    targets = np.append(y, [-1] * (len(x) - len(y))).astype(np.int64)
    losses = np.where(targets < 0, np.nan, -scores[np.arange(len(x)), targets])
    top = top_ids(logits[shown], min(max(view.rows, 1), MOST_ROWS))
    if also is not None and top.shape[1] < model.vocab_size:
        top = np.concatenate([top, also], axis=1)
    rows, right = np.arange(len(top)), targets[shown]
    missing = right < 0
    target_logits = np.where(missing, np.nan, logits[shown][rows, right])
    unit = None if view.unit is None else min(max(view.unit, 0), hidden[0].shape[1] - 1)
    if unit is not None:
        layers = tuple({"h": h[shown, unit : unit + 1]} for h in hidden)
    past = np.concatenate([read_before, x[:first]])
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
        earlier=past[max(len(past) - max(view.earlier, 0), 0) :],
    )


def _look_back(
    model: LookingBack[Any], x: Ints, start: ModelState
) -> tuple[Sequence[Numbers], Floats]:
    """Return h of every layer (T, H), and the logits (T, V), of a network without a state."""
    if not len(x):
        empty = np.empty((0, model.linear.input_size))
        return [empty] * model.depth, np.empty((0, model.vocab_size))
    ids = x[:, None].astype(np.intp)
    hidden: list[Numbers] = [h[:, 0] for h in model.hidden_of(ids, start)]
    return hidden, model.linear.forward(hidden[-1][:, None])[:, 0].astype(np.float64)


def _run(
    model: CharModel, x: Ints, start: ModelState, change: Change | None
) -> tuple[Sequence[Numbers], Floats]:
    """Return h of every layer (T, H), and the logits (T, V)."""
    hidden = read(model, x, start, change).hidden
    if not len(x):
        return hidden, np.empty((0, model.vocab_size))
    return hidden, model.linear.forward(hidden[-1][:, None])[:, 0].astype(np.float64)


def _layers(
    model: CharModel,
    x: Ints,
    state: ModelState,
    shown: slice,
    hidden: Sequence[Numbers],
    change: Change | None,
    *,
    gates: bool,
) -> tuple[dict[str, Numbers], ...]:
    """Return what is shown of every layer: h, and the gates where asked for."""
    layers = [{"h": h[shown, :MOST_UNITS]} for h in hidden]
    if not gates or not model.spec.gates or not len(x):
        return tuple(layers)
    state = read(model, x[: shown.start], state, change).state
    touch, steps = touching(model.spec, change), []
    for t, id in enumerate(x[shown].tolist(), shown.start):
        here = touch if change and t == change.step else None
        step, state = forward_step(model, id, None, state, here)
        steps.append(step)
    for number, rows in enumerate(layers):
        for name in model.spec.letters:
            rows[name] = np.array([s.layers[number].gates[name][:MOST_UNITS] for s in steps])
        if steps[0].layers[number].c is not None:
            rows["c"] = np.array([s.layers[number].c for s in steps])[:, :MOST_UNITS]
    return tuple(layers)
