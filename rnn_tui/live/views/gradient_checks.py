"""What a gradient check found, in one line."""

import math

from rnn_tui.inspection.names import weight_on_paper
from rnn_tui.inspection.verdict import KINK, TOO_SMALL, ParameterCheck, WeightCheck, counts
from rnn_tui.inspection.weights import worst


def said_of_weight(check: WeightCheck, layers: int, steps: range, T: int) -> str:
    """Say both gradients of a weight, and what they say about each other.

    Args:
        check: Over the time steps `steps`, or over all where there are none yet.
        layers: Of the network.
        steps: Time steps, from 0, that its gradient is summed up from on the screen.
        T: Time steps of the window.
    """
    name = weight_on_paper(check.name, check.index, layers)
    if not steps:
        name = f"{name}: 0 so far; in all"
    elif len(steps) < T:
        first, last = steps[0] + 1, steps[-1] + 1
        name += f" of step {last}:" if first == last else f" of steps {first}–{last}:"
    else:
        name += ":"
    return f"{name} backprop {_number(check.analytic)}, {_found(check)}."


def said_of_network(rows: list[ParameterCheck], total: int) -> str:
    """Say how many weights were checked, how they did, and the worst error."""
    checked = sum(row.checked for row in rows)
    which = f"All {total:,}" if checked == total else f"{checked:,} of {total:,}"
    error = worst(rows)
    told = "" if math.isnan(error) else f"; worst relative error {_number(error, 1)}"
    return f"{which} weights checked: {counts(rows)}{told}."


def _found(check: WeightCheck) -> str:
    verdict = check.verdict
    if verdict == KINK:
        return f"at a kink: moved by {_number(2 * check.slope.delta)}, a ReLU changes sides"
    moved = f"moving it {_number(check.slope.value)}: "
    if verdict == TOO_SMALL:
        doubt = check.slope.error + check.rounding
        return f"{moved}too small to tell, both known to ±{_number(doubt, 1)}"
    said = "WRONG" if verdict == "wrong" else verdict
    return f"{moved}{said}; error {_number(check.relative_error, 1)}"


def _number(value: float, digits: int = 6) -> str:
    return f"{value:.{digits}g}".replace("-", "−")
