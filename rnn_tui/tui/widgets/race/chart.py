"""The chart of a race: the training loss of every network."""

from collections.abc import Hashable
from typing import ClassVar

from textual.reactive import reactive
from textual.strip import Strip

from rnn_tui.language import mark, tr
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.renderables.axes import settle
from rnn_tui.tui.renderables.lines import sentence
from rnn_tui.tui.renderables.loss.losses import NAMES
from rnn_tui.tui.renderables.race import chart
from rnn_tui.tui.renderables.race.curve import ALONG, Along, curves_of, least_end
from rnn_tui.tui.renderables.race.racing import racing
from rnn_tui.tui.widgets.loss_chart import LossPanel

ALONE = mark(
    "One network runs. Press {race.open}, and the other kinds of network race it, from the first "
    "update on, on the same text."
)
LEFT = mark("One network runs: the others are out of the race.")
_ALONG = tuple(ALONG)
_SAID: dict[Along, str] = {
    "updates": mark("Loss over the updates: who learns more from each."),
    "characters": mark("Loss over the characters read, the same number in every update."),
    "seconds at work": mark(
        "Loss over the seconds each was at work; waiting for others is not counted."
    ),
}


class RaceChart(LossPanel):
    """The training loss of every network, in a color and a form of line of its own."""

    ABOUT: ClassVar[tuple[str, str]] = (
        mark("All curves"),
        mark(
            "The training loss of every network, as a running mean. Each has its own color and "
            "form of line, the same as in the table, and its name at the end of it; ▸ is the "
            "marked one. ✗ stands where one diverged, ↑24 says how high a curve is that is cut at "
            "the top edge. {race.axis} counts something else at the bottom: updates tell which "
            "network learns more from the same text, seconds at work which learns faster on this "
            "computer. Guide lines: uniform takes every character for equally likely, bigram knows "
            "the character before."
        ),
    )
    EMPTY: ClassVar[str] = mark("The loss of every network will be drawn here.")
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
            return sentence(table_of(self).named(tr(said)), width, height, self.palette.dim)
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
            return (tr("Race"),)
        symbol = tr(self.info.unit if self.info else "character")
        measure = tr(NAMES[self.unit])
        long = tr(
            "Race · training loss, running mean · {measure} per {unit}",
            measure=measure,
            unit=symbol,
        )
        short = tr("Race · loss · {measure} per {unit}", measure=measure, unit=symbol)
        return (long + self.scale, short + self.scale, tr("Race"))
