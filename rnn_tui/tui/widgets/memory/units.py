"""What all units follow: the list of them."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip

from rnn_tui.language import counted, mark, phrase, tr
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.units import UnitsSeen, UnitsView
from rnn_tui.text.steady import steady
from rnn_tui.tui.renderables.lines import fitting, sentence
from rnn_tui.tui.renderables.memory import units as drawn
from rnn_tui.tui.renderables.whereabouts import TEXTS
from rnn_tui.tui.widgets.memory.look_panel import LookPanel

MEASURING = mark("Being measured …")


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
