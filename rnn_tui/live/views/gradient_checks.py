"""What a gradient check found, in one line."""

import math

from rnn_tui.inspection.names import weight_on_paper
from rnn_tui.inspection.verdict import KINK, TOO_SMALL, ParameterCheck, WeightCheck, counts
from rnn_tui.inspection.weights import worst
from rnn_tui.language import joined, mark, phrase


def said_of_weight(check: WeightCheck, layers: int, steps: range, T: int) -> str:
    """Say both gradients of a weight, and what they say about each other.

    Args:
        check: Over the time steps `steps`, or over all where there are none yet.
        layers: Of the network.
        steps: Time steps, from 0, that its gradient is summed up from on the screen.
        T: Time steps of the window.
    """
    name = weight_on_paper(check.name, check.index, layers)
    first, last = (steps[0] + 1, steps[-1] + 1) if steps else (0, 0)
    said = mark("{weight}: backprop {analytic}, {found}.")
    if not steps:
        said = mark("{weight}: 0 so far; in all backprop {analytic}, {found}.")
    elif len(steps) == 1 < T:
        said = mark("{weight} of step {last}: backprop {analytic}, {found}.")
    elif len(steps) < T:
        said = mark("{weight} of steps {first}–{last}: backprop {analytic}, {found}.")
    analytic, found = _number(check.analytic), _found(check)
    return phrase(said, weight=name, first=first, last=last, analytic=analytic, found=found)


def said_of_network(rows: list[ParameterCheck], total: int) -> str:
    """Say how many weights were checked, how they did, and the worst error."""
    checked = sum(row.checked for row in rows)
    which = mark("{checked} of {total} weights checked: {counts}.")
    which = mark("All {total} weights checked: {counts}.") if checked == total else which
    error, told = worst(rows), counts(rows)
    if not math.isnan(error):
        worst_one = phrase("worst relative error {error}", error=_number(error, 1))
        told = joined([told, worst_one], "; ")
    return phrase(which, checked=f"{checked:,}", total=f"{total:,}", counts=told)


def _found(check: WeightCheck) -> str:
    verdict = check.verdict
    if verdict == KINK:
        by = _number(2 * check.slope.delta)
        return phrase("at a kink: moved by {by}, a ReLU changes sides", by=by)
    slope = _number(check.slope.value)
    if verdict == TOO_SMALL:
        doubt = _number(check.slope.error + check.rounding, 1)
        return phrase(
            "moving it {slope}: too small to tell, both known to ±{doubt}", slope=slope, doubt=doubt
        )
    told = mark("moving it {slope}: right; error {error}")
    if verdict == "wrong":
        told = mark("moving it {slope}: WRONG; error {error}")
    return phrase(told, slope=slope, error=_number(check.relative_error, 1))


def _number(value: float, digits: int = 6) -> str:
    return f"{value:.{digits}g}".replace("-", "−")
