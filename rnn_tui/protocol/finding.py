"""Where in the corpus a string stands."""

from dataclasses import dataclass
from typing import ClassVar

from rnn_tui.protocol.inside import Inside, InsideView
from rnn_tui.protocol.reading import Part


@dataclass(frozen=True, slots=True)
class FindView(InsideView):
    """A string, and from where on it is looked for."""

    IN_SLICES: ClassVar[bool] = True

    text: str
    part: Part = "training"
    after: int = -1
    """The place behind which it has to begin, or before which where one goes back."""
    back: bool = False


@dataclass(frozen=True, slots=True)
class Found(Inside):
    """What is known of it so far."""

    view: FindView
    """What was looked for."""
    unknown: tuple[str, ...] = ()
    """Symbols that the vocabulary does not have: nowhere does such a string stand."""
    place: int | None = None
    """Of its first symbol in that part; None: not found."""
    count: int = 0
    """Symbols of it."""
    around: bool = False
    """Whether one had to go on at the other end of the part."""
    done: bool = True
