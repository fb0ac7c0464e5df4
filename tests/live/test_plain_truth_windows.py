"""Every number of screen 3 over networks without a hidden state, against plain loops."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.microsteps import MicroStep, micro_steps
from rnn_tui.live.run import Run
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.protocol.commands import GoThrough
from rnn_tui.protocol.update import BackpropView, Opened
from tests.inspection.windows import every_batch, every_window, windowed
from tests.live.desk import Clock
from tests.live.plain_update import Sequence
from tests.live.plain_window import PlainWindow
from tests.live.test_plain_truth import (
    VIEW,
    check_grown,
    check_known,
    check_matrices,
    check_numbers,
    check_vectors,
    check_weight,
)


def vectors(plain: PlainWindow, sequence: Sequence, step: MicroStep) -> dict[str, Any]:
    t, layer = step.t, step.layer
    if step.phase == "forward" and layer is None:
        return {"logits": sequence.logits[t], "probs": sequence.probs[t]}
    if step.phase == "backward" and layer is None:
        return {"dlogits": sequence.dlogits[t], "dh_above": sequence.dh_above[-1][t]}
    if layer is None:
        return {"losses": sequence.losses}
    found = sequence.layers[layer]
    if step.phase == "backward":
        names = {"dh_above": "through", "around": "around", "dh": "dh", "slope": "slope"}
        named = {**names, "da": "da"}.items()
        return {name: found[there][t] for name, there in named if there in found}
    terms, kind = plain.terms(sequence, layer, t), plain.config.network
    if len(terms) > 3:  # the furthest share a line
        terms = [np.sum(terms[:-2], axis=0), *terms[-2:]]
    below = {"below": sequence.inputs[layer][t]} if layer and kind == "cnn" else {}
    name = f"{'conv' if kind == 'cnn' else 'hidden'}.{layer}.bias"
    return {
        **{f"term_{number}": term for number, term in enumerate(terms)},
        "bias": plain.weights[name],
        "a": found["a"][t],
        "f_a": found["h"][t] - below.get("below", 0),
        "h": found["h"][t],
        **below,
    }


def as_drawn(part: Opened) -> Opened:
    """With the columns of a kernel in the order of its array: channel by channel."""
    for matrix in part.matrices:
        if len(matrix.shape) == 3:
            channels, inputs, taps = matrix.shape
            matrix.values[:] = (
                matrix.values.reshape(channels, taps, inputs)
                .swapaxes(1, 2)
                .reshape(matrix.values.shape)
            )
    return part


@every_window
@every_batch
@pytest.mark.parametrize("clip", [0.05, 5.0])
def test_every_number_is_the_plain_loops(name: str, batch: int, clip: float) -> None:
    settings = {"optimizer": "sgd", "learning_rate": 0.25, "clip_norm": clip}
    made = windowed(name, batch, **settings)
    plain = PlainWindow(made)
    sequence, seen = plain.sequences[0], Inspector(Run(made, paused=True), Clock())
    for done, step in enumerate(micro_steps(plain.T, made.config.num_layers), start=1):
        seen.go(GoThrough("on"))
        part = seen.look(VIEW)
        assert isinstance(part, Opened)
        assert (part.done, part.steps[done - 1]) == (done, step)
        assert part.earlier.tolist() == [-1] * len(part.earlier)
        as_drawn(part)
        check_vectors(part.vectors, vectors(plain, sequence, step))
        check_numbers(part, plain, sequence)
        check_matrices(part, plain)
        check_grown(part, plain)
        check_weight(part, plain)
        check_known(part, sequence)


@every_window
def test_the_marked_weight_is_the_one_under_the_cursor(name: str) -> None:
    made = windowed(name, 3, updates=2)
    seen = Inspector(Run(made, paused=True), Clock())
    seen.go(GoThrough("last"))
    for number, (weight, array) in enumerate(made.model.gradients.items()):
        for at in [(number, 1, 2), (number, 3, 11)]:
            part = seen.look(BackpropView(rows=64, columns=64, marked=at))
            assert isinstance(part, Opened)
            assert part.weight is not None
            assert part.weight.name == weight
            shown = part.matrices[number].values
            row, column = min(at[1], len(shown) - 1), min(at[2], shown.shape[1] - 1)
            assert part.weight.gradient == shown[row, column]
            assert part.weight.after == made.model.parameters[weight][part.weight.index]
            assert len(part.weight.index) == array.ndim
            assert seen.check_weight(weight, part.weight.index).count("backprop") == 1
