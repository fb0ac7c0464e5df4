"""How far back the error reaches, as the screen shows it."""

import math
from dataclasses import dataclass

import numpy as np

from rnn_tui.inspection.clipping import Clipping
from rnn_tui.inspection.decay import clip_sentence, decay, loss_left, sentence
from rnn_tui.inspection.flow import flow
from rnn_tui.inspection.input_flow import input_flow, reach
from rnn_tui.language import counted, joined, mark, phrase, several
from rnn_tui.live.run import Run
from rnn_tui.live.views.chance import least
from rnn_tui.live.views.reading import state_after, steps_of
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import ModelState
from rnn_tui.models.recurrent import CharModel, recurrent
from rnn_tui.models.registry import spec_of
from rnn_tui.models.spec import last_symbols
from rnn_tui.nn.clip import clip_factor
from rnn_tui.protocol.curves import Curves, Floats, Ints
from rnn_tui.protocol.gradient_flow import Gradients, GradientsView
from rnn_tui.training.history import History
from rnn_tui.training.trainer import Trainer

MOST_STEPS, MOST_BINS = 64, 4_000


@dataclass(frozen=True, eq=False, slots=True)
class Found:
    """What flows back, as in `Gradients`."""

    h: Floats
    c: Floats | None
    x: Floats
    sentences: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()


NOTHING = Found(np.empty((0, 0, 0)), None, np.empty((0, 0)))


def answer(run: Run, view: GradientsView) -> Gradients:
    """Gradient flow over a stretch of text, and the norm over training."""
    trainer = run.trainer
    most = min(max(view.steps, 2), MOST_STEPS) + (view.reading.typed is not None)
    x, y, unknown, before = steps_of(trainer, view.reading, most)
    x = x[: len(y)]
    found = NOTHING
    if len(x) and not spec_of(trainer.config).lacks("flow", trainer.config):
        model, start = trainer.model, state_after(trainer.model, before)
        if isinstance(model, LookingBack):
            found = of_inputs(trainer, input_flow(model, x, y, start))
        else:
            found = of_states(recurrent(model), x, y, start)
    return Gradients(
        unknown=unknown,
        inputs=x,
        targets=y,
        h=found.h,
        c=found.c,
        x=found.x,
        sentences=found.sentences,
        layers=found.layers,
        clip=clip_sentence(clipping(trainer)) if math.isfinite(trainer.grad_norm) else "",
        limit=trainer.config.clip_norm,
        norms=curve(run.norms, view.bins),
        least=least(trainer, view.reading, before, np.append(x, y[-1:])),
    )


def of_states(model: CharModel, x: Ints, y: Ints, start: ModelState | None = None) -> Found:
    """Return what flows back through the hidden states; None: they are zero before the text."""
    there = flow(model, x, y, start)
    h, c = there.h.astype(np.float64), None if there.c is None else there.c.astype(np.float64)
    fade = decay(there.whole)
    said = sentence(fade, along=_along(len(h), c is not None))
    if fade.vanishing:
        said = joined((said, loss_left(float(there.losses.mean()))))
    sentences: tuple[str, ...] = (said,)
    layers: tuple[str, ...] = ()
    if c is not None:
        sentences += (sentence(decay(c[-1]), mark("Along the cell state it")),)
    if len(h) > 1:
        both = mark("h and c together") if c is not None else ""
        layers = tuple(sentence(decay(norms), along=both) for norms in there.state[::-1])
    return Found(h, c, there.x.astype(np.float64), sentences, layers)


def of_inputs(trainer: Trainer, norms: Floats) -> Found:
    """Return what flows back to what was read, where there is no hidden state."""
    unit, sees = trainer.corpus.vocab.unit, spec_of(trainer.config).reach(trainer.config)
    assert sees is not None  # where there is no hidden state, there is an end to it
    last = last_symbols(sees, unit)
    shown, arrived = len(norms), reach(norms)
    if arrived < shown:
        said = phrase(
            "Beyond {count} nothing of an error arrives: this network sees {last} and has no "
            "memory of what was before.",
            count=counted(arrived, unit),
            last=last,
        )
    else:
        said = phrase(
            "An error arrives at all {shown} {units} shown: this network sees {last} and has no "
            "memory of what was before.",
            shown=f"{shown:,}",
            units=phrase(several(unit)),
            last=last,
        )
    return Found(NOTHING.h, None, norms, (said,))


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
