"""Screen 0, Race: several networks on one text, side by side."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from rnn_tui.language import mark, tr
from rnn_tui.protocol.commands import BeginRace, View
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import bindings, table_of
from rnn_tui.tui.messages import CommandRequested, StatusText, ViewChanged
from rnn_tui.tui.renderables.lines import cut, fitting
from rnn_tui.tui.renderables.race.hints import in_a_line
from rnn_tui.tui.renderables.race.racing import pace_in_words, racing
from rnn_tui.tui.screens.colored import CURVE_COLORS
from rnn_tui.tui.screens.lessons import RACE
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.theme.palette import CURVES
from rnn_tui.tui.widgets.panel import Shown
from rnn_tui.tui.widgets.prefix_panel import PrefixChanged
from rnn_tui.tui.widgets.race.after import RaceAfter
from rnn_tui.tui.widgets.race.chart import RaceChart
from rnn_tui.tui.widgets.race.table import RaceTable
from rnn_tui.tui.widgets.status_line import StatusLine

NO_WINDOW = mark("Screens 1 to 5 look at the text of the marked network: {race.open} opens them.")
CHANGES = mark("{race.pace} changes that.")
LEAST_ROWS = 4
DOTS = 2
"""Points of a curve in a cell's width."""


class RaceScreen(RunScreen):
    """The curves, the table, and one prefix for all; while one network runs alone, how to begin."""

    SCOPE = "race"
    TYPING = "prefix"
    LESSON = RACE
    BINDINGS: ClassVar[list[BindingType]] = bindings("race")
    COMPONENT_CLASSES: ClassVar[set[str]] = RunScreen.COMPONENT_CLASSES | {
        f"role--{curve}" for curve in CURVES
    }
    DEFAULT_CSS = f"RaceScreen {{ {CURVE_COLORS} }}"
    PANELS: ClassVar[dict[str, type[Shown]]] = {
        "curves": RaceChart,
        "table": RaceTable,
        "expected": RaceAfter,
    }

    def panels(self) -> Iterable[Widget]:
        """Return the panels; the stylesheet puts them beside or below each other."""
        yield Container(
            *(panel(id=name) for name, panel in self.PANELS.items()), id="race", classes="page"
        )

    @property
    def view(self) -> View:
        """The networks, and little of the one that the other screens show."""
        after = self.query_one(RaceAfter)
        return View(
            prefix=after.text or None,
            steps=0,
            rows=max(after.visible_rows, LEAST_ROWS),
            bins=max(DOTS * self.query_one(RaceChart).size.width, 1),
            continuation=1,
            samples=1,
            race=True,
        )

    @property
    def relabeled(self) -> Mapping[str, str]:
        """Of the keys of a race, only one does something while one network runs alone."""
        text = {key.id: "" for key in table_of(self).rows if key.id.startswith("window.")}
        if self.snapshot is None or racing(self.snapshot):
            return text
        begins = self.app.DEFAULT_MODE != "race" and not self.snapshot.replayed
        own = dict.fromkeys((key.id for key in table_of(self).of([self.SCOPE])), "")
        return {**text, **own, "race.open": "race" if begins else ""}

    def bears_faults(self, snapshot: Snapshot | None) -> bool:
        """Say whether the others go on where one worker is gone: the table tells of it."""
        return racing(snapshot) is not None

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw one moment of the race."""
        self.set_class(racing(snapshot) is None, "-alone")
        super().show(snapshot, info)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the prefix box have its own slashes, and be there."""
        typing = isinstance(self.focused, Input) or not racing(self.snapshot)
        return not (action == "prefix" and typing) and super().check_action(action, parameters)

    def action_window(self, *_: object) -> None:
        """Say where there is a window on the text."""
        self.post_message(StatusText(tr(NO_WINDOW)))

    action_next_part = action_find = action_next_hit = action_window

    def action_prefix(self) -> None:
        """Give the prefix box the keyboard."""
        self.set_focus(self.query_one("#prefix", Input))

    def on_prefix_changed(self, _: PrefixChanged) -> None:
        """Ask what comes after the new prefix."""
        self.post_message(ViewChanged())

    async def action_open(self) -> None:
        """Open the marked network in the other screens, or begin a race where there is none."""
        if racing(self.snapshot):
            await self.run_action("app.page('train')")
        else:
            self.post_message(CommandRequested(BeginRace()))

    def _notes(self) -> tuple[str, ...]:
        race = racing(self.snapshot)
        if race is None:
            return super()._notes()
        room, named = self.query_one(StatusLine).content_size.width, table_of(self).named
        chosen = race.marked
        pace = named(f"{pace_in_words(race)} {tr(CHANGES)}")
        hints = in_a_line(chosen, cut(chosen.name, room // 3))
        if not hints:
            return (pace,)
        hint = fitting(room, *(steady(named(hint)) for hint in hints))
        return (hint, pace) if cell_len(f"{hint} {pace}") <= room else (hint,)
