"""How a sweep tells what happens: a table that lives, a line for each run, or JSON lines."""

import sys
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from rich.console import Console

from rnn_tui.plain.output import emit
from rnn_tui.plain.records.table import WIDE
from rnn_tui.standard_streams import complain
from rnn_tui.sweep.left import seconds_left
from rnn_tui.sweep.live_table import LiveTable, Now
from rnn_tui.sweep.progress import Progress
from rnn_tui.sweep.record import Record
from rnn_tui.sweep.run import Result, Run, Values
from rnn_tui.sweep.summary import Row, Spread, best_of, rows_of
from rnn_tui.sweep.table import table_of
from rnn_tui.sweep.words import ended
from rnn_tui.text.visible import visible
from rnn_tui.text.vocab import Vocab

LOST = "a worker was lost; its runs are gone on with from where they were saved"


class Lines:
    """A line for each run that ends, and the table at the end; where no terminal is there."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *exception: object) -> None:
        pass

    def begin(self) -> None:
        """Say nothing."""

    def look(self) -> None:
        """Say nothing: a line for every look would be read by no one."""

    def finished(self, run: Run, result: Result) -> None:
        """Tell what came of a run."""
        count = f"{self.record.done}/{len(self.record.runs)}"
        print(f"{count} {run.name}: {ended(result)}", flush=True)

    def lost(self) -> None:
        """Say that workers were lost."""
        complain(LOST)

    def over(self) -> None:
        """Print the table."""
        if self.record.done:
            print_table(self.record)


class Live(Lines):
    """A table that shows how it goes while it does, and the one at the end."""

    def __init__(self, record: Record) -> None:
        super().__init__(record)
        self.progress = Progress(record.folder)
        self.table = LiveTable()

    def __enter__(self) -> "Live":
        self.table.begin()
        return self

    def __exit__(self, *exception: object) -> None:
        self.table.end()

    def begin(self) -> None:
        """Begin with nothing under way."""
        self.progress.begin()

    def look(self) -> None:
        """Paint the table anew, if it is time."""
        if self.progress.look(self.record.left):
            self._paint()

    def finished(self, run: Run, result: Result) -> None:
        """Say only what is out of the ordinary: the table has the rest."""
        if result.diverged:
            complain(f"{run.name}: {ended(result)}")

    def _paint(self) -> None:
        runs, underway = self.record.runs.values(), self.progress.underway
        left = seconds_left(runs, underway)
        self.table.paint(Now(self.record, underway, left, best_of(runs)))


class Json(Lines):
    """JSON objects, one a line: the sweep, runs, combinations, the end."""

    def __enter__(self) -> "Json":
        record = self.record
        emit(
            {
                "event": "sweep",
                "folder": str(record.folder),
                "text": record.text.name,
                "sha256": record.text.sha256,
                "runs": len(record.runs),
                "done": record.done,
            }
        )
        for run in record.runs.values():
            if run.result is not None:
                self._tell(run, run.result, earlier=True)
        return self

    def finished(self, run: Run, result: Result) -> None:
        """Tell what came of a run."""
        self._tell(run, result, earlier=False)

    def _tell(self, run: Run, result: Result, *, earlier: bool) -> None:
        emit(
            {
                "event": "run",
                "name": run.name,
                "settings": options_of(run.values),
                "earlier": earlier,
                **asdict(result),
            }
        )

    def over(self) -> None:
        """Tell every combination, the best first, and that it is over."""
        for row in rows_of(self.record.runs.values()):
            emit({"event": "combination", **told_of(row)})
        emit({"event": "end", "runs": len(self.record.runs), "done": self.record.done})


def teller_for(record: Record, as_json: bool) -> Lines:
    """Return the one that fits where the output goes."""
    if as_json:
        return Json(record)
    return Live(record) if sys.stdout.isatty() else Lines(record)


def options_of(values: Values) -> dict[str, Any]:
    """Return settings by their names on the command line."""
    return {name.replace("_", "-"): value for name, value in values.items()}


def told_of(row: Row) -> dict[str, Any]:
    """Return a combination as JSON knows it."""
    spreads: Mapping[str, Spread | None] = {
        "best": row.best,
        "validation": row.validation,
        "loss": row.loss,
        "seconds": row.seconds,
    }
    told = {name: None if found is None else found._asdict() for name, found in spreads.items()}
    return {
        "settings": options_of(row.values),
        "runs": row.runs,
        "done": row.done,
        "diverged": row.diverged,
        **told,
        "parameters": row.parameters,
    }


def print_table(record: Record) -> None:
    """Print what came of all, and what the numbers are."""
    rows = rows_of(record.runs.values())
    # Where nobody looks at a terminal nothing is cut off.
    Console(width=None if sys.stdout.isatty() else WIDE, highlight=False).print(table_of(rows))
    kind = "Validation losses" if any(row.best for row in rows) else "Smoothed losses"
    seeds = ", median and range over the seeds" if any(row.runs > 1 for row in rows) else ""
    unit = Vocab((), record.text.options.units).unit
    print(f"{kind} in nats per {unit}{seeds}. Saved in {visible(str(record.folder))}")
