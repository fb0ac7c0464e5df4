"""How far back the past can be read out of the state that a network hands on."""

from dataclasses import dataclass
from typing import ClassVar

from rnn_tui.inspection.memory.span.looking_back import Span
from rnn_tui.inspection.memory.span.moved import Moved
from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import Reading


@dataclass(frozen=True, slots=True)
class MemorySpanView(InsideView):
    """A text, and how far back one looks."""

    IN_SLICES: ClassVar[bool] = True

    reading: Reading
    back: int = 30


@dataclass(frozen=True, eq=False, slots=True)
class MemorySpanSeen(Inside):
    """What is known of it so far."""

    update: int
    """After which update the network was looked at."""
    unknown: tuple[str, ...]
    """Symbols of the text that are not in the vocabulary."""
    count: int
    """Symbols that are there to be read."""
    least: int
    """As many as are needed."""
    sees: int | None
    """How many symbols the network looks back at that has no state; None: it has one."""
    span: Span | None
    moved: Moved | None
    done: bool
    """Whether all is known."""
