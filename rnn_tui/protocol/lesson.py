"""What a lesson measures of the run."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_tui.protocol.inside import Inside, InsideView

if TYPE_CHECKING:
    from rnn_tui.lessons.values import Value

Kept = tuple[tuple[str, float | bool | str], ...]


@dataclass(frozen=True, slots=True)
class LessonView(InsideView):
    """Some expressions of a lesson."""

    expressions: tuple[str, ...]
    kept: Kept = ()
    """What was measured earlier, by name."""


@dataclass(frozen=True, eq=False, slots=True)
class LessonSeen(Inside):
    """What they are worth."""

    view: LessonView
    """What was asked."""
    update: int
    values: "tuple[Value, ...]"
    """In the order of the expressions; none where one of them cannot be worked out."""
    error: str = ""
    """Why it cannot. Not safe to paint."""
