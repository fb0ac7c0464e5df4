"""`rnn-tui gradcheck`: analytic against numerical gradients, parameter by parameter."""

import math
from dataclasses import asdict

from rnn_tui.inspection.verdict import ParameterCheck, counts
from rnn_tui.inspection.weights import Checker
from rnn_tui.plain.output import emit
from rnn_tui.training.trainer import Trainer


def print_gradcheck(trainer: Trainer, updates: int, as_json: bool) -> int:
    """Train a little if asked to, check every parameter, print a row for each.

    Returns:
        0 when no derivative is wrong, 1 when one is.

    Raises:
        InputError: The loss is not finite.
    """
    for _ in range(updates):
        trainer.step()
    rows = Checker(trainer).network()
    for row in rows:
        if as_json:
            emit({**asdict(row), "right": not row.wrong})
        else:
            print(_line(row))
    return 1 if any(row.wrong for row in rows) else 0


def _line(row: ParameterCheck) -> str:
    shape = "×".join(map(str, row.shape))
    error = "—" if math.isnan(row.relative_error) else f"{row.relative_error:.1e}"
    return (
        f"{row.name:18} {shape:>10} {row.checked:7,} weights checked"
        f"   worst relative error {error:>7}   {counts([row])}"
    )
