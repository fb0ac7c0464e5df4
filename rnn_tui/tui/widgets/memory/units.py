"""One unit over the text, what all units follow, and where the chosen one is strongest."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip

from rnn_tui.inspection.memory.units.sentences import name
from rnn_tui.language import counted, mark, phrase, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.units import UnitsSeen, UnitsView, UnitText, UnitTextView
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.lines import fitting, sentence
from rnn_tui.tui.renderables.memory import units as drawn
from rnn_tui.tui.renderables.whereabouts import TEXTS
from rnn_tui.tui.widgets.memory.look_panel import LookPanel

MEASURING = mark("Being measured …")
UNSEEN = 2_000
"""Characters asked for before it is known how many have room."""


class UnitsPanel(LookPanel[UnitsSeen]):
    """What the two have that tell of all units."""

    KIND = UnitsSeen

    def looks_of(self, part: UnitsSeen, info: RunInfo) -> Hashable:
        """Return the numbers, and what they are of."""
        arrays = (part.units, part.label, part.strength, part.places, part.values, part.around)
        words = (part.kinds, part.labels, part.symbols, part.refused, part.done)
        return (*words, part.claimed, *(array.tobytes() for array in arrays))


class UnitsList(UnitsPanel):
    """The labels, each with the unit that follows it best; then the other units."""

    EMPTY: ClassVar[str] = mark("What each unit follows will be listed here.")
    kind: str = "h"
    pattern: str | None = None
    _known: int = 0
    """The unit that was last chosen: it stays until a new one is known."""
    chosen: int = 0
    """The label whose best unit is meant; beyond the last label, which other unit (`_keys`)."""

    @property
    def wants(self) -> UnitsView:
        """What all units follow."""
        return UnitsView(self.reading.part, self.kind, self.pattern)

    @property
    def row(self) -> int:
        """The row that is chosen."""
        return self.row_in(self.part)

    def row_in(self, part: UnitsSeen | None) -> int:
        """Return the row that is chosen, in an answer that may not be shown yet."""
        keys = _keys(part)
        return keys.index(self.chosen) if self.chosen in keys else 0

    @property
    def unit(self) -> int:
        """The unit in that row, counted through all layers."""
        if self.part is not None and (unit := int(self.part.units[self.row])) >= 0:
            self._known = unit
        return self._known

    def move(self, by: int) -> None:
        """Choose another row."""
        if keys := _keys(self.part):
            self.chosen = keys[min(max(self.row + by, 0), len(keys) - 1)]
            self._changed()

    @property
    def idle(self) -> tuple[str, ...]:
        """The key for c and the gates, where there is h alone."""
        return ("units.kind",) if self.part and len(self.part.kinds) < 2 else ()

    def next_kind(self) -> str:
        """Look at c of the units, then at their gates, then at h again."""
        if self.part is None:
            return ""
        if len(kinds := self.part.kinds) < 2:
            return mark("The units of this network have h, and nothing else.")
        self.kind = kinds[(kinds.index(self.kind) + 1) % len(kinds) if self.kind in kinds else 0]
        self._changed()
        return phrase("{kind} of every unit.", kind=self.kind)

    def look_for(self, pattern: str | None) -> None:
        """Find out who follows a pattern; None: the labels that every text has."""
        self.pattern, self.chosen = pattern, 0
        self._changed()

    def _changed(self) -> None:
        for panel in self.screen.query(LookPanel):
            panel.label()
            panel.redraw()

    def draw_part(self, part: UnitsSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the rows, or say why nothing is known of them."""
        if part.refused and self.pattern is not None:
            return sentence(steady(tr(part.refused)), width, height, self.palette.wrong)
        return drawn.draw_list(part, self.row, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name what is listed."""
        return (
            tr("Units by what they follow · AUC, or r"),
            tr("Units · what they follow"),
            tr("Units"),
        )

    def legend(self) -> Content:
        """Say what it was measured on."""
        if self.part is None or self.part.refused:
            return Content("")
        if not self.part.done:
            return Content(tr(MEASURING))
        of = tr(counted(self.part.symbols, self.info.unit if self.info else "symbol"))
        whole = tr("on {count} of the {text}", count=of, text=tr(TEXTS[self.reading.part]))
        return Content(fitting(self.size.width - 4, whole, tr("on {count}", count=of), ""))


def _keys(part: UnitsSeen | None) -> list[int]:
    """Return what makes each row known again when they are ordered anew."""
    if part is None:
        return []
    count = len(part.labels)
    return [*range(count), *(count + unit for unit in part.units[count:].tolist())]


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
