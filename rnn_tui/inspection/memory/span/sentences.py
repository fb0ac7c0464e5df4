"""The memory span in words."""

from collections.abc import Callable

from rnn_tui.inspection.memory.nearly import NEARLY
from rnn_tui.inspection.memory.span.guesses import Where
from rnn_tui.inspection.memory.span.looking_back import Span
from rnn_tui.inspection.memory.span.moved import Moved
from rnn_tui.models.spec import last_symbols

Name = Callable[[int], str]
"""What a symbol is called."""


def where(best: Where, name: Name) -> str:
    """Return which places are meant: "read at t, standing before a b"."""
    here = f"read at {name(best.present)}"
    if not best.following:
        return here
    return f"{here}, standing before {' '.join(map(name, best.following))}"


def span_in_words(found: Span, unit: str, name: Name, *, done: bool = True) -> str:
    """Return how far back what is read, and what is beyond.

    Args:
        found: What is known.
        unit: What a symbol is called.
        name: What one is called.
        done: Whether that is all.
    """
    if (steps := found.steps) is None:
        return f"No {unit} of the past can be read out of the state." if done else ""
    back = found.backs[steps]
    said = f"{steps:,} {unit}s back" if steps != 1 else f"1 {unit} back"
    if not steps or back.best is None:
        said = f"The present {unit}: {_percent(back.read)} right, guessing {_percent(back.guess)}."
    else:
        numbers = f"{_percent(back.best.read)} right, guessing {_percent(back.best.guess)}"
        said += f", {where(back.best, name)}: {numbers}."
    if not done:
        return said
    last = found.backs[-1].steps
    if steps == last:
        return f"{said} That is as far as was looked."
    return f"{said} Further back, as far as {last:,}, nowhere half of what guessing misses is read."


def moved_in_words(found: Moved, unit: str) -> str:
    """Return how near nearly all is that moves predictions."""
    if (within := found.within) is None:
        return f"No {unit} that is exchanged moves a prediction."
    last = f"the last {within:,} {unit}s" if within > 1 else f"the present {unit}"
    return f"{_percent(NEARLY)} of what moves predictions is in {last}."


def sees_only(reach: int, unit: str) -> str:
    """Say what a network knows of the past that hands on no state."""
    return (
        f"This network has no hidden state: it sees {last_symbols(reach, unit)}, each as it is, "
        "and nothing before."
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
