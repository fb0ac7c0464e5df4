"""A branch without its states, as JSON has it, and back."""

import math
from collections.abc import Callable, Mapping
from typing import Any

from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, Turn, ZeroUnit
from rnn_tui.training.branches import Branch, Moment, Turned
from rnn_tui.training.checkpoint.soundness import (
    MOST_UPDATES,
    is_number,
    require_count,
    require_label,
)
from rnn_tui.training.divergence import Watch
from rnn_tui.training.history import History, KnobMark
from rnn_tui.training.knobs import Knobs
from rnn_tui.training.settings.from_json import is_a

MOST_TURNS = 100_000
"""More of them nobody makes by hand."""


def stored_branch(branch: Branch) -> dict[str, Any]:
    """Return all of it but states and curves."""
    return {
        "number": branch.number,
        "parent": branch.parent.number if branch.parent else 0,
        "forked": [*branch.forked],
        "head": branch.head,
        "rate": branch.rate,
        "clip": branch.clip,
        "change": branch.change,
        "knobs": [
            [*moment, knobs.base_rate, knobs.clip_norm, knobs.watch]
            for moment, knobs in branch.knobs
        ],
        "turned": [
            [one.update, stored_turn(one.turn), one.label, [[m.update, m.label] for m in one.marks]]
            for one in branch.turned
        ],
        "history": branch.history.scalars(),
    }


def branch_from(
    stored: Mapping[str, Any],
    history: History,
    earlier: Mapping[int, Branch],
    require_turn: Callable[[Turn], object],
) -> Branch:
    """Return a branch without states; ValueError for what cannot be.

    Args:
        stored: From `stored_branch`.
        history: Its curve.
        earlier: Those before it, by number; none: it is the root.
        require_turn: Raises an error for a turn that this network does not have.
    """
    number, head = stored["number"], stored["head"]
    require_count("a branch", number, MOST_UPDATES)
    require_count("the end of a branch", head, MOST_UPDATES)
    turned = [turned_from(one, require_turn) for one in stored["turned"]]
    updates = [one.update for one in turned]
    if updates != sorted(updates) or (updates and updates[-1] > head) or len(updates) > MOST_TURNS:
        raise ValueError(f"branch {number} was turned after its end")
    knobs = [knobs_from(*one) for one in stored["knobs"]]
    moments = [moment for moment, _ in knobs]
    if not knobs or moments != sorted(moments):
        raise ValueError(f"branch {number} has no learning rate")
    parent = earlier[stored["parent"]] if earlier else None
    forked = moment_from(*stored["forked"])
    end = Moment(head, len(turned))
    if number in earlier or forked > end or (parent and forked > parent.end):
        raise ValueError(f"branch {number} begins where there is nothing")
    rate, clip = require_rate(stored["rate"], zero=parent is None), require_clip(stored["clip"])
    require_label(stored["change"])
    return Branch(
        number, history, knobs, head, parent, forked, rate, clip, stored["change"], turned
    )


def moment_from(update: Any, turns: Any) -> Moment:
    """Return a moment."""
    require_count("an update", update, MOST_UPDATES)
    require_count("a number of turns", turns, MOST_TURNS)
    return Moment(update, turns)


def knobs_from(update: Any, turns: Any, rate: Any, clip: Any, watch: Any) -> tuple[Moment, Knobs]:
    """Return how the knobs stood from a moment on."""
    if not is_a(watch, Watch):
        raise ValueError(f"what stops it is {watch!r}")
    knobs = Knobs(require_rate(rate, zero=False), require_clip(clip), watch)
    return moment_from(update, turns), knobs


def require_rate(value: Any, *, zero: bool) -> float:
    """Return a learning rate; the root, which changed nothing, has none."""
    if not is_number(value) or not math.isfinite(value) or not (value > 0 or (zero and value == 0)):
        raise ValueError(f"a learning rate is {value!r}")
    return float(value)


def require_clip(value: Any) -> float | None:
    """Return a largest norm; None: there is none."""
    return None if value is None else require_rate(value, zero=False)


def turned_from(stored: Any, require_turn: Callable[[Turn], object]) -> Turned:
    """Return weights that were turned."""
    update, turn, label, marks = stored
    require_count("an update", update, MOST_UPDATES)
    asked = turn_from(turn)
    require_turn(asked)
    require_label(label)
    for at, text in marks:
        require_count("a mark", at, MOST_UPDATES)
        require_label(text)
    return Turned(update, asked, label, tuple(KnobMark(at, text) for at, text in marks))


def stored_turn(turn: Turn) -> list[Any]:
    """Return a turn as JSON has it."""
    match turn:
        case SetWeight(name, index, value):
            return ["weight", name, [*index], float(value)]
        case ZeroUnit(layer, unit):
            return ["unit", layer, unit]
        case ScaleRecurrent(layer, factor):
            return ["recurrent", layer, float(factor)]
        case SetForgetBias(layer, value):
            return ["forget bias", layer, float(value)]


def turn_from(stored: Any) -> Turn:
    """Return a turn; ValueError for none."""
    match stored:
        case ["weight", str(name), [*index], float(value)] if all(type(i) is int for i in index):
            return SetWeight(name, tuple(index), value)
        case ["unit", int(layer), int(unit)]:
            return ZeroUnit(layer, unit)
        case ["recurrent", int(layer), float(factor)]:
            return ScaleRecurrent(layer, factor)
        case ["forget bias", int(layer), float(value)]:
            return SetForgetBias(layer, value)
    raise ValueError(f"nobody can turn {stored!r}")
