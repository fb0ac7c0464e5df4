"""The panels of a race: all curves, a line for each network, what each expects after a prefix."""

from collections.abc import Hashable
from typing import ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip

from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.control.copying import Copied
from rnn_tui.tui.renderables.axes import settle
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.loss.losses import told
from rnn_tui.tui.renderables.numbers import loss
from rnn_tui.tui.renderables.predictions import unknown
from rnn_tui.tui.renderables.race import chart, predictions, table
from rnn_tui.tui.renderables.race.columns import BIGRAM
from rnn_tui.tui.renderables.race.curve import Along, curves_of, least_end
from rnn_tui.tui.renderables.race.racing import racing
from rnn_tui.tui.widgets.loss_chart import LossPanel
from rnn_tui.tui.widgets.panel import Drawn, Panel
from rnn_tui.tui.widgets.prefix_panel import PrefixPanel

ALONE = (
    "One network runs. Press {race.open}, and the other kinds of network race it, from the first "
    "update on, on the same text."
)
LEFT = "One network runs: the others are out of the race."
_ALONG: tuple[Along, ...] = ("updates", "characters", "seconds at work")
_SAID: dict[Along, str] = {
    "updates": "Loss over the updates: who learns more from each.",
    "characters": "Loss over the characters read, the same number in every update.",
    "seconds at work": "Loss over the seconds each was at work; waiting for others is not counted.",
}


class RaceChart(LossPanel):
    """The training loss of every network, in a color and a form of line of its own."""

    ABOUT: ClassVar[tuple[str, str]] = (
        "All curves",
        "The training loss of every network, as a running mean. Each has its own color and form of "
        "line, the same as in the table, and its name at the end of it; ▸ is the marked one. ✗ "
        "stands where one diverged, ↑24 says how high a curve is that is cut at the top edge. "
        "{race.axis} counts something else at the bottom: updates tell which network learns more "
        "from the same text, seconds at work which learns faster on this computer. Guide lines: "
        "uniform takes every character for equally likely, bigram knows the character before.",
    )
    EMPTY: ClassVar[str] = "The loss of every network will be drawn here."
    OF_NETWORK: ClassVar[bool] = True

    along: reactive[Along] = reactive[Along]("updates")
    """What the bottom axis counts."""

    def next_axis(self) -> str:
        """Count something else along the bottom."""
        self.along = _ALONG[(_ALONG.index(self.along) + 1) % len(_ALONG)]
        return _SAID[self.along]

    def watch_along(self) -> None:
        """Draw anew."""
        self.redraw()

    def looks(self, snapshot: Snapshot, info: RunInfo) -> Hashable:
        """Return the curves."""
        race = racing(snapshot)
        if race is None:
            return None
        curves = tuple(
            (e.name, e.number, e.state == "diverged", e.curves.update.tobytes(),
             e.curves.smoothed.tobytes(), e.seconds.tobytes())
            for e in race.entrants
        )  # fmt: skip
        return curves, race.chosen, race.characters, info.uniform, info.bigram

    def draw_moment(
        self, snapshot: Snapshot, info: RunInfo, width: int, height: int
    ) -> list[Strip]:
        """Draw the curves, or say how a race begins."""
        race = racing(snapshot)
        if race is None:
            # An app that was opened on a race has no others to begin one with.
            said = LEFT if self.app.DEFAULT_MODE == "race" else ALONE
            return sentence(table_of(self).named(said), width, height, self.palette.dim)
        curves = curves_of(race, self.along, self.unit)
        levels = chart.levels_of(info, self.unit)
        wanted = chart.wanted_range(curves, levels, log=self.log_scale)
        self._range = settle(self._range, wanted)
        least = least_end(race, self.along)
        return chart.draw(
            curves, levels, self._range, self.along, least, width, height, self.palette
        )

    def titles(self) -> tuple[str, ...]:
        """Name the unit and the scale."""
        if not racing(self.snapshot):
            return ("Race",)
        symbol = self.info.unit if self.info else "character"
        unit = f"{self.unit} per {symbol}{self.scale}"
        return (f"Race · training loss, running mean · {unit}", f"Race · loss · {unit}", "Race")


class RaceTable(Panel):
    """A line for each network."""

    ABOUT: ClassVar[tuple[str, str]] = (
        "The networks",
        "Form and color of its curve, its size (layers × units), how many parameters it has, how "
        "many symbols back it sees (reach), update, training loss (a running mean) and validation "
        "loss. −bigram is the loss in bits less what a guesser reaches that knows the character "
        "before: negative is better than that. Updates a second are counted while it is at work; "
        "where it is not, this says why. "
        "Then the beginning of the newest text it wrote. {race.up} {race.down} mark one, "
        "{race.open} opens it in the other screens, {race.drop} takes it out.",
    )
    EMPTY: ClassVar[str] = "A line for each network will stand here."

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
        symbol = self.info.unit if self.info else "character"
        race = racing(self.snapshot)
        what = f"Networks{table.shared_words(race, self.size.width)}" if race else "Networks"
        return (
            f"{what} · loss, running mean, and validation in nats per {symbol}",
            f"{what} · loss in nats per {symbol}",
            f"{what} · loss in nats",
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
        return Content(f"−bigram: less the bigram's {bigram} bits per {self.info.unit}")

    @property
    def copied(self) -> Copied | None:
        """The table, as a text of columns."""
        race = racing(self.snapshot)
        if race is None or self.info is None:
            return None
        return Copied("the table", table.as_text(race, self.info))


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
            text = "Press {race.prefix} and type: what each network expects next will stand here."
            return sentence(table_of(self).named(text), width, height, self.palette.dim)
        return predictions.draw(race, self.info, width, height, self.palette)


class RaceAfter(PrefixPanel):
    """One prefix for all, above what each network expects next."""

    ABOUT: ClassVar[tuple[str, str]] = (
        "After one prefix",
        "Type {race.prefix} and a beginning of your own: what each network expects next stands "
        "side by side, the likeliest first. Of a small alphabet each symbol has the same line in "
        "all columns.",
    )
    ENTER: ClassVar[str] = "race.prefix"
    PICTURE: ClassVar[type[Drawn]] = Expected

    def titles(self, symbol: str) -> tuple[str, ...]:
        """Return what is shown, and in which unit: the same in fewer and fewer words."""
        return (
            f"After one prefix · probability of the next {symbol} in %",
            "After one prefix · next in %",
            "After one prefix · %",
        )

    @property
    def visible_rows(self) -> int:
        """How many next symbols fit."""
        return max(self.picture.size.height - 1, 1)
