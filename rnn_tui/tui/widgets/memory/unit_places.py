"""What the chosen unit follows, in words, and where it is strongest."""

from typing import ClassVar

from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.units import UnitsSeen
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.memory import units as drawn
from rnn_tui.tui.widgets.memory.units import MEASURING, UnitsList, UnitsPanel


class UnitPlaces(UnitsPanel):
    """What the chosen unit follows, in a sentence, and where it is strongest."""

    EMPTY: ClassVar[str] = mark("Where a unit is on will be shown here.")

    def draw_part(self, part: UnitsSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Write them."""
        listed = self.screen.query_one(UnitsList)
        if part.refused:
            said = steady(tr(part.refused)) if listed.pattern is None else ""
            return sentence(said, width, height, self.palette.dim)
        if not part.done:
            return sentence(tr(MEASURING), width, height, self.palette.dim)
        return drawn.draw_places(part, listed.row, listed.kind, info, width, height, self.palette)

    @property
    def copied(self) -> Copied | None:
        """Return the sentences of all rows."""
        part = self.part
        if part is None or not (part.labels and part.done):
            return None
        kind = self.screen.query_one(UnitsList).kind
        lines = [drawn.said(part, row, kind) for row in range(len(part.units))]
        return Copied(mark("what the units follow"), "\n".join(lines))

    def titles(self) -> tuple[str, ...]:
        """Name the panel."""
        return (tr("Where else is it on?"), tr("Where else?"))
