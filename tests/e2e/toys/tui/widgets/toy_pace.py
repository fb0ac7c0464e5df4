"""How fast the text is read."""

from collections.abc import Hashable
from typing import ClassVar

from textual.strip import Strip

from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.renderables.lines import fill, line
from rnn_tui.tui.widgets.panel import Panel


class ToyPacePanel(Panel):
    """What the snapshot has anyway: a panel of known data."""

    DEFAULT_CSS = """
    ToyPacePanel { height: 5; }
    """
    ABOUT: ClassVar[tuple[str, str]] = ("Toy pace", "Characters in a window of the toy.")
    EMPTY: ClassVar[str] = "The toy's pace will stand here."

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the number."""
        return snapshot.update

    def draw_moment(
        self, snapshot: Snapshot, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Write the number."""
        read = snapshot.update * info.config.seq_length * info.config.batch_size
        return fill([line([(f"read {read} characters", self.palette.text)], width)], width, height)

    def titles(self) -> tuple[str, ...]:
        """Name the panel."""
        return ("Toy pace",)
