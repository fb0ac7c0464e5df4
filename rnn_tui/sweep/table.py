"""The table at the end of a sweep: plain lines, for a terminal and a pipe alike."""

from collections.abc import Iterator, Sequence

from rnn_tui.sweep.run import spelled, word
from rnn_tui.sweep.summary import Row
from rnn_tui.sweep.words import NONE, loss, seconds, stacked

Cells = tuple[str, ...]
GAP = "  "


def lines_of(rows: Sequence[Row]) -> Iterator[str]:
    """Yield the lines: below each median its range, and what became of runs that diverged."""
    settings = tuple(rows[0].values) if rows else ()
    validated = any(row.best for row in rows)
    losses = ("best", "last") if validated else ("loss",)
    head = (*map(word, settings), "runs", *losses, "time", "parameters")
    body: list[Cells] = [head]
    for row in rows:
        body += [cells for cells in cells_of(row, validated) if any(cells)]
    widths = [max(map(len, column)) for column in zip(*body, strict=True)]
    for cells in body:
        parts = (
            cell.ljust(width) if place < len(settings) else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        yield GAP.join(parts).rstrip()


def cells_of(row: Row, validated: bool) -> tuple[Cells, Cells]:
    """Return the two lines of a combination."""
    spreads = (row.best, row.validation) if validated else (row.loss,)
    pairs = [stacked(found, loss) for found in spreads] + [stacked(row.seconds, seconds)]
    done = str(row.runs) if row.done == row.runs else f"{row.done}/{row.runs}"
    settings = tuple(spelled(value) for value in row.values.values())
    parameters = NONE if row.parameters is None else f"{row.parameters:,}"
    diverged = f"{row.diverged} diverged" if row.diverged else ""
    return (
        (*settings, done, *(first for first, _ in pairs), parameters),
        (*("" for _ in settings), diverged, *(second for _, second in pairs), ""),
    )
