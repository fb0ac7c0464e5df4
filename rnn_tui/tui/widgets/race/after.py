"""What each network of a race expects after one prefix."""

from collections.abc import Hashable
from typing import ClassVar

from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.predictions import unknown
from rnn_tui.tui.renderables.race import predictions
from rnn_tui.tui.renderables.race.racing import racing
from rnn_tui.tui.widgets.panel import Drawn
from rnn_tui.tui.widgets.prefix_panel import PrefixPanel


class Expected(Drawn):
    """What every network expects after the prefix."""

    DEFAULT_CSS = """
    Expected { height: 1fr; }
    """

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the predictions."""
        race = racing(snapshot)
        if race is None:
            return None
        found = tuple(
            (e.name, e.number, e.next_ids.tobytes(), e.next_probs.tobytes()) for e in race.entrants
        )
        missing = snapshot.prefix.unknown if snapshot.prefix else ()
        return found, missing, race.chosen, info.symbols

    def draw(self, width: int, height: int) -> list[Strip]:
        """Draw them, or say how to get them."""
        race, prefix = racing(self.snapshot), self.snapshot.prefix if self.snapshot else None
        if self.info and prefix and prefix.unknown:
            text = unknown(prefix.unknown, self.info.symbols, width)
            return sentence(text, width, height, self.palette.wrong)
        if not (self.info and race and any(entrant.next_ids.size for entrant in race.entrants)):
            text = tr(
                "Press {race.prefix} and type: what each network expects next will stand here."
            )
            return sentence(table_of(self).named(text), width, height, self.palette.dim)
        return predictions.draw(race, self.info, width, height, self.palette)


class RaceAfter(PrefixPanel):
    """One prefix for all, above what each network expects next."""

    ABOUT: ClassVar[tuple[str, str]] = (
        mark("After one prefix"),
        mark(
            "Type {race.prefix} and a beginning of your own: what each network expects next stands "
            "side by side, the likeliest first. Of a small alphabet each symbol has the same line "
            "in all columns."
        ),
    )
    ENTER: ClassVar[str] = "race.prefix"
    PICTURE: ClassVar[type[Drawn]] = Expected
    BEGINS: ClassVar[bool] = False

    def titles(self, symbol: str) -> tuple[str, ...]:
        """Return what is shown, and in which unit: the same in fewer and fewer words."""
        return (
            tr("After one prefix · probability of the next {unit} in %", unit=tr(symbol)),
            tr("After one prefix · next in %"),
            tr("After one prefix · %"),
        )

    @property
    def visible_rows(self) -> int:
        """How many next symbols fit."""
        return max(self.picture.size.height - 1, 1)
