"""Runs as a table, as wide as the terminal."""

import sys
from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from rnn_tui.models.registry import spec_of
from rnn_tui.records.summary import DIVERGED, KILLED, RUNNING, Summary
from rnn_tui.text.steady import steady
from rnn_tui.text.visible import visible

WIDE = 1000
"""Columns where nobody looks at a terminal: nothing is cut off there."""
NARROW = 8
"""Columns that a name and the name of a text have at least."""
STYLES = {RUNNING: "green", DIVERGED: "red", KILLED: "yellow"}
UNITS = ((86_400 * 365, "y"), (86_400, "d"), (3600, "h"), (60, "min"), (1, "s"))
LOSSES = "loss (running mean) and best validation in nats per symbol"
ELASTIC = ("text", "name")
"""What is cut off where there is no room."""
RIGHT = frozenset({"ago", "updates", "loss", "best"})
HEADS = ("run", "name", "ago", "text", "network", "updates", "loss", "best", "end")


def print_table(runs: Sequence[Summary]) -> None:
    """Print one line a run."""
    now = datetime.now().astimezone()
    rows = [cells(run, now) for run in runs]
    names = any(run.name for run in runs)
    columns = [place for place, head in enumerate(HEADS) if names or head != "name"]
    console = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), collapse_padding=True)
    widths = {place: max(cell_len(row[place]) for row in (HEADS, *rows)) for place in columns}
    missing = sum(widths.values()) + len(columns) - 1 - console.width
    for place in columns:
        head, most = HEADS[place], widths[place]
        if head in ELASTIC and missing > 0:
            most = min(most, max(NARROW, most - missing))
            missing -= widths[place] - most
        table.add_column(
            head,
            justify="right" if head in RIGHT else "left",
            no_wrap=True,
            overflow="ellipsis",
            max_width=most,
        )
    for run, row in zip(runs, rows, strict=True):
        *others, end = (row[place] for place in columns)
        table.add_row(*map(Text, others), Text(end, STYLES.get(run.outcome, "")))
    console.print(table)
    if console.is_terminal:
        console.print(Text(LOSSES, "dim"))


def cells(run: Summary, now: datetime) -> tuple[str, ...]:
    """Return what stands in the line of a run, safe to paint."""
    loss, best = run.smoothed, run.best_validation
    return (
        shown(run.id),
        shown(run.name),
        ago(run.started, now),
        shown(run.text),
        f"{spec_of(run.config).title(run.config)} {run.size}",
        f"{run.update:,}",
        "–" if loss is None else f"{loss:.3f}",
        "–" if best is None else f"{best:.3f}",
        run.outcome,
    )


def shown(text: str) -> str:
    """Return a text so that a terminal neither obeys it nor disagrees about its width."""
    return steady(visible(text))


def ago(started: str, now: datetime) -> str:
    """Return how long ago a run began, in its largest unit; empty where that is not known."""
    try:
        seconds = max(0.0, (now - datetime.fromisoformat(started)).total_seconds())
    except (ValueError, TypeError):
        return ""
    size, unit = next((one for one in UNITS if seconds >= one[0]), UNITS[-1])
    return f"{int(seconds / size)} {unit}"
