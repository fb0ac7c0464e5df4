"""Which text is looked at, for all views of what a network remembers."""

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
