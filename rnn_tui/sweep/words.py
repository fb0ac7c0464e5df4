"""How numbers of a sweep are written."""

from collections.abc import Callable

from rnn_tui.language.counts import duration
from rnn_tui.sweep.run import Result
from rnn_tui.sweep.summary import Spread

HUGE = 10_000
NONE = "–"


def loss(value: float | None) -> str:
    """Return a loss with three digits after the point; one that is huge with a power of ten."""
    if value is None:
        return NONE
    return f"{value:.3f}" if abs(value) < HUGE else f"{value:.3g}"


def seconds(value: float | None) -> str:
    """Return a time; a dash where there is none."""
    return NONE if value is None else duration(value)


def roughly(value: float) -> str:
    """Return a time that nobody knows to the tenth."""
    return f"{value:.0f} s" if value < 59.5 else duration(max(60, value))


def stacked(found: Spread | None, spell: Callable[[float | None], str]) -> str:
    """Return a median, and the range below it; none where all are the same."""
    if found is None:
        return NONE
    low, high = spell(found.low), spell(found.high)
    if low == high:
        return spell(found.median)
    low = low if "min" in low + high else low.removesuffix(" s")
    return f"{spell(found.median)}\n{low}–{high}"


def ended(result: Result) -> str:
    """Return what came of a run, in a line."""
    said = "diverged, " if result.diverged else ""
    best = "" if result.best is None else f" · best {loss(result.best)} at {result.best_update:,}"
    validation = "" if result.validation is None else f" · validation {loss(result.validation)}"
    return (
        f"{said}{result.reason} · loss {loss(result.loss)}{validation}{best} · "
        f"{seconds(result.seconds)}"
    )
