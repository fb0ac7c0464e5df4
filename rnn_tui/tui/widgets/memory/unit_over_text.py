"""The text in the colors of the chosen unit."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip

from rnn_tui.inspection.memory.units.sentences import name
from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.units import UnitText, UnitTextView
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.memory import units as drawn
from rnn_tui.tui.widgets.memory.look_panel import LookPanel
from rnn_tui.tui.widgets.memory.units import UnitsList

UNSEEN = 2_000
"""Characters asked for before it is known how many have room."""


class UnitOverText(LookPanel[UnitText]):
    """The text, each character in the color of the chosen unit."""

    KIND = UnitText
    EMPTY: ClassVar[str] = mark("The text in the colors of a unit will be here.")

    @property
    def wants(self) -> UnitTextView:
        """The chosen unit, over as much of the text as has room."""
        listed = self.screen.query_one(UnitsList)
        room = self.size.width * self.size.height or UNSEEN
        return UnitTextView(self.reading, listed.kind, listed.unit, room)

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment; what there was stays until all of it is known."""
        part = self.part_of(snapshot)
        if part is None or part.done or self.part is None or not self.part.done:
            super().show(snapshot, info)

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return text and values, and what the title says."""
        if (part := self.part_of(snapshot)) is None:
            return None
        numbers = (part.ids.tobytes(), part.values.tobytes())
        return (part.unknown, part.kind, part.unit, *numbers, self._told(snapshot, part))

    def draw_part(self, part: UnitText, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the text."""
        if part.unknown:
            return self.never_seen(part.unknown, width, height)
        if not len(part.ids):
            return sentence(tr("Nothing to read here yet."), width, height, self.palette.dim)
        return drawn.draw_text(part, info.symbols, width, height, self.palette, self.scale)

    def titles(self) -> tuple[str, ...]:
        """Say whose colors they are, and what it follows."""
        if (part := self.part) is None:
            return (tr("A unit over the text"), tr("A unit"))
        return self._told(self.snapshot, part)

    def _told(self, snapshot: Snapshot | None, part: UnitText) -> tuple[str, ...]:
        nobody = (tr("A unit over the text"), tr("A unit"))
        listed = self.screen.query_one(UnitsList)
        if (ranked := listed.part_of(snapshot)) is None:
            return nobody
        if ranked.refused and listed.pattern is not None:
            return (steady(tr(ranked.refused)), *nobody)
        who = drawn.titled(tr(name(part.unit, ranked.widths, part.kind)))
        unit = tr(self.info.unit if self.info else "symbol")
        short = tr("{who} · once each {unit} is read", who=who, unit=unit)
        row = listed.row_in(ranked)
        if not ranked.claimed[row] or int(ranked.units[row]) != part.unit:
            return (short, who)
        does, measure = drawn.does(ranked, row), drawn.measure(ranked, row).strip()
        follows = f"{who} · {does} {measure}"
        return (tr("{title} · once each {unit} is read", title=follows, unit=unit), follows, who)

    def legend(self) -> Content:
        """Say what the colors mean, and how far the values go."""
        if self.part is None or not self.part.done or not len(self.part.values):
            return Content("")
        values = self.part.values
        lowest, mean, highest = (
            drawn.number(float(value)).strip()
            for value in (values.min(), values.mean(), values.max())
        )
        low, high = self.inked(tr("off"), "backward"), self.inked(tr("on"), "forward")
        told = tr(" {lowest} · mean {mean} · {highest} ", lowest=lowest, mean=mean, highest=highest)
        return Content.assemble(low, told, high)
