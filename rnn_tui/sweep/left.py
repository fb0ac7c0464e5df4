"""How long a sweep will take, from how long its runs took."""

from collections.abc import Iterable, Sequence
from statistics import fmean

from rnn_tui.sweep.progress import Underway
from rnn_tui.sweep.run import Run, Value


def seconds_left(runs: Iterable[Run], underway: Sequence[Underway]) -> float | None:
    """Return about how many seconds are left; None: no run is at its end yet.

    A run takes as long as those of its combination did, or as all did where none of these is at
    its end: the first seed of all combinations comes before the second of any.

    Args:
        runs: All of the sweep.
        underway: Those that are being trained, side by side.
    """
    took: dict[tuple[tuple[str, Value], ...], list[float]] = {}
    left: list[Run] = []
    for run in runs:
        if run.result is None:
            left.append(run)
        else:
            took.setdefault(run.combination, []).append(run.result.seconds)
    if not took:
        return None
    means = {combination: fmean(found) for combination, found in took.items()}
    overall = fmean(second for found in took.values() for second in found)
    done = {one.run.name: part_done(one) for one in underway}
    work = sum(means.get(run.combination, overall) * (1 - done.get(run.name, 0.0)) for run in left)
    return work / max(1, len(underway))


def part_done(underway: Underway) -> float:
    """Return which part of a run is done, where a number of updates says when it ends."""
    end = underway.run.config.updates
    return min(1.0, underway.update / end) if end else 0.0
