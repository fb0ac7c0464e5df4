"""The table of a race: a line for each network."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.loss.losses import told
from rnn_tui.tui.renderables.numbers import loss
from rnn_tui.tui.renderables.race import table
from rnn_tui.tui.renderables.race.columns import BIGRAM
from rnn_tui.tui.renderables.race.racing import racing
from rnn_tui.tui.widgets.panel import Panel


class RaceTable(Panel):
    """A line for each network."""

    ABOUT: ClassVar[tuple[str, str]] = (
        mark("The networks"),
        mark(
            "Form and color of its curve, its size (layers × units), how many parameters it has, "
            "how many symbols back it sees (reach), update, training loss (a running mean) and "
            "validation loss. −bigram is the loss in bits less what a guesser reaches that knows "
            "the character before: negative is better than that. Updates a second are counted "
            "while it is at work; where it is not, this says why. Then the beginning of the newest "
            "text it wrote. {race.up} {race.down} mark one, {race.open} opens it in the other "
            "screens, {race.drop} takes it out."
        ),
    )
    EMPTY: ClassVar[str] = mark("A line for each network will stand here.")

    _count = 0

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return a line for each network and the heads."""
        return 1 + self._count

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw this moment."""
        race = racing(snapshot)
        count = len(race.entrants) if race else 0
        if count != self._count:
            self._count = count
            self.refresh(layout=True)
        super().show(snapshot, info)

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the numbers."""
        race = racing(snapshot)
        if race is None:
            return None
        rows = tuple(
            (e.name, e.number, e.config, e.parameter_count, e.state, e.reason, e.update, e.smoothed,
             e.validation, e.updates_per_second, e.sample.tobytes())
            for e in race.entrants
        )  # fmt: skip
        return rows, race.chosen, info.symbols, info.bigram

    def draw_moment(
        self, snapshot: Snapshot, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Draw the lines."""
        if (race := racing(snapshot)) is None:
            return []
        return table.draw(race, info, table_of(self).named, width, height, self.palette)

    def titles(self) -> tuple[str, ...]:
        """Name the unit."""
        unit = tr(self.info.unit if self.info else "character")
        race = racing(self.snapshot)
        shared = table.shared_words(race, self.size.width) if race else ""
        what = tr("Networks") + (f" · {shared} …" if shared else "")
        return (
            what + tr(" · loss, running mean, and validation in nats per {unit}", unit=unit),
            what + tr(" · loss in nats per {unit}", unit=unit),
            what + tr(" · loss in nats"),
        )

    def legend(self) -> Content:
        """Say what the losses are compared with."""
        race = racing(self.snapshot)
        if self.info is None or race is None:
            return Content("")
        shown = table.columns_shown(race, self.size.width)
        if not any(column.head == BIGRAM for column in shown):
            return Content("")
        bigram = loss(told(self.info.bigram, "bits"))
        unit = tr(self.info.unit)
        return Content(
            tr("−bigram: less the bigram's {bits} bits per {unit}", bits=bigram, unit=unit)
        )

    @property
    def copied(self) -> Copied | None:
        """The table, as a text of columns."""
        race = racing(self.snapshot)
        if race is None or self.info is None:
            return None
        return Copied(mark("the table"), table.as_text(race, self.info))
