"""Where in the corpus the screens look: all of them at the same place."""

from dataclasses import dataclass
from typing import Literal

from rnn_tui.protocol.reading import OTHER, Part
from rnn_tui.protocol.snapshot import RunInfo

Way = Literal["on", "back", "first", "last"]


@dataclass(slots=True)
class Passage:
    """The part of the corpus, where in it their window begins, and what of it is not to be seen."""

    part: Part = "training"
    start: int = 0
    sought: str = ""
    """The string that was looked for last."""
    hit: range | None = None
    """The places where it was found."""
    covered: bool = False
    """Whether targets and predictions are covered, to ask for them."""

    def move(self, way: Way, length: int, info: RunInfo) -> bool:
        """Move a window of so many time steps; return whether there was somewhere to go."""
        steps = info.size_of(self.part) - 1
        on = self.start + length
        start = {
            "on": on if on < steps else self.start,
            "back": max(self.start - length, 0),
            "first": 0,
            "last": max(steps - length, 0),
        }[way]
        moved, self.start, self.hit = start != self.start, start, None
        return moved

    def change_part(self) -> None:
        """Look at the beginning of the other part."""
        self.part = OTHER[self.part]
        self.start, self.hit = 0, None

    def show(self, hit: range, length: int) -> None:
        """Look at what was found: it ends at three quarters of a window of so many time steps."""
        self.hit = hit
        self.start = max(hit[-1] - 3 * length // 4, 0)

    def behind(self, *, back: bool) -> int:
        """Return the place behind which, or before which, the next one has to begin."""
        return self.hit.start if self.hit else self.start if back else self.start - 1


def passage_of(app: object) -> Passage:
    """Return where the screens of an app look."""
    found = getattr(app, "passage", None)
    return found if isinstance(found, Passage) else Passage()
