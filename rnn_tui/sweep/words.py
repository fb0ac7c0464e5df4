"""How numbers of a sweep are written."""

from collections.abc import Callable

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
    """Return a time as a person reads it: `12.3 s`, `4 min 5 s`, `2 h 3 min`."""
    if value is None:
        return NONE
    if value < 60:
        return f"{value:.1f} s"
    minutes, rest = divmod(round(value), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    return f"{minutes // 60:,} h {minutes % 60} min"


def roughly(value: float) -> str:
    """Return a time that nobody knows to the tenth."""
    return f"{value:.0f} s" if value < 59.5 else seconds(max(60, value))


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
