"""Screen 1, Train: loss, predictions, samples and the reader's own prefix, live."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from rnn_tui.protocol.commands import View
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.control.copying import Copied, CopyKind, continuation, newest_sample
from rnn_tui.tui.messages import ViewChanged
from rnn_tui.tui.screens.window_screen import WindowScreen
from rnn_tui.tui.widgets.divergence_panel import DivergencePanel
from rnn_tui.tui.widgets.loss_chart import LossChart
from rnn_tui.tui.widgets.now_line import NowLine
from rnn_tui.tui.widgets.panel import Shown
from rnn_tui.tui.widgets.prefix_panel import PrefixChanged, PrefixPanel
from rnn_tui.tui.widgets.run_panel import RunPanel
from rnn_tui.tui.widgets.samples_panel import SamplesPanel
from rnn_tui.tui.widgets.softmax_bars import SoftmaxBars
from rnn_tui.tui.widgets.train_panels import TrainPanels

LEAST_ROWS = 12
STANDING = ("train.epoch", "train.save", "time.back")
USEFUL = {
    "running": ("speed.halve", "speed.full"),
    "paused": STANDING,
    "finished": STANDING,
}
"""Keys that are needed in a state more than those of a higher rank; the prefix has its own line."""
DOTS = 2
"""Points of the curve in a cell's width."""


class TrainScreen(WindowScreen):
    """Four panels; made for 80×24, 120×40 and 200×60."""

    SCOPE = "train"
    TYPING = "prefix"
    BINDINGS: ClassVar[list[BindingType]] = bindings("train")
    PANELS: ClassVar[dict[str, type[Shown]]] = {
        "loss": LossChart,
        "bars": SoftmaxBars,
        "run": RunPanel,
        "samples": SamplesPanel,
        "after": PrefixPanel,
        "now": NowLine,
    }

    def panels(self) -> Iterable[Widget]:
        """Return chart and bars above, samples and prefix below."""
        *panels, now = (panel(id=name) for name, panel in self.PANELS.items())
        yield TrainPanels(*panels, id="panels")
        yield now
        yield DivergencePanel(id="divergence")

    @property
    def raised(self) -> tuple[str, ...]:
        """At 80 columns, what one does while training goes on, or while it stands."""
        state = self.snapshot.state if self.snapshot else "running"
        return super().raised or USEFUL.get(state, ())

    @property
    def shown(self) -> Sequence[Shown]:
        """The panels, and the figure where there is one."""
        return [
            *super().shown,
            *(one for one in self.query("#figure").results(Shown) if one.is_mounted),
        ]

    @property
    def view(self) -> View:
        """As much of everything as the panels have room for."""
        bars, after = self.query_one(SoftmaxBars), self.query_one(PrefixPanel)
        samples = self.query_one(SamplesPanel)
        return View(
            prefix=after.asked,
            steps=bars.visible_steps,
            rows=max(bars.visible_rows, after.visible_rows, LEAST_ROWS),
            bins=max(DOTS * self.query_one(LossChart).size.width, 1),
            continuation=max(after.size.width, 1),
            samples=samples.visible_samples,
            memorized=samples.tells,
            inside=self.inside,
            reach=True,
            reading=self.reading,
        )

    def copied(self, kind: CopyKind) -> Copied | None:
        """Return the continuation of a prefix, or else the newest sample, where they are seen."""
        after_prefix = self.query_one(PrefixPanel)
        if self.snapshot is None or self.info is None or after_prefix.covered:
            return None
        typed = kind == "page" and after_prefix.text
        after = continuation(self.snapshot, self.info) if typed else None
        return after or newest_sample(self.snapshot, self.info)

    @property
    def nothing_to_copy(self) -> str:
        """What is said where there is nothing to copy, or all of it is covered."""
        after_prefix = self.query_one(PrefixPanel)
        return after_prefix.question if after_prefix.covered else super().nothing_to_copy

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw one moment of the run."""
        self.query_one(TrainPanels).suit(None if snapshot.replayed else info, self.reading)
        super().show(snapshot, info)
        self.query_one(DivergencePanel).show(snapshot.divergence, snapshot.update)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the prefix box have its own slashes."""
        typing = action == "prefix" and isinstance(self.focused, Input)
        return not typing and super().check_action(action, parameters)

    def action_prefix(self) -> None:
        """Give the prefix box the keyboard."""
        self.set_focus(self.query_one("#prefix", Input))

    def on_prefix_changed(self, _: PrefixChanged) -> None:
        """Ask what comes after the new prefix."""
        self.post_message(ViewChanged())
