"""How far back the error reaches, as the screen shows it."""

import math

import numpy as np

from rnn_tui.inspection.clipping import Clipping
from rnn_tui.inspection.decay import clip_sentence, decay, sentence
from rnn_tui.inspection.flow import flow
from rnn_tui.live.run import Run
from rnn_tui.live.views.unrolled import stretch
from rnn_tui.models.recurrent import recurrent
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.clip import clip_factor
from rnn_tui.protocol.curves import Curves, Floats
from rnn_tui.protocol.gradient_flow import Gradients, GradientsView
from rnn_tui.training.history import History
from rnn_tui.training.trainer import Trainer

MOST_STEPS, MOST_BINS = 64, 4_000


def answer(run: Run, view: GradientsView) -> Gradients:
    """Gradient flow over a stretch of text, and the norm over training."""
    trainer = run.trainer
    x, y, unknown = stretch(trainer, view.text, min(max(view.steps, 2), MOST_STEPS) + 1)
    if view.text is None:
        x, y = x[: max(view.steps, 2)], y[: max(view.steps, 2)]
    x = x[: len(y)]
    h: Floats = np.empty((trainer.config.num_layers, 0, 0))
    c: Floats | None = None
    sentences: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    if len(x) and not spec_of(trainer.config).lacks("flow", trainer.config):
        found = flow(recurrent(trainer.model), x, y)
        h, c = found.h.astype(np.float64), None if found.c is None else found.c.astype(np.float64)
        sentences = (sentence(decay(found.whole), along=_along(len(h), c is not None)),)
        if c is not None:
            sentences += (sentence(decay(c[-1]), "Along the cell state it"),)
        if len(h) > 1:
            both = "h and c together" if c is not None else ""
            layers = tuple(sentence(decay(norms), along=both) for norms in found.state[::-1])
    return Gradients(
        unknown=unknown,
        inputs=x,
        targets=y,
        h=h,
        c=c,
        sentences=sentences,
        layers=layers,
        clip=clip_sentence(clipping(trainer)) if math.isfinite(trainer.grad_norm) else "",
        limit=trainer.config.clip_norm,
        norms=curve(run.norms, view.bins),
    )


def _along(layers: int, has_cell: bool) -> str:
    """Name the whole state, where it is more than one h."""
    if layers == 1:
        return "h and c together" if has_cell else ""
    return "h and c of all layers" if has_cell else "h of all layers"


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
