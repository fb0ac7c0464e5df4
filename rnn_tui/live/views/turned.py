"""What turned weights make of the network, worked out bit by bit."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from rnn_tui.inspection.decay import decay
from rnn_tui.inspection.flow import flow
from rnn_tui.inspection.memory.recurrence import Recurrence, a_step, blocks, passed, spectral_radius
from rnn_tui.inspection.memory.recurrence_words import sentences
from rnn_tui.live.run import Run
from rnn_tui.live.turning import marks_here, weights_before
from rnn_tui.live.views.ranking import best_first
from rnn_tui.live.views.reading import standing, state_after, stretch
from rnn_tui.models.config import NetworkConfig
from rnn_tui.models.prediction import predict, predict_window
from rnn_tui.models.protocol import Model
from rnn_tui.models.recurrent import CharModel
from rnn_tui.protocol.curves import Ints
from rnn_tui.protocol.turned import Numbers, TurnedSeen, TurnedView

READ, CONTEXT, FLOWS = 200, 40, 16
"""Symbols whose loss is told, those before the place that are named, and time steps that an error
is followed back."""
MOST_ROWS, MOST_CONTINUATION = 20, 200
UNKNOWN = Numbers(np.nan, np.empty(0), np.empty(0, np.int64), np.nan, (), np.nan, np.nan)


def slices(run: Run, view: TurnedView) -> Iterator[TurnedSeen]:
    """Yield more and more of it: losses, predictions, then what an error and W_hh do."""
    trainer = run.trainer
    config = trainer.config
    ids, unknown, read_before = stretch(trainer, view.reading, READ + 1)
    place = len(ids) if view.reading.typed is not None else min(config.seq_length, len(ids) - 1)
    then = weights_before(run.timeline)
    seen = TurnedSeen(
        unknown=unknown, turned=marks_here(run.timeline), count=max(len(ids) - 1, 0),
        context=ids[max(place - CONTEXT, 0) : max(place, 0)],
        target=int(ids[place]) if place < len(ids) else -1, top=np.empty(0, np.int64),
        now=UNKNOWN, before=None if then is None else UNKNOWN, words=(), done=False,
    )  # fmt: skip
    if place < 1:
        yield replace(seen, done=True)
        return
    networks = {"now": standing(trainer)}
    if then is not None:
        networks["before"] = standing(trainer)
        networks["before"].flat[:] = then
    yield seen
    for who, model in networks.items():
        seen = _with(seen, who, **_read(model, read_before, ids, place, view))
        if who == "now":
            top = best_first(seen.now.probs[None], min(max(view.rows, 1), MOST_ROWS))[0]
            seen = replace(seen, top=top)
        seen = _with(seen, who, probs=getattr(seen, who).probs[seen.top])
        yield seen
    layer = min(max(view.layer, 0), config.num_layers - 1)
    for who, model in networks.items():
        if isinstance(model, CharModel):
            for found in _remembered(model, config, layer, read_before, ids):
                seen = _with(seen, who, **found)
                yield seen
            if who == "now":
                ours = seen.now
                told = Recurrence(ours.radii, ours.passed, ours.longest)
                seen = replace(seen, words=tuple(sentences(told, config)))
    yield replace(seen, done=True)


def _with(seen: TurnedSeen, who: str, **found: Any) -> TurnedSeen:
    """Return the same with more known of one of the networks."""
    known: Numbers = getattr(seen, who)
    whole: dict[str, Any] = {who: replace(known, **found)}
    return replace(seen, **whole)


def _read(model: Model, before: Ints, ids: Ints, place: int, view: TurnedView) -> dict[str, Any]:
    """Return what a network makes of a text, once it has read what stands before it."""
    losses = np.array([np.nan])
    if len(ids) > 1:
        losses = predict_window(model, ids[:-1], ids[1:], state_after(model, before)).losses
    prefix, most = np.concatenate([before, ids[:place]]), max(view.continuation, 0)
    found = predict(model, prefix, min(most, MOST_CONTINUATION))
    return {
        "loss": float(losses.mean()),
        "probs": found.probs,
        "goes_on": found.continuation,
    }


def _remembered(
    model: CharModel, config: NetworkConfig, layer: int, before: Ints, ids: Ints
) -> Iterator[dict[str, Any]]:
    """Yield what becomes of an error, and of what is in the state."""
    if len(ids) > 2:
        x, y = ids[:-1][:FLOWS], ids[1:][:FLOWS]
        yield {"factor": decay(flow(model, x, y, state_after(model, before)).whole).factor}
    every = passed(model, config.activation, layer, np.concatenate([before, ids]))
    through = a_step(model, every[len(before) :])
    yield {"passed": float(through.mean()), "longest": float(through.max())}
    radii: tuple[float, ...] = ()
    for block in blocks(model, layer):
        radii += (spectral_radius(block),)
        yield {"radii": radii}
