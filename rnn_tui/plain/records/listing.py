"""`rnn-tui runs`: which runs there are, and what became of them."""

import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rnn_tui.plain.output import emit, for_terminal
from rnn_tui.plain.presets import options as options_of
from rnn_tui.plain.records.table import print_table
from rnn_tui.records.folder import files, folder
from rnn_tui.records.summary import Summary, summaries, summarize
from rnn_tui.standard_streams import complain
from rnn_tui.text.visible import visible

SHOWN = 30
"""Runs in a table, unless more are asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which runs to list, and how."""

    text: str = ""
    """Part of the name or the path of the text, whatever its case."""
    cell: str = ""
    """What --network takes."""
    tag: str = ""
    limit: int | None = None
    """At most so many; None: all, of a table some."""
    form: str = "table"
    """table, json or csv."""

    def wants(self, run: Summary) -> bool:
        """Return whether a run is to be listed."""
        where = f"{run.text_path}\n{run.text}".casefold()
        tagged = not self.tag or self.tag in run.tags.split(",")
        return tagged and self.cell in ("", run.network) and self.text.casefold() in where


def list_runs(wanted: Wanted) -> int:
    """Print the runs, the newest first; return the exit code."""
    told: list[str] = []
    found = [run for run in summaries(files(folder()), told) if wanted.wants(run)]
    limit = SHOWN if wanted.limit is None and wanted.form == "table" else wanted.limit
    shown = found[:limit]
    if wanted.form == "table" and not shown:
        some = "such " if wanted != Wanted(limit=wanted.limit) else ""
        print(
            f"There is no {some}run in {visible(str(folder()))}: train, race and the screen keep "
            "a record of each."
        )
    else:
        FORMS[wanted.form](shown)
    if wanted.form == "table" and len(shown) < len(found):
        print(f"{len(found) - len(shown):,} more: --limit {len(found)}")
    for sentence in told:
        complain(f"left out: {sentence}")
    return 0


def print_json(runs: Iterable[Summary]) -> None:
    """Print one object a line."""
    for run in runs:
        emit(run.columns())


def print_csv(runs: Sequence[Summary]) -> None:
    """Print a row for each; of none, not even the names of the columns."""
    rows = [run.columns() for run in runs]
    writer = csv.DictWriter(sys.stdout, rows[0].keys() if rows else (), lineterminator="\n")
    if rows:
        writer.writeheader()
    writer.writerows({name: safe(value) for name, value in row.items()} for row in rows)


def safe(value: object) -> object:
    """Return a cell of a table of values; on a terminal without what that would obey."""
    return for_terminal(value) if isinstance(value, str) else value


FORMS: dict[str, Callable[[list[Summary]], None]] = {
    "table": partial(print_table),
    "json": print_json,
    "csv": print_csv,
}


def show(path: Path, form: str) -> None:
    """Print all that is known of one run, its settings as the options they are.

    Raises:
        InputError: It is no record.
    """
    run = summarize(path)
    if form != "table":
        FORMS[form]([run])
        return
    for name, value in run.columns().items():
        if not name.startswith("config_") and value not in ("", None):
            told = f"{value:,}" if type(value) is int else str(value)
            print(f"{name.replace('_', ' '):18}{visible(told)}")
    print(f"{'settings':18}{' '.join(options_of(run.config))}")
