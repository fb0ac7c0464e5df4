"""How far back the past can be read out of the state: as bars, in a table, and in words."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip

from rnn_tui.inspection.memory.span.sentences import sees_only
from rnn_tui.language import counted, mark, tr
from rnn_tui.protocol.memory_span import MemorySpanSeen, MemorySpanView
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.memory import span as drawn
from rnn_tui.tui.widgets.memory.look_panel import LookPanel

BACK = 30
TOO_SHORT = mark("Nothing of so short a text.")


class SpanPanel(LookPanel[MemorySpanSeen]):
    """What all three have."""

    KIND = MemorySpanSeen

    def looks_of(self, part: MemorySpanSeen, info: RunInfo) -> Hashable:
        """Return what was looked at, and the numbers."""
        effect = part.moved.effect.tobytes() if part.moved else b""
        return (part.update, part.unknown, part.count, part.span, effect, part.done)

    def _none(self, part: MemorySpanSeen, width: int, height: int) -> list[Strip]:
        """Promise nothing of a text that is too short."""
        if part.unknown:
            return self.draw_empty(width, height)
        return sentence(tr(TOO_SHORT), width, height, self.palette.dim)


class SpanBars(SpanPanel):
    """A bar for each step back."""

    EMPTY: ClassVar[str] = mark("How far back it remembers will be drawn here.")

    @property
    def wants(self) -> MemorySpanView:
        """The text that all looks have."""
        return MemorySpanView(self.reading, BACK)

    @property
    def idle(self) -> tuple[str, ...]:
        """The key for a text of one's own, which is too short for this."""
        return ("memory.text",)

    def draw_part(
        self, part: MemorySpanSeen, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Draw the bars, or say why there are none."""
        if part.unknown:
            return self.never_seen(part.unknown, width, height)
        if said := missing(part, info):
            return sentence(said, width, height, self.palette.dim)
        return drawn.draw_bars(part, BACK, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Say what is drawn."""
        return (
            tr("What can be read of the characters before, where most is told · % right"),
            tr("Read of the characters before · % right"),
            tr("Read of those before · %"),
        )

    def legend(self) -> Content:
        """Say what the marks are."""
        return Content.assemble(
            tr("─ guess  "), self.inked(tr("● half of what it misses is read"), "forward")
        )


class SpanTable(SpanPanel):
    """The numbers."""

    EMPTY: ClassVar[str] = mark("The numbers of it will stand here.")

    def draw_part(
        self, part: MemorySpanSeen, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Draw a line for each step back."""
        if part.unknown or part.count < part.least:
            return self._none(part, width, height)
        return drawn.draw_table(part, info, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the columns."""
        return (tr("By steps back · % right, nats when exchanged"), tr("Steps back · %, nats"))


class SpanWords(SpanPanel):
    """What that says."""

    EMPTY: ClassVar[str] = mark("What that means will be said here.")

    @property
    def copied(self) -> Copied | None:
        """Return the sentences."""
        if self.part is None or self.info is None:
            return None
        said = [text for text, _ in drawn.sentences(self.part, self.info, self.palette)]
        return Copied(mark("how far back it remembers"), "\n".join(said)) if said else None

    def draw_part(
        self, part: MemorySpanSeen, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Write the sentences."""
        if part.unknown or part.count < part.least:
            return self._none(part, width, height)
        return drawn.draw_words(part, info, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the panel."""
        return (tr("What that means"),)


def missing(part: MemorySpanSeen, info: RunInfo) -> str:
    """Say why there are no bars; empty where there are."""
    if part.sees is not None:
        return tr(sees_only(part.sees, info.unit))
    if part.count < part.least:
        return tr(
            "The text has {count}: too few to learn from and to test on what can be read out of "
            "the state. At least {least} are needed, more than a line of your own can have.",
            count=counted(part.count, info.unit),
            least=f"{part.least:,}",
        )
    return ""
