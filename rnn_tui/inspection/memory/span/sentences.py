"""The memory span in words."""

from collections.abc import Callable

from rnn_tui.inspection.memory.nearly import NEARLY
from rnn_tui.inspection.memory.span.guesses import Where
from rnn_tui.inspection.memory.span.looking_back import Back, Span
from rnn_tui.inspection.memory.span.moved import Moved
from rnn_tui.language import counted, joined, mark, phrase
from rnn_tui.models.spec import last_symbols

Name = Callable[[int], str]
"""What a symbol is called."""


def where(best: Where, name: Name) -> str:
    """Return which places are meant: "read at t, standing before a b"."""
    present = name(best.present)
    if not best.following:
        return phrase("read at {symbol}", symbol=present)
    return phrase(
        "read at {symbol}, standing before {following}",
        symbol=present,
        following=" ".join(map(name, best.following)),
    )


def span_in_words(found: Span, unit: str, name: Name, *, done: bool = True) -> str:
    """Return how far back what is read, and what is beyond.

    Args:
        found: What is known.
        unit: What a symbol is called.
        name: What one is called.
        done: Whether that is all.
    """
    if found.steps is None:
        said = mark("No {unit} of the past can be read out of the state.")
        return phrase(said, unit=phrase(unit)) if done else ""
    told = _farthest(found.backs[found.steps], unit, name)
    if not done:
        return told
    last = found.backs[-1].steps
    if found.steps == last:
        return joined([told, phrase("That is as far as was looked.")])
    beyond = phrase(
        "Further back, as far as {last}, nowhere half of what guessing misses is read.",
        last=f"{last:,}",
    )
    return joined([told, beyond])


def _farthest(back: Back, unit: str, name: Name) -> str:
    """Return what is read from how far back."""
    if not back.steps or back.best is None:
        return phrase(
            "The present {unit}: {read} right, guessing {guess}.",
            unit=phrase(unit),
            read=_percent(back.read),
            guess=_percent(back.guess),
        )
    return phrase(
        "{far} back, {where}: {read} right, guessing {guess}.",
        far=counted(back.steps, unit),
        where=where(back.best, name),
        read=_percent(back.best.read),
        guess=_percent(back.best.guess),
    )


def moved_in_words(found: Moved, unit: str) -> str:
    """Return how near nearly all is that moves predictions."""
    if (within := found.within) is None:
        return phrase("No {unit} that is exchanged moves a prediction.", unit=phrase(unit))
    if within > 1:
        last = phrase("the last {seen}", seen=counted(within, unit))
    else:
        last = phrase("the present {unit}", unit=phrase(unit))
    said = mark("{share} of what moves predictions is in {last}.")
    return phrase(said, share=_percent(NEARLY), last=last)


def sees_only(reach: int, unit: str) -> str:
    """Say what a network knows of the past that hands on no state."""
    return phrase(
        "This network has no hidden state: it sees {last}, each as it is, and nothing before.",
        last=last_symbols(reach, unit),
    )


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
