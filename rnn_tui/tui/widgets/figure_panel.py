"""The network unrolled in time, beside the panels of the Train screen."""

from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.messages import ViewChanged
from rnn_tui.tui.widgets.unrolled_panel import UnrolledPanel

NONE = -1


class FigurePanel(UnrolledPanel):
    """The figure of screen 2, in which nothing is marked but what was found."""

    FOLDED = False
    cursor = NONE

    def __init__(self, info: RunInfo | None, reading: Reading) -> None:
        super().__init__(id="figure")
        self.info, self.reading = info, reading

    def on_mount(self) -> None:
        """Ask for what is to be drawn."""
        super().on_mount()
        self.post_message(ViewChanged())

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Put another window in the columns."""
        super().read_anew(reading, found)
        if found is None:
            self.cursor = NONE
            self.changed()
