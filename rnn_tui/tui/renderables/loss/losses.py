"""What the loss chart shows: units, guide lines and the range of the y axis."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from rnn_tui.language import mark, tr
from rnn_tui.protocol.branches import Ghost
from rnn_tui.protocol.snapshot import Curves, Floats, RunInfo
from rnn_tui.tui.renderables.axes import Range, round_down, round_up

Unit = Literal["nats", "bits", "perplexity"]
NAMES: dict[Unit, str] = {
    "nats": mark("nats"),
    "bits": mark("bits"),
    "perplexity": mark("perplexity"),
}

LARGEST = 1e300
"""A loss beyond this is drawn as this, so that nothing overflows on the way."""

UNITS: dict[Unit, Callable[[Floats], Floats]] = {
    "nats": lambda nats: nats,
    "bits": lambda nats: np.minimum(nats, LARGEST) / math.log(2),
    "perplexity": lambda nats: np.exp(np.minimum(nats, 700.0)),
}
"""How losses in nats per character are told in each unit."""

SPIKE = 1.25
"""How far above everything else a single bad update may stretch the axis."""
GHOSTLY = 20.0
"""How far above the present branch another one may: a class looks at it beside this one, but what
diverged to 1e9 would leave nothing of it to be seen."""


@dataclass(frozen=True, slots=True)
class Guide:
    """A level of the loss worth knowing."""

    label: str
    value: float
    held_out: bool = False
    """It is to be compared with the validation curve."""


def told(nats: float, unit: Unit) -> float:
    """Tell one loss in `unit`."""
    return float(UNITS[unit](np.array([nats]))[0])


def guides(info: RunInfo, unit: Unit) -> tuple[Guide, ...]:
    """Return what it costs to know nothing, how often each symbol comes, and what follows each.

    The last one twice where a part is kept for validation: on the very text that is counted, and on
    that part. Then what it costs to know everything, where that is known and not nothing.
    """
    levels = {
        tr("uniform"): info.uniform,
        tr("unigram"): info.unigram,
        tr("bigram"): info.bigram,
    }
    found = [Guide(name, told(value, unit)) for name, value in levels.items()]
    if info.held_out is not None:
        found.append(Guide(tr("held-out bigram"), told(info.held_out, unit), held_out=True))
    if info.floor:
        found.append(Guide(tr("least possible"), told(info.floor, unit)))
    return tuple(found)


def convert(curves: Curves, unit: Unit) -> Curves:
    """Tell every loss of `curves` in `unit`."""
    tell = UNITS[unit]
    return Curves(
        update=curves.update,
        low=tell(curves.low),
        high=tell(curves.high),
        smoothed=tell(curves.smoothed),
        val_update=curves.val_update,
        validation=tell(curves.validation),
        marks=curves.marks,
        lowest=curves.lowest and (curves.lowest[0], told(curves.lowest[1], unit)),
    )


def convert_ghosts(ghosts: tuple[Ghost, ...], unit: Unit) -> tuple[Ghost, ...]:
    """Tell the losses of other branches in `unit`."""
    tell = UNITS[unit]
    return tuple(replace(ghost, smoothed=tell(ghost.smoothed)) for ghost in ghosts)


def wanted_range(
    curves: Curves, levels: tuple[Guide, ...], *, log: bool, ghosts: tuple[Ghost, ...] = ()
) -> Range:
    """Return the range that holds curves and guide lines (all in one unit), rounded.

    A spike counts for no more than `SPIKE` times everything else, so that one bad update does not
    press the rest flat, and another branch for no more than `GHOSTLY` times; what is higher is cut
    at the top edge.
    """
    calm = finite(curves.smoothed, curves.validation, np.array([g.value for g in levels]))
    others = finite(calm, *(ghost.smoothed for ghost in ghosts))
    every = finite(others, curves.low, curves.high)
    spikes = min(largest(every), SPIKE * largest(calm))
    return rounded(max(spikes, min(largest(others), GHOSTLY * largest(calm))), every, log=log)


def rounded(highest: float, every: Floats, *, log: bool) -> Range:
    """Return the range up to `highest`, rounded; a logarithmic one begins at the least loss."""
    high = round_up(highest)
    if not log:
        return Range(0.0, high)
    positive = every[every > high * 1e-6]
    low = round_down(float(positive.min(initial=high / 4)))
    return Range(low, high, log=True)


def finite(*values: Floats) -> Floats:
    """Return all values that are finite."""
    joined: Floats = np.concatenate(values)
    return joined[np.isfinite(joined)]


def largest(values: Floats) -> float:
    """Return the largest of some losses, something positive in any case."""
    found = float(values.max(initial=0.0))
    # Of one symbol there is nothing to learn: all losses and all guide lines are zero.
    return min(found, LARGEST) if found >= 1e-9 else 1.0
