"""Where in an update numbers went wrong: forward through time first, then backward.

The update is run again time step by time step, all sequences at once, by the cells themselves.
"""

from collections.abc import Iterator
from typing import Literal

import numpy as np

from rnn_tui.inspection.backward import run_step
from rnn_tui.inspection.diagnosis.report import Value
from rnn_tui.language import mark, phrase
from rnn_tui.models.protocol import Model, ModelState
from rnn_tui.models.recurrent import CharModel
from rnn_tui.nn.cell import FloatArray, IntArray
from rnn_tui.nn.loss import cross_entropy


def outbreak(model: Model, x: IntArray, y: IntArray, state: ModelState) -> tuple[Value, float]:
    """Return the first result that is not finite; where all are, the first of the largest forward.

    Args:
        model: With the parameters before the update, and its masks; left as it is.
        x: Ids read (T, B).
        y: Ids that come next (T, B).
        state: Before the window.

    Returns:
        The result, and its size one time step earlier on the way; NaN where there is none.
    """
    seen: list[Value] = []
    for value in way(model, x, y, state):
        seen.append(value)
        if not np.isfinite(value.size):
            return value, before(value, seen)
    forward = [value for value in seen if value.phase == "forward" and value.name != "loss"]
    largest = max(value.size for value in forward)
    first = next(value for value in forward if value.size >= largest / 2)
    return first, before(first, seen)


def before(value: Value, seen: list[Value]) -> float:
    """Return the size of the same result one time step earlier on the way."""
    step = {"forward": -1, "backward": 1}.get(value.phase, 0)
    there = (v for v in seen if (v.phase, v.t, v.name) == (value.phase, value.t + step, value.name))
    return next((v.size for v in there), np.nan) if step else np.nan


def way(model: Model, x: IntArray, y: IntArray, state: ModelState) -> Iterator[Value]:
    """Every result in the order in which it is worked out."""
    for name, parameter in model.parameters.items():
        yield Value("weights", 0, shortly(name), size(parameter))
    T, states = len(x), [state]
    for t in range(T):
        here = model.at(t) if isinstance(model, CharModel) else model
        logits, after = here.forward(x[t : t + 1], states[t])
        states.append(after)
        if isinstance(model, CharModel):
            yield from of_layers(model, "forward", t + 1, mark("{name} of layer {layer}"), after)
        yield Value("forward", t + 1, phrase("logits"), size(logits))
        yield Value("forward", t + 1, phrase("loss"), abs(cross_entropy(logits, y[t : t + 1])[0]))
    if isinstance(model, CharModel):
        yield from back(model, x, y, states)
        return
    model = model.twin()  # whose gradients are its own: those of the update are still asked for
    model.loss_and_grads(x, y, state)
    for name, grad in model.gradients.items():
        yield Value("sum", 0, f"d{shortly(name)}", size(grad))


def back(model: CharModel, x: IntArray, y: IntArray, states: list[ModelState]) -> Iterator[Value]:
    """Yield the same from the last time step to the first, then the gradients, summed up."""
    total = {name: np.zeros_like(array) for name, array in model.parameters.items()}
    dstate = model.zero_state(x.shape[1])
    for t in reversed(range(len(x))):
        step = run_step(model.at(t), x[t], y[t], states[t], dstate, x.size)
        yield Value("backward", t + 1, "dlogits", size(step.dlogits))
        for layer in reversed(range(len(step.above))):
            yield Value(
                "backward",
                t + 1,
                phrase("{name} of layer {layer}", name="dh", layer=layer + 1),
                size(step.above[layer]),
            )
        for name, grad in step.grads.items():
            yield Value("backward", t + 1, f"d{shortly(name)}", size(grad))
            total[name] += grad
        yield from of_layers(
            model, "backward", t + 1, mark("d{name} handed back in layer {layer}"), step.dstates
        )
        dstate = step.dstates
    for name, grad in total.items():
        yield Value("sum", 0, f"d{shortly(name)}", size(grad))


def of_layers(
    model: CharModel, phase: Literal["forward", "backward"], t: int, what: str, state: ModelState
) -> Iterator[Value]:
    """h, and c where there is one, of every layer, or their gradients."""
    for layer, parts in enumerate(state, 1):
        for name, part in reversed(list(zip(model.spec.state, parts, strict=True))):
            yield Value(phase, t, phrase(what, name=name, layer=layer), size(part))


def shortly(name: str) -> str:
    """Return a parameter's name without the module's."""
    return name.removeprefix("rnn.")


def size(array: FloatArray) -> float:
    """Return the largest absolute value; NaN if there is one, for it spreads the farthest."""
    return float(np.abs(array).max())
