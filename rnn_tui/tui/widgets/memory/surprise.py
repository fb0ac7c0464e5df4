"""A text by what it cost, the kinds of place that its bits are at, and the dearest characters."""

from collections.abc import Hashable, Sequence
from typing import ClassVar

import numpy as np
from textual.content import Content
from textual.strip import Strip
from textual.style import Style

from rnn_tui.inspection.memory.surprise import Share, compared, together
from rnn_tui.protocol.reading import Reading
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.surprise import SurpriseSeen, SurpriseView
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.memory import surprise as drawn
from rnn_tui.tui.renderables.numbers import thousands
from rnn_tui.tui.widgets.memory.look_panel import LookPanel


class SurprisePanel(LookPanel[SurpriseSeen]):
    """What all three have."""

    KIND = SurpriseSeen
    place: int | None = None
    """Of the character that is marked; None: none is."""

    def looks_of(self, part: SurpriseSeen, info: RunInfo) -> Hashable:
        """Return text, numbers and mark."""
        numbers = (part.update, part.done, part.ids.tobytes(), part.bits.tobytes())
        return (part.unknown, *numbers, self.place, info.symbols)

    def read_anew(self, reading: Reading) -> None:
        """Look at this text, nothing marked in it."""
        if reading != self.reading:
            self.place = None
        super().read_anew(reading)

    def mark_place(self, place: int) -> None:
        """Mark a character."""
        self.place = place
        self.redraw()


class SurpriseText(SurprisePanel):
    """The text, each character in the color of its bits."""

    EMPTY: ClassVar[str] = "The text in the colors of its surprise will be here."

    @property
    def wants(self) -> SurpriseView:
        """The text that is read."""
        return SurpriseView(self.reading)

    def draw_part(self, part: SurpriseSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw the text."""
        if part.unknown:
            return self.never_seen(part.unknown, width, height)
        if len(part.ids) < 2:
            said = f"Nothing was foreseen here: at least two {info.unit}s are needed."
            return sentence(said, width, height, self.palette.dim)
        return drawn.draw_text(
            part, self.place, info.symbols, width, height, self.palette, self.scale
        )

    def titles(self) -> tuple[str, ...]:
        """Say what the colors are."""
        unit = self.info.unit if self.info else "character"
        return (f"Surprise at each {unit} · −log₂ p in bits", "Surprise · bits")

    def legend(self) -> Content:
        """Show the scale, or say what the digits are."""
        if not self.scale.colored:
            return Content("below: whole bits, 9 for more")
        levels = (0, 2, 4, 6, drawn.FULL)
        styles = (Style.from_rich_style(drawn.heat(bits, self.scale)) for bits in levels)
        cells = map(Content.styled, (f" {bits} " for bits in levels), styles)
        return Content("").join(cells) + " bits and more"


class SurpriseKinds(SurprisePanel):
    """How the total divides among kinds of place, beside an earlier moment."""

    EMPTY: ClassVar[str] = "At which kinds of place the bits are will be drawn here."
    then: SurpriseSeen | None = None
    """The moment that is compared with: when one began to look at this text, or marked one."""

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment; the first of a text is the one that others are compared with."""
        part = self.part_of(snapshot)
        if part is not None:
            if self.then is not None and not np.array_equal(self.then.ids, part.ids):
                self.then = None
            if self.then is None and part.done and part.shares:
                self.then = part
        super().show(snapshot, info)

    def looks_of(self, part: SurpriseSeen, info: RunInfo) -> Hashable:
        """Return also the moment that is compared with."""
        return super().looks_of(part, info), self.then and self.then.update

    def mark(self) -> str:
        """Compare with this moment from now on."""
        if self.part is None or not self.part.done or not self.part.shares:
            return "Nothing is read yet that could be compared with."
        self.then = self.part
        self.label()
        self.redraw()
        return f"From now on it is compared with update {thousands(self.then.update)}."

    @property
    def shares(self) -> Sequence[Share]:
        """What each kind has, beside the other moment where that is another one."""
        if self.part is None:
            return ()
        shares, then = self.part.shares, self.then
        if then is None or then is self.part or then.update == self.part.update:
            return shares
        return compared(shares, then.shares) if self.part.done else shares

    @property
    def copied(self) -> Copied | None:
        """Return the rows as a table."""
        if not self.shares:
            return None
        rows = ["\t".join(("kind of place", "count", "bits", "bits before"))]
        for share in [*self.shares, together(self.shares)]:
            before = "" if share.before is None else f"{share.before:.6g}"
            rows.append(f"{share.kind}\t{share.count}\t{share.bits:.6g}\t{before}")
        return Copied("the kinds of place", "\n".join(rows))

    def draw_part(self, part: SurpriseSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw a line for each kind."""
        if not part.shares:
            return [Strip.blank(width)] * height
        return drawn.draw_kinds(self.shares, info.unit, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the columns."""
        if any(share.before is not None for share in self.shares) and self.then:
            then = thousands(self.then.update)
            return (
                f"Kinds of place · share, bits each, change since update {then}",
                f"Share of bits, bits each, since {then}",
                f"Bits · since {then}",
            )
        return ("Kinds of place · share of the bits, bits each", "Share of bits, bits each", "Bits")


class SurpriseDearest(SurprisePanel):
    """The characters that cost most, with what was expected instead."""

    EMPTY: ClassVar[str] = "The characters that cost most will be listed here."

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
            "The dearest · bits, what was read, expected instead",
            "Dearest · bits, read, expected",
            "Dearest · bits",
        )
