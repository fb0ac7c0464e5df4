"""The table of runs: their losses, when, how long, and the settings that differ."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from rnn_tui.comparing.comparison import Comparison
from rnn_tui.comparing.run import Run, Setting
from rnn_tui.language import mark, tr
from rnn_tui.language.counts import duration
from rnn_tui.lessons.wording import NO, YES
from rnn_tui.tui.renderables.numbers import compact, loss, thousands

MOST_SETTINGS = 12
"""Columns of settings."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers."""

    head: str
    value: Callable[[Run], float]
    tell: Callable[[float], str]


def best(run: Run) -> float:
    """Return the lowest validation loss, NaN where there is none."""
    return run.best[1] if run.best else math.nan


def best_at(run: Run) -> float:
    """Return the update of the lowest validation loss."""
    return float(run.best[0]) if run.best else math.nan


COLUMNS = (
    Column(mark("validation"), best, loss),
    Column(mark("at update"), best_at, lambda value: f"{value:,.0f}"),
    Column(mark("loss"), lambda run: run.last, loss),
    Column(mark("updates"), lambda run: run.updates, compact),
    Column(mark("time"), lambda run: run.took, duration),
)
"""What each run has; validation is the lowest one, loss the last running mean."""


def told(column: Column, run: Run) -> str:
    """Write a number of a run; a dash where there is none."""
    value = column.value(run)
    return column.tell(value) if math.isfinite(value) else "–"


def setting(value: Setting) -> str:
    """Write the value of a setting."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return tr(YES if value else NO)
    if isinstance(value, int):
        return thousands(value)
    return f"{value:g}" if isinstance(value, float) else value


def order(comparison: Comparison, by: int | None) -> list[int]:
    """Return the places of the runs, by a column, those without a number last.

    Args:
        comparison: The runs.
        by: The number of a column; None: as they were given.
    """
    places = list(range(len(comparison.runs)))
    if by is None:
        return places
    values = [COLUMNS[by].value(run) for run in comparison.runs]
    return sorted(places, key=lambda place: (not math.isfinite(values[place]), values[place]))
