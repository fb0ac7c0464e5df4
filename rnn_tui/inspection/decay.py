"""What gradient flow means, in figures and in a sentence."""

import math
from dataclasses import dataclass

import numpy as np

from rnn_tui.inspection.clipping import Clipping
from rnn_tui.language import counted, mark, phrase
from rnn_tui.nn.cell import FloatArray

LITTLE = 0.01
"""Of an error, less than this share counts as nothing left."""
STEADY, KEPT = 1.02, 2.0
"""Up to the first factor in a time step and the second over all of them the error keeps its size:
1.019 is near 1, but after 200 steps it has made 42 of it."""
EXPLODING = 10.0
"""An error that arrives so many times as large, or larger, explodes: then the oldest step's share
of the gradient drowns that of all others, and clipping has to cut. Of 1,200 moments of hello the
error grows in 143, in none of them threefold (`scripts/count_flow.py`)."""
VANISHING = 0.5
"""It vanishes when little is left over such a share of the distances, or more: from a text of which
only the far end is lost much can be learned. In 307 of those 1,200 moments little is left at the
end, in 105 over half of the distances."""


HARDLY = 0.05
"""Nats per character; of a smaller loss there is hardly anything to pass on, nor of one that is so
little above what is chance."""


@dataclass(frozen=True, eq=False, slots=True)
class Decay:
    """How the error fades with the distance, on the average over the targets."""

    shares: FloatArray
    """What is left after d time steps, d = 0 … T-1: geometric mean of ‖∂L_t/∂h_{t-d}‖ over
    ‖∂L_t/∂h_t‖; 0: of no target anything is left."""
    factor: float
    """By which it shrinks or grows in a time step, on the (geometric) average over all of them
    until little is left; NaN: nothing is left after one time step."""
    reach: int | None
    """Time steps after which less than a hundredth is left; None: more is left at the end."""

    @property
    def steps(self) -> int:
        """The greatest distance."""
        return len(self.shares) - 1

    @property
    def end(self) -> int:
        """The distance up to which the factor is meant: share = factor ** end, if any is left."""
        there = np.flatnonzero(np.isfinite(self.shares))
        return int(there[-1]) if self.reach is None else self.reach

    @property
    def exploding(self) -> bool:
        """Whether what arrives is so much larger that it matters."""
        return self.reach is None and bool(self.shares[self.end] >= EXPLODING)

    @property
    def vanishing(self) -> bool:
        """Whether so little arrives, over so many distances, that it matters."""
        reach = self.reach
        return reach is not None and self.steps - reach + 1 >= VANISHING * self.steps


def decay(norms: FloatArray) -> Decay:
    """Sum up one layer's norms [t, k] (T, T): factor ** steps is what is left after them."""
    T = len(norms)
    shares = np.array([_share(norms, d) for d in range(T)])
    below = np.flatnonzero(shares < LITTLE)
    reach = int(below[0]) if len(below) else None
    some = np.flatnonzero(shares[1 : None if reach is None else reach + 1] > 0) + 1
    factor = float(shares[some[-1]] ** (1 / some[-1])) if len(some) else math.nan
    return Decay(shares, factor, reach)


def _share(norms: FloatArray, d: int) -> float:
    """Geometric mean over the targets that have an error at all."""
    at_target = np.diagonal(norms)[d:]
    there = np.diagonal(norms, -d)
    used = np.isfinite(at_target) & np.isfinite(there) & (at_target > 0)
    if not used.any():
        return math.nan
    ratios = there[used] / at_target[used]
    positive = ratios[ratios > 0]
    if len(positive) < len(ratios) / 2:
        return 0.0
    return float(np.exp(np.log(positive).mean()))


ERROR = mark("The error")


