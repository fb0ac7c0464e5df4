"""`rnn-tui gradcheck`: analytic against numerical gradients, parameter by parameter."""

from dataclasses import asdict

from rnn_tui.inspection.weights import RIGHT, Checker
from rnn_tui.plain.output import emit
from rnn_tui.training.trainer import Trainer


def print_gradcheck(trainer: Trainer, updates: int, as_json: bool) -> int:
    """Train a little if asked to, check every parameter, print a row for each.

    Returns:
        0 when every derivative is right, 1 when one is not.
    """
    for _ in range(updates):
        trainer.step()
    rows = Checker(trainer).network()
    for row in rows:
        if as_json:
            emit({**asdict(row), "right": row.relative_error < RIGHT})
            continue
        shape = "×".join(map(str, row.shape))
        verdict = "right" if row.relative_error < RIGHT else "WRONG"
        print(
            f"{row.name:18} {shape:>10} {row.checked:7,} weights checked"
            f"   worst relative error {row.relative_error:.1e}   {verdict}"
        )
    return 0 if all(row.relative_error < RIGHT for row in rows) else 1
