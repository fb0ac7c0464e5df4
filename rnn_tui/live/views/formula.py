"""The formulas of one time step of a text, filled in by running that step again."""

from typing import Any, NamedTuple

import numpy as np

from rnn_tui.inspection.experiment.changes import Change, Typed, Wiped
from rnn_tui.inspection.experiment.reading import exchanged, possible, read, touching
from rnn_tui.inspection.forward import ForwardStep, forward_step
from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.inspection.windows.looking_back import LookingBackWindow
from rnn_tui.inspection.windows.recurrent import terms_of
from rnn_tui.live.run import Run
from rnn_tui.live.views.reading import state_after, steps_of
from rnn_tui.live.views.unrolled import MOST_STEPS
from rnn_tui.live.views.update_matrices import norm
from rnn_tui.models.looking_back import LookingBack
from rnn_tui.models.protocol import ModelState, quietly
from rnn_tui.models.recurrent import CharModel, recurrent
from rnn_tui.models.registry import spec_of
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.protocol.formula import FormulaSeen, FormulaView
from rnn_tui.protocol.update import Opened, Vector
from rnn_tui.training.settings.config import Config

FEW = 8
"""Up to so many numbers a vector is told of whole; of a larger one only what is marked."""


class Laid(NamedTuple):
    """A time step laid open."""

    there: ForwardStep[Any]
    terms: dict[str, FloatArray]
    """Of the layer."""
    earlier: IntArray


def answer(run: Run, view: FormulaView) -> FormulaSeen:
    """Return the numbers of the layer and of the output."""
    trainer = run.trainer
    model, config = trainer.model, trainer.config
    steps = steps_of(trainer, view.reading, MOST_STEPS)
    change = view.change
    change = change if change and possible(change, model, len(steps.x)) else None
    x = exchanged(steps.x, change)
    if not len(x):
        return FormulaSeen(None)
    t, layer = min(max(view.step, 0), len(x) - 1), view.layer % config.num_layers
    targets = np.append(steps.y, [-1] * (len(x) - len(steps.y))).astype(np.int64)
    start = state_after(model, steps.before)
    if isinstance(model, LookingBack):
        laid = _looking_back(model, config, x[: t + 1], targets[: t + 1], start, layer)
    else:
        laid = _recurrent(recurrent(model), x, t, start, layer, change)
    unit = min(max(view.unit, 0), len(laid.terms["h"]) - 1)
    vectors = _of_layer(laid.terms, unit)
    target = int(targets[t])
    symbol = target if target >= 0 else int(np.argmax(laid.there.logits))
    for name in ("logits", "probs"):
        vectors[name] = _vector(getattr(laid.there, name), symbol)
    p = float(laid.there.probs[symbol])
    opened = Opened(
        done=2,
        steps=(MicroStep("forward", t, layer), MicroStep("forward", t)),
        inputs=x,
        targets=targets,
        losses=np.empty(0),
        sequence=0,
        batch_size=1,
        vectors=vectors,
        numbers={"p": p, "loss": float(-np.log(p))} if target >= 0 else {},
        words={},
        matrices=(),
        limit=1.0,
        clipping=None,
        weight=None,
        known=None,
        earlier=laid.earlier.astype(np.int64),
    )
    return FormulaSeen(
        opened,
        t,
        layer,
        unit if len(laid.terms["h"]) > FEW else None,
        symbol if len(laid.there.logits) > FEW else None,
        (isinstance(change, Wiped) and change.step == t)
        or (isinstance(change, Typed) and (change.step, change.layer) == (t, layer)),
    )


@quietly
def _recurrent(
    model: CharModel, x: IntArray, t: int, start: ModelState, layer: int, change: Change | None
) -> Laid:
    touch = touching(model.spec, change) if change and change.step == t else None
    before = read(model, x[:t], start, change).state
    there, _ = forward_step(model, int(x[t]), None, before, touch)
    bias = model.parameters[f"rnn.bias_l{layer}"]
    return Laid(there, terms_of(there.layers[layer], bias), np.empty(0, np.int64))


@quietly
def _looking_back(
    model: LookingBack[Any], config: Config, x: IntArray, y: IntArray, start: ModelState, layer: int
) -> Laid:
    y = np.maximum(y, 0)  # what comes next counts for nothing here
    taps = spec_of(config).taps(config)
    window = LookingBackWindow(model, x[:, None], y[:, None], start, 0, taps)
    t = len(x) - 1
    return Laid(window.forward(t), window.forward_terms(layer, t), window.earlier)


def _of_layer(terms: dict[str, FloatArray], unit: int) -> dict[str, Vector]:
    """Return its vectors, of large ones the unit's number; sums of several gates are left out."""
    size = len(terms["h"])
    return {name: _vector(array, unit) for name, array in terms.items() if len(array) == size}


def _vector(array: FloatArray, marked: int) -> Vector:
    part = array if len(array) <= FEW else array[marked : marked + 1]
    return Vector(part.astype(np.float64), len(part), norm(part))
