"""What came of a sweep: a row for every combination of settings, over its seeds."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from rnn_tui.sweep.run import Result, Run, Value


class Spread(NamedTuple):
    """A number over the seeds."""

    median: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """One combination of settings; numbers are those of runs that did not diverge."""

    values: Mapping[str, Value]
    """The settings in which combinations differ."""
    runs: int
    done: int
    """Those at their end, the diverged ones included."""
    diverged: int
    best: Spread | None
    """The lowest validation losses; None: there is none."""
    validation: Spread | None
    """At the end."""
    loss: Spread | None
    """Smoothed, of the training text, at the end."""
    seconds: Spread | None
    parameters: int | None


def rows_of(runs: Iterable[Run]) -> list[Row]:
    """Return a row for every combination, the best first."""
    groups: dict[tuple[tuple[str, Value], ...], list[Run]] = {}
    for run in runs:
        groups.setdefault(run.combination, []).append(run)
    return sorted((_row(list(group)) for group in groups.values()), key=_place)


def _row(runs: list[Run]) -> Row:
    ended = [run.result for run in runs if run.result is not None]
    sound = [result for result in ended if not result.diverged]
    return Row(
        values=dict(runs[0].combination),
        runs=len(runs),
        done=len(ended),
        diverged=len(ended) - len(sound),
        best=spread(result.best for result in sound),
        validation=spread(result.validation for result in sound),
        loss=spread(result.loss for result in sound),
        seconds=spread(result.seconds for result in sound),
        parameters=ended[0].parameters if ended else None,
    )


def _place(row: Row) -> float:
    told = row.best or row.loss
    return told.median if told else math.inf


def spread(numbers: Iterable[float | None]) -> Spread | None:
    """Return median and range of the numbers that are there; None: none is."""
    found = [number for number in numbers if number is not None]
    return Spread(median(found), min(found), max(found)) if found else None


def best_of(runs: Iterable[Run]) -> tuple[Run, Result] | None:
    """Return the run with the lowest validation loss, or smoothed loss where none is validated."""
    ended = [(run, run.result) for run in runs if run.result and not run.result.diverged]
    return min(ended, key=lambda one: told_loss(one[1]), default=None)


def told_loss(result: Result) -> float:
    """Return the loss by which runs are compared; infinite where there is none."""
    found = result.loss if result.best is None else result.best
    return math.inf if found is None else found
