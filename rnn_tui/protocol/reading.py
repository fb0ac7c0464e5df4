"""Which text is read by which network, and from where on."""

from dataclasses import dataclass
from typing import Literal

Part = Literal["training", "validation"]
OTHER: dict[Part, Part] = {"training": "validation", "validation": "training"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A text."""

    typed: str | None = None
    """What a person typed; None: a part of the corpus."""
    part: Part = "training"
    start: int = 0
    """So many symbols of the part come before what is looked at."""


BEGINNING = Reading()
"""The beginning of the text it learns."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The network at one moment."""

    run: bytes
    """Which run: another one where it is begun again, and for each network of a race."""
    branch: int
    update: int
    turns: int
    """How often its weights were turned by hand before."""
