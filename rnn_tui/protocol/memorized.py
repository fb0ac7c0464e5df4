"""What of the samples stands word for word in the training text."""

from dataclasses import dataclass
from typing import Literal

LONGEST_TEXT = 2_000_000
"""Symbols of a training text that is looked through: 60 MB meanwhile, 30 then, and
no step of it longer than 0.1 s."""


@dataclass(frozen=True, slots=True)
class OldParts:
    """What of one sample does."""

    parts: tuple[tuple[int, int], ...]
    """Start and end of each, from left to right; none touch."""
    share: float
    """Of the sample, from 0 to 1."""
    longest: int = 0
    """Symbols of the longest stretch; 0: there is none."""
    place: int = 0
    """Where that stands in the training text, from 0."""
    line: int = 0
    """In which line, from 1; 0: that text has no lines."""


@dataclass(frozen=True, slots=True)
class Memorized:
    """What is known of that now."""

    state: Literal["too long", "looking", "ready"]
    """The training text is too long for it, is being looked through, or was."""
    progress: float = 0.0
    """How much of it is looked through, from 0 to 1."""
    least: int = 0
    """Symbols of a stretch that counts: more than nearly all of the validation text has."""
    usual: float | None = None
    """How much of the validation text is in such stretches; None: there is none."""
    samples: tuple[OldParts | None, ...] = ()
    """Of each sample of the snapshot, in their order; None: not yet looked for."""
