"""At which kinds of place the bits of a text are, beside an earlier moment."""

import math
from collections.abc import Hashable, Sequence
from typing import ClassVar

import numpy as np
from textual.content import Content
from textual.strip import Strip

from rnn_tui.inspection.memory.surprise import Share, compared, together
from rnn_tui.language import mark, phrase, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.surprise import SurpriseSeen
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.memory import surprise as drawn
from rnn_tui.tui.renderables.numbers import loss, thousands
from rnn_tui.tui.widgets.memory.surprise import SurprisePanel


class SurpriseKinds(SurprisePanel):
    """How the total divides among kinds of place, beside an earlier moment."""

    EMPTY: ClassVar[str] = mark("At which kinds of place the bits are will be drawn here.")
    then: SurpriseSeen | None = None
    """The moment that is compared with: when one began to look at this text, or marked one."""

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment; the first of a text is the one that others are compared with."""
        part = self.part_of(snapshot)
        if part is not None:
            if self.then is not None and not comparable(part, self.then):
                self.then = None
            if self.then is None and part.done and part.shares:
                self.then = part
        super().show(snapshot, info)

    def looks_of(self, part: SurpriseSeen, info: RunInfo) -> Hashable:
        """Return also the moment that is compared with."""
        return super().looks_of(part, info), self.then and self.then.reader

    def mark(self) -> str:
        """Compare with this moment from now on."""
        if self.part is None or not self.part.done or not self.part.shares:
            return mark("Nothing is read yet that could be compared with.")
        self.then = self.part
        self.label()
        self.redraw()
        update = thousands(self.then.reader.update)
        return phrase("From now on it is compared with update {update}.", update=update)

    @property
    def shares(self) -> Sequence[Share]:
        """What each kind has, beside the other moment where that is another one."""
        if self.part is None:
            return ()
        shares, then = self.part.shares, self.then
        if then is None or then.reader == self.part.reader:
            return shares
        return compared(shares, then.shares) if self.part.done else shares

    @property
    def copied(self) -> Copied | None:
        """Return the rows as a table."""
        if not self.shares:
            return None
        heads = (tr("kind of place"), tr("count"), tr("bits"), tr("bits before"))
        rows = ["\t".join(heads)]
        for share in [*self.shares, together(self.shares)]:
            before = "" if share.before is None else f"{share.before:.6g}"
            rows.append(f"{tr(share.kind)}\t{share.count}\t{share.bits:.6g}\t{before}")
        return Copied(mark("the kinds of place"), "\n".join(rows))

    def draw_part(self, part: SurpriseSeen, info: RunInfo, width: int, height: int) -> list[Strip]:
        """Draw a line for each kind."""
        if not part.shares:
            return self.draw_empty(width, height)
        return drawn.draw_kinds(self.shares, info.unit, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the columns."""
        if self.part and self.then and any(share.before is not None for share in self.shares):
            then = thousands(self.then.reader.update)
            branch = self.then.reader.branch
            elsewhere = branch != self.part.reader.branch
            of = tr(" of branch {number}", number=branch) if elsewhere else ""
            return (
                tr(
                    "Kinds of place · share, bits each, change since update {update}{branch}",
                    update=then,
                    branch=of,
                ),
                tr(
                    "Share of bits, bits each, since update {update}{branch}",
                    update=then,
                    branch=of,
                ),
                tr("Bits · since update {update}{branch}", update=then, branch=of),
                tr("Bits · since {update}{branch}", update=then, branch=""),
            )
        return (
            tr("Kinds of place · share of the bits, bits each"),
            tr("Share of bits, bits each"),
            tr("Bits"),
        )

    def legend(self) -> Content:
        """Say how many bits each character of what is read costs who knows the rule."""
        known = np.empty(0) if self.part is None else self.part.least[: len(self.part.bits)]
        if not len(known) or np.isnan(known).any():
            return Content("")
        each = float(np.mean(known)) / math.log(2)
        return Content(tr("knowing the rule: {bits} bits each", bits=loss(each)))


def comparable(one: SurpriseSeen, two: SurpriseSeen) -> bool:
    """Return whether both are of the same text and run."""
    return one.reader.run == two.reader.run and np.array_equal(one.ids, two.ids)
