"""What the panels of the screen Memory share."""

from typing import Generic, TypeVar

from textual.strip import Strip

from rnn_tui.language import tr
from rnn_tui.protocol.influence import InfluenceSeen
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.surprise import SurpriseSeen
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.widgets.inside_panel import InsidePanel, Kind

Text = TypeVar("Text", InfluenceSeen, SurpriseSeen)


class LookPanel(InsidePanel[Kind], Generic[Kind]):
    """A panel of one look, all of which read the same text."""

    @property
    def idle(self) -> tuple[str, ...]:
        """The names of its keys that have nothing to do in this network."""
        return ()

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Look at this text."""
        super().read_anew(reading, found)
        self.label()
        self.redraw()

    def never_seen(self, unknown: tuple[str, ...], width: int, height: int) -> list[Strip]:
        """Say which symbols of a text the network does not know."""
        names = " ".join(steady(symbol) for symbol in unknown[:20])
        said = tr(
            "The network has never seen {names}: take characters of the text it learns.",
            names=names,
        )
        return sentence(said, width, height, self.palette.wrong)


class MarkedPanel(LookPanel[Text], Generic[Text]):
    """A panel of a text in which one character can be marked."""

    place: int | None = None
    """Of that character; None: none was chosen."""

    @property
    def span(self) -> int | None:
        """As many as the text has."""
        return None if self.part is None else len(self.part.ids)

    def read_anew(self, reading: Reading, found: int | None = None) -> None:
        """Look at this text, nothing marked in it but what was found."""
        if reading != self.reading or found is not None:
            self.place = found
        super().read_anew(reading, found)
