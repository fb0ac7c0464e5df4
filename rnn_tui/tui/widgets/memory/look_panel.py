"""What the panels of the screen Memory share."""

from typing import Generic

from textual.strip import Strip

from rnn_tui.protocol.reading import Reading
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.widgets.inside_panel import InsidePanel, Kind


class LookPanel(InsidePanel[Kind], Generic[Kind]):
    """A panel of one look, all of which read the same text."""

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Look at this text."""
        super().read_anew(reading, found)
        self.label()
        self.redraw()

    def never_seen(self, unknown: tuple[str, ...], width: int, height: int) -> list[Strip]:
        """Say which symbols of a text the network does not know."""
        names = " ".join(steady(symbol) for symbol in unknown[:20])
        text = f"The network has never seen {names}: take characters of the text it learns."
        return sentence(text, width, height, self.palette.wrong)
