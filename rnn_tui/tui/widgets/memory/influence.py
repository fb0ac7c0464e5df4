"""What moved a prediction: on the text, as bars, and in words."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.influence import InfluenceSeen, InfluenceView
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables import colored_text
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.memory import influence as drawn
from rnn_tui.tui.widgets.memory.look_panel import LookPanel, MarkedPanel

BACK = 40
"""Characters that are looked at: more take long for a large network."""


class InfluencePanel(LookPanel[InfluenceSeen]):
    """What all three have."""

    KIND = InfluenceSeen

    def looks_of(self, part: InfluenceSeen, info: RunInfo) -> Hashable:
        """Return text, place and numbers."""
        arrays = (part.ids, part.exchange, part.slope)
        numbers = (part.place, part.p, part.favorite_p)
        return (part.unknown, *numbers, *(array.tobytes() for array in arrays))


class InfluenceText(InfluencePanel, MarkedPanel[InfluenceSeen]):
    """The text, what was read before the mark shaded by what it did."""

    EMPTY: ClassVar[str] = mark("What moved a prediction will be shaded here.")

    @property
    def wants(self) -> InfluenceView:
        """The marked place."""
        return InfluenceView(self.reading, self.place, BACK)

    def move(self, by: int) -> None:
        """Put the mark on another character."""
        if (part := self.part) is not None and len(part.ids) > 1:
            here = part.place if self.place is None else self.place
            self.place = min(max(here + by, 1), len(part.ids) - 1)

    def move_line(self, by: int) -> None:
        """Put it on a character of another line."""
        if (part := self.part) is not None and self.info and len(part.ids) > 1:
            glyphs = [self.info.symbols[id] for id in part.ids.tolist()]
            lines = colored_text.rows(glyphs, self.size.width)
            here = part.place if self.place is None else self.place
            self.place = max(colored_text.moved(lines, here, by), 1)

    def draw_part(self, part: InfluenceSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the text."""
        if part.unknown:
            return self.never_seen(part.unknown, width, height)
        if len(part.ids) < 2:
            return sentence(tr("Nothing to read here yet."), width, height, self.palette.dim)
        return drawn.draw_text(part, info.symbols, width, height, self.palette, self.scale)

    def titles(self) -> tuple[str, ...]:
        """Say what the colors are."""
        return (
            tr("What moved the prediction of the marked character · nats, when exchanged"),
            tr("What moved the marked prediction · nats"),
            tr("What moved it · nats"),
        )

    def legend(self) -> Content:
        """Say what the colors mean."""
        positive = self.inked(tr("+ made it likelier"), "forward")
        return Content.assemble(positive, "  ", self.inked(tr("− less likely"), "backward"))


class InfluenceBars(InfluencePanel):
    """Each character before the place, the nearest first."""

    EMPTY: ClassVar[str] = mark("The same as bars will be drawn here.")

    def draw_part(self, part: InfluenceSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw a line for each."""
        if not len(part.exchange):
            return self.draw_empty(width, height)
        return drawn.draw_bars(part, info.symbols, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the columns."""
        return (
            tr("Characters back · nats when exchanged, gradient × input"),
            tr("Characters back · nats"),
        )


class InfluenceWords(InfluencePanel):
    """What that says."""

    EMPTY: ClassVar[str] = mark("What that means will be said here.")

    @property
    def copied(self) -> Copied | None:
        """Return the sentences."""
        if self.part is None or self.info is None:
            return None
        said = [text for text, _ in drawn.sentences(self.part, self.info, self.palette)]
        return Copied(mark("what moved the prediction"), "\n".join(said)) if said else None

    def draw_part(self, part: InfluenceSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Write the sentences."""
        return drawn.draw_words(part, info, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the panel."""
        return (tr("What that means"),)
