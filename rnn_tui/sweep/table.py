"""The table at the end of a sweep."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from rnn_tui.sweep.run import spelled, word
from rnn_tui.sweep.summary import Row
from rnn_tui.sweep.words import NONE, loss, seconds, stacked


def table_of(rows: Sequence[Row]) -> Table:
    """Return the table: below each median its range, and what became of runs that diverged."""
    validated = any(row.best for row in rows)
    table = Table(box=None, pad_edge=False)
    for setting in rows[0].values if rows else ():
        table.add_column(word(setting), no_wrap=True)
    for head in ("runs", *(("best", "last") if validated else ("loss",)), "time", "parameters"):
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows:
        table.add_row(*map(Text, cells_of(row, validated)))
    return table


def cells_of(row: Row, validated: bool) -> tuple[str, ...]:
    """Return what stands in the lines of a combination."""
    done = str(row.runs) if row.done == row.runs else f"{row.done}/{row.runs}"
    return (
        *(spelled(value) for value in row.values.values()),
        f"{done}\n{row.diverged} diverged" if row.diverged else done,
        *(stacked(one, loss) for one in ((row.best, row.validation) if validated else (row.loss,))),
        stacked(row.seconds, seconds),
        NONE if row.parameters is None else f"{row.parameters:,}",
    )
