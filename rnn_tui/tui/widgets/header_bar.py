"""The line at the top of every screen."""

from collections.abc import Hashable
from typing import ClassVar

from textual.geometry import Size
from textual.strip import Strip

from rnn_tui.language import mark
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.renderables.header import TWO_LINES, draw
from rnn_tui.tui.widgets.panel import Drawn


class HeaderBar(Drawn):
    """Which run this is, and how far it has come; two lines where the screen is narrow."""

    ABOUT: ClassVar[tuple[str, str]] = (
        mark("Header"),
        mark(
            "The text and the network, whether training runs, how many updates were done, "
            "which pass over the text (epoch) this is, updates a second, and the learning "
            "rate of the next update. loss before it: the mean over the window the update "
            "learned from, before it changed the weights; after it, where the next one was "
            "refused."
        ),
    )
    DEFAULT_CSS = """
    HeaderBar { height: auto; }
    """

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return one line, or two where all of it does not fit in one."""
        return 2 if width < TWO_LINES else 1

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the numbers."""
        return (
            snapshot.state,
            snapshot.update,
            snapshot.epoch,
            repr(snapshot.loss),
            snapshot.updates_per_second,
            snapshot.learning_rate,
            id(info),
        )

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw the line."""
        return draw(self.snapshot, self.info, width, self.palette)
