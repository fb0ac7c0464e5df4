"""A text in the colors of its bits, and the dearest characters."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from rnn_tui.language import mark, several, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.surprise import SurpriseSeen, SurpriseView
from rnn_tui.tui.renderables.chance import meanings, sign
from rnn_tui.tui.renderables.lines import fitting, sentence
from rnn_tui.tui.renderables.memory import surprise as drawn
from rnn_tui.tui.widgets.memory.look_panel import MarkedPanel


class SurprisePanel(MarkedPanel[SurpriseSeen]):
    """What all three have."""

    KIND = SurpriseSeen

    def looks_of(self, part: SurpriseSeen, info: RunInfo) -> Hashable:
        """Return text, numbers and mark."""
        numbers = (part.reader, part.done, part.ids.tobytes(), part.bits.tobytes())
        return (part.unknown, *numbers, self.place, info.symbols)

    def mark_place(self, place: int) -> None:
        """Mark a character."""
        self.place = place
        self.redraw()


class SurpriseText(SurprisePanel):
    """The text, each character in the color of its bits."""

    EMPTY: ClassVar[str] = mark("The text in the colors of its surprise will be here.")

    @property
    def wants(self) -> SurpriseView:
        """The text that is read."""
        return SurpriseView(self.reading)

    def draw_part(self, part: SurpriseSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the text."""
        if part.unknown:
            return self.never_seen(part.unknown, width, height)
        if len(part.ids) < 2:
            units = tr(several(info.unit))
            said = tr("Nothing was foreseen here: at least two {units} are needed.", units=units)
            return sentence(said, width, height, self.palette.dim)
        return drawn.draw_text(
            part, self.place, info.symbols, width, height, self.palette, self.scale
        )

    def titles(self) -> tuple[str, ...]:
        """Say what the colors are."""
        unit = self.info.unit if self.info else "character"
        return (
            tr("Surprise at each {unit} · −log₂ p in bits", unit=tr(unit)),
            tr("Surprise · bits"),
        )

    def legend(self) -> Content:
        """Show the scale, or say what the digits are."""
        if not self.scale.colored:
            return Content(tr("below: whole bits, 9 for more"))
        levels = (0, 2, 4, 6, drawn.FULL)
        styles = (Style.from_rich_style(drawn.heat(bits, self.scale)) for bits in levels)
        cells = map(Content.styled, (f" {bits} " for bits in levels), styles)
        return Content("").join(cells) + tr(" bits and more")


class SurpriseDearest(SurprisePanel):
    """The characters that cost most, with what was expected instead."""

    EMPTY: ClassVar[str] = mark("The characters that cost most will be listed here.")

    def move(self, by: int) -> None:
        """Mark another of them, in the text, too."""
        if self.part is None or not self.part.dearest:
            return
        places = [one.place for one in self.part.dearest]
        here = places.index(self.place) if self.place in places else -1 if by > 0 else 1
        place = places[min(max(here + by, 0), len(places) - 1)]
        for panel in self.screen.query(SurprisePanel):
            panel.mark_place(place)

    def draw_part(self, part: SurpriseSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw a line for each."""
        return drawn.draw_dearest(part, self.place, info, width, height, self.palette, self.scale)

    def titles(self) -> tuple[str, ...]:
        """Name the columns."""
        return (
            tr("The dearest · bits, what was read, expected instead"),
            tr("Dearest · bits, read, expected"),
            tr("Dearest · bits"),
        )

    def legend(self) -> Content:
        """Say what the marks mean, where there are any."""
        part = self.part
        if part is None or not any(sign(part.least, one.place - 1) for one in part.dearest):
            return Content("")
        return Content(fitting(self.size.width - 4, *meanings()))
