"""What the formula of a micro-step is filled in with."""

import math
from typing import NamedTuple

from rnn_tui.inspection.microsteps import MicroStep
from rnn_tui.inspection.trace import Trace
from rnn_tui.language import mark, phrase
from rnn_tui.live.views.update_matrices import norm
from rnn_tui.nn.cell import FloatArray

KINDS = {"weight": "", "bias": "_b", "weight_hh": "_hh", "weight_ih": "_ih"}
"""How a parameter's growth is called in the equations."""


class Filling(NamedTuple):
    """What stands for the names in a formula."""

    vectors: dict[str, FloatArray]
    numbers: dict[str, float]
    words: dict[str, str]


def filling(trace: Trace, done: int, step: MicroStep | None) -> Filling:
    """Return what a formula is filled in with, when `done` micro-steps are done, `step` last."""
    if step is None:
        return Filling({}, {}, {})
    if step.phase == "forward":
        return _forward(trace, step)
    if step.phase == "backward":
        return _backward(trace, step, done)
    return Filling({"losses": trace.losses}, _whole(trace), {"clipped": _clipped(trace)})


def _forward(trace: Trace, step: MicroStep) -> Filling:
    if step.layer is not None:
        return Filling(trace.window.forward_terms(step.layer, step.t), {}, {})
    there = trace.forward(step.t)
    assert there.target is not None  # a training window has a target everywhere
    numbers = {"p": float(there.probs[there.target]), "loss": there.loss}
    return Filling({"logits": there.logits, "probs": there.probs}, numbers, {})


def _backward(trace: Trace, step: MicroStep, done: int) -> Filling:
    added, total = trace.added(step), trace.total(done)
    grown: dict[str, float] = {}
    for name in added:
        if (kind := KINDS.get(name.rpartition(".")[2].partition("_l")[0])) is not None:
            grown |= {f"grown{kind}": norm(added[name]), f"total{kind}": norm(total[name])}
    if step.layer is not None:
        return Filling(trace.window.backward_terms(step.layer, step.t), grown, {})
    there = trace.backward(step.t)
    vectors = {"dlogits": there.dlogits, "dh_above": there.layers[-1].dh_above}
    return Filling(vectors, grown, {})


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
        return phrase(
            "{count} elements cut to ±{limit}",
            count=f"{clipping.cut:,}",
            limit=f"{clipping.limit:g}",
        )
    if clipping.max_norm is None:
        return mark("nothing clips it")
    if clipping.factor < 1:
        return phrase(
            "g × {factor}: cut to a norm of {limit}",
            factor=f"{clipping.factor:.3g}",
            limit=f"{clipping.max_norm:g}",
        )
    return phrase("as it was: below the limit of {limit}", limit=f"{clipping.max_norm:g}")
