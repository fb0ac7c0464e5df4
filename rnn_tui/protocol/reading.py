"""Which text is read by which network, for all views of what it remembers."""

from dataclasses import dataclass
from typing import Literal

Part = Literal["training", "validation"]


@dataclass(frozen=True, slots=True)
class Reading:
    """A text."""

    typed: str | None = None
    """What a person typed; None: the beginning of a part of the corpus."""
    part: Part = "training"

    @property
    def title(self) -> str:
        """What it is called."""
        return "your text" if self.typed is not None else f"the {self.part} text"


@dataclass(frozen=True, slots=True)
class Reader:
    """The network at one moment."""

    run: bytes
    """Which run: another one where it is begun again, and for each network of a race."""
    branch: int
    update: int
    turns: int
    """How often its weights were turned by hand before."""
