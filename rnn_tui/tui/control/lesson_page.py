"""What stands in the panel of a lesson."""

from dataclasses import dataclass
from typing import Literal

Phase = Literal["leading", "asking", "working", "answered", "astray", "done"]
"""On the way to the moment of a question; asking; working the answer out; answered; the run is not
where it should be; all steps are done."""


@dataclass(frozen=True, slots=True)
class Page:
    """One moment of a lesson; names of keys stand in braces. Sentences are safe to paint."""

    titles: tuple[str, ...] = ("",)
    """The same at length and in short."""
    phase: Phase = "leading"
    say: str = ""
    ask: str = ""
    choices: tuple[str, ...] = ()
    takes: str = ""
    """What can be typed: "a–d", "a number"; empty: nothing."""
    note: str = ""
    """What is to be said of what was typed or pressed last."""
    verdict: str = ""
    right: bool = False
    wrong: str = ""
    why: str = ""
    hint: str = ""
    """Which key goes on."""