def sentence(fade: Decay, what: str = ERROR, along: str = "") -> str:
    """Say in one sentence what happens to an error on its way back through time.

    It has one factor, the average one, and what is left is that factor to the power of the steps.

    Args:
        fade: How it fades.
        what: Fades.
        along: Which state it goes back along, if that must be said.
    """
    what = phrase(what)
    if fade.steps < 1 or not np.isfinite(fade.shares[1:]).any():
        return phrase("{what} has no time step to go back.", what=what)
    if math.isnan(fade.factor):
        return phrase(
            "{what} does not get back one time step: nothing of it is left — vanishing.", what=what
        )
    factor, share = fade.factor, float(fade.shares[fade.end])
    steady = 1 / STEADY <= factor <= STEADY and 1 / KEPT <= share <= KEPT
    told = mark(
        "{what} shrinks ×{factor} per step on average{along}: after {steps} {share} is left{name}."
    )
    if steady:
        told = mark(
            "{what} keeps its size, ×{factor} per step on average{along}: "
            "after {steps} {share} is left{name}."
        )
    elif factor > 1:
        told = mark(
            "{what} grows ×{factor} per step on average{along}: "
            "after {steps} it is {times} times as large{name}."
        )
    name = mark(" — exploding") if fade.exploding else mark(" — vanishing")
    return phrase(
        told,
        what=what,
        factor=_digits(factor, 0 if steady else fade.end),
        along=phrase(" ({state})", state=phrase(along)) if along else "",
        steps=counted(fade.end, "step"),
        share=_percent(share),
        times=f"{share:,.3g}",
        name=phrase(name) if fade.exploding or fade.vanishing else "",
    )


def small_because(loss: float) -> str:
    """Say of gradients that arrive that they are small all the same; nothing where they are not."""
    if loss >= HARDLY:
        return ""
    return phrase(
        "Gradients are small because the loss is ({loss} nats): hardly anything is left to learn.",
        loss=f"{loss:.2g}",
    )


def loss_left(loss: float, least: float = math.nan) -> str:
    """Say of an error that vanishes whether that matters: whether there is loss to pass on.

    Args:
        loss: Mean over the targets, in nats per character.
        least: Of one who knows the rule of the text; NaN: nobody knows it.
    """
    if loss < HARDLY:
        return phrase(
            "Hardly any loss is left to pass on ({loss} nats): nothing is missed.",
            loss=f"{loss:.2g}",
        )
    if loss - least < HARDLY:
        return phrase(
            "What loss there is ({loss} nats) is chance, one who knows the rule has {least}: "
            "nothing is missed.",
            loss=f"{loss:.2g}",
            least=f"{least:.2g}",
        )
    return phrase(
        "There is loss to pass on ({loss} nats), and the far past learns little from it.",
        loss=f"{loss:.2g}",
    )


def _digits(factor: float, steps: int) -> str:
    """Write the factor, near 1 with so many digits that their power is what the steps leave."""
    if factor < 0.1:
        return f"{factor:.2g}"
    near = abs(factor - 1) < 0.1 and steps > 10
    return f"{factor:.{1 + math.ceil(math.log10(steps)) if near else 2}f}"


def _percent(share: float) -> str:
    if share == 0:
        return phrase("nothing")
    percent = 100 * share
    return f"{percent:.3g} %" if percent >= 0.01 else phrase("less than 0.01 %")


def clip_sentence(clipping: Clipping) -> str:
    """Say what clipping did to the last gradient."""
    norm = f"{clipping.norm:.3g}"
    if clipping.limit is not None:
        count = f"{clipping.cut:,}" if clipping.cut else phrase("none")
        return phrase(
            "gradient norm {norm}; {count} of its elements cut to ±{limit}.",
            norm=norm,
            count=count,
            limit=f"{clipping.limit:g}",
        )
    if clipping.max_norm is None:
        return phrase("gradient norm {norm}; nothing clips it.", norm=norm)
    most, factor = f"{clipping.max_norm:g}", f"{clipping.factor:.2g}"
    if clipping.factor < 1:
        return phrase(
            "gradient norm {norm}, cut to {most} (×{factor}).", norm=norm, most=most, factor=factor
        )
    return phrase(
        "gradient norm {norm}, below the limit of {most}: not clipped.", norm=norm, most=most
    )
