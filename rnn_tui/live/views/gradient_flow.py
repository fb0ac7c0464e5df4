"""How far back the error reaches, as the screen shows it."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rnn_tui.inspection.clipping import Clipping
from rnn_tui.inspection.decay import clip_sentence, decay, loss_left, sentence, small_because
from rnn_tui.inspection.flow import Flow, in_slices
from rnn_tui.inspection.input_flow import input_flow, reach
from rnn_tui.language import counted, joined, mark, phrase, several
from rnn_tui.live.run import Run
from rnn_tui.live.views.chance import least
from rnn_tui.live.views.reading import standing, state_after, steps_of
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.recurrent import recurrent
from rnn_tui.models.registry import spec_of
from rnn_tui.models.spec import last_symbols
from rnn_tui.nn.clip import clip_factor
from rnn_tui.protocol.curves import Curves, Floats
from rnn_tui.protocol.gradient_flow import Gradients, GradientsView
from rnn_tui.training.dropout import drops
from rnn_tui.training.history import History
from rnn_tui.training.trainer import Trainer

MOST_STEPS, MOST_BINS = 64, 4_000


def slices(run: Run, view: GradientsView) -> Iterator[Gradients]:
    """Yield gradient flow over a stretch of text from more and more time steps, the last first.

    What it means is said once all of them are here.
    """
    trainer = run.trainer
    most = min(max(view.steps, 2), MOST_STEPS) + (view.reading.typed is not None)
    x, y, unknown, before = steps_of(trainer, view.reading, most)
    x = x[: len(y)]
    seen = Gradients(
        unknown=unknown,
        inputs=x,
        targets=y,
        h=np.empty((0, 0, 0)),
        c=None,
        x=np.empty((0, 0)),
        sentences=(),
        layers=(),
        clip=clip_sentence(clipping(trainer)) if math.isfinite(trainer.grad_norm) else "",
        limit=trainer.config.clip_norm,
        norms=curve(run.norms, view.bins),
        least=least(trainer, view.reading, before, np.append(x, y[-1:])),
    )
    if not len(x) or spec_of(trainer.config).lacks("flow", trainer.config):
        yield seen
        return
    model = standing(trainer)
    start = state_after(model, before)
    if isinstance(model, LookingBack):
        norms = input_flow(model, x, y, start)
        yield replace(seen, x=norms, sentences=(of_inputs(trainer, norms),))
        return
    for there in in_slices(recurrent(model), x, y, start):
        # Copies: the arrays are filled on while this one is on its way
        seen = replace(
            seen,
            h=there.h.astype(np.float64),
            c=None if there.c is None else there.c.astype(np.float64),
            x=there.x.astype(np.float64),
        )
        yield seen
    known = float(np.mean(seen.least)) if len(seen.least) else math.nan
    sentences, layers = of_states(there, known)
    if drops(trainer.config):
        whole = mark("This is the network as it reads: dropout leaves nothing out here.")
        sentences = (joined((sentences[0], whole)), *sentences[1:])
    yield replace(seen, sentences=sentences, layers=layers)


def of_states(there: Flow, known: float = math.nan) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is said of an error on its way through the hidden states, and of each layer.

    Args:
        there: How far it gets.
        known: The mean loss of one who knows the rule of the text; NaN: nobody does.
    """
    fade, cells = decay(there.whole), there.c is not None
    said = sentence(fade, along=_along(len(there.h), cells))
    loss = float(there.losses.mean())
    if more := loss_left(loss, known) if fade.vanishing else small_because(loss):
        said = joined((said, more))
    sentences: tuple[str, ...] = (said,)
    layers: tuple[str, ...] = ()
    if there.c is not None:
        sentences += (sentence(decay(there.c[-1]), mark("Along the cell state it")),)
    if len(there.h) > 1:
        both = mark("h and c together") if cells else ""
        layers = tuple(sentence(decay(norms), along=both) for norms in there.state[::-1])
    return sentences, layers


def of_inputs(trainer: Trainer, norms: Floats) -> str:
    """Return what is said of an error on its way to what was read, without a hidden state."""
    unit, sees = trainer.corpus.vocab.unit, spec_of(trainer.config).reach(trainer.config)
    assert sees is not None  # where there is no hidden state, there is an end to it
    last = last_symbols(sees, unit)
    shown, arrived = len(norms), reach(norms)
    if arrived < shown:
        return phrase(
            "Beyond {count} nothing of an error arrives: this network sees {last} and has no "
            "memory of what was before.",
            count=counted(arrived, unit),
            last=last,
        )
    return phrase(
        "An error arrives at all {shown} {units} shown: this network sees {last} and has no "
        "memory of what was before.",
        shown=f"{shown:,}",
        units=phrase(several(unit)),
        last=last,
    )


def _along(layers: int, has_cell: bool) -> str:
    """Name the whole state, where it is more than one h."""
    if layers == 1:
        return mark("h and c together") if has_cell else ""
    return mark("h and c of all layers") if has_cell else mark("h of all layers")


def clipping(trainer: Trainer) -> Clipping:
    """Return what happened to the last gradient."""
    config, norm = trainer.config, trainer.grad_norm
    limit, most = config.clip_value, config.clip_norm
    factor = 1.0 if most is None else clip_factor(norm, most)
    cut = 0
    if limit is not None:
        grads = np.abs(trainer.model.grads_flat)
        cut = int((grads >= grads.dtype.type(limit)).sum())
    return Clipping(norm, norm * factor, most, factor, limit, cut)


def curve(norms: History, bins: int) -> Curves:
    """Return the norm over the updates."""
    return norms.curves(min(max(bins, 1), MOST_BINS))
