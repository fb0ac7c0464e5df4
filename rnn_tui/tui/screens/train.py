"""Screen 1, Train: loss, predictions, samples and the reader's own prefix, live."""

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from rnn_tui.keys.key import Scope
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.control.copying import Copied, Wish, continuation, newest_sample
from rnn_tui.tui.messages import StatusText, ViewChanged
from rnn_tui.tui.renderables.loss.losses import Unit
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.widgets.divergence_panel import DivergencePanel
from rnn_tui.tui.widgets.loss_chart import LossChart
from rnn_tui.tui.widgets.prefix_panel import PrefixChanged, PrefixPanel
from rnn_tui.tui.widgets.run_panel import RunPanel
from rnn_tui.tui.widgets.samples_panel import SamplesPanel
from rnn_tui.tui.widgets.softmax_bars import SoftmaxBars

UNITS: dict[Unit, str] = {
    "nats": "Loss in nats per character.",
    "bits": "Loss in bits per character.",
    "perplexity": "Loss as perplexity: the network is torn among so many characters.",
}
LEAST_ROWS = 12
DOTS = 2
"""Points of the curve in a cell's width."""


class TrainScreen(RunScreen):
    """Four panels; made for 80×24, 120×40 and 200×60."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("train")

    def panels(self) -> Iterable[Widget]:
        """Return chart and bars above, samples and prefix below."""
        yield Container(
            LossChart(id="loss"),
            SoftmaxBars(id="bars"),
            RunPanel(id="run"),
            SamplesPanel(id="samples"),
            PrefixPanel(id="after"),
            id="panels",
        )
        yield DivergencePanel(id="divergence")

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """While the prefix box has the keyboard, the other keys are letters."""
        return ("prefix",) if isinstance(self.focused, Input) else ("app", "train")

    @property
    def view(self) -> View:
        """As much of everything as the panels have room for."""
        bars, after = self.query_one(SoftmaxBars), self.query_one(PrefixPanel)
        return View(
            prefix=after.text or None,
            steps=bars.visible_steps,
            rows=max(bars.visible_rows, after.visible_rows, LEAST_ROWS),
            bins=max(DOTS * self.query_one(LossChart).size.width, 1),
            continuation=max(after.size.width, 1),
            samples=self.query_one(SamplesPanel).visible_samples,
        )

    def copied(self, wish: Wish) -> Copied | None:
        """Return the continuation of a prefix that is there, or else the newest sample."""
        if self.snapshot is None or self.info is None:
            return None
        after = continuation(self.snapshot, self.info) if wish == "page" else None
        return after or newest_sample(self.snapshot, self.info)

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw one moment of the run."""
        super().show(snapshot, info)
        self.query_one(LossChart).show(snapshot, info)
        self.query_one(SoftmaxBars).show(snapshot, info)
        self.query_one(SamplesPanel).show(snapshot, info)
        self.query_one(PrefixPanel).show(snapshot, info)
        self.query_one(DivergencePanel).show(snapshot.trouble, snapshot.update)
        if (run := self.query_one(RunPanel)).display:
            run.show(snapshot, info)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the prefix box have its own slashes."""
        return action != "prefix" or not isinstance(self.focused, Input)

    def action_prefix(self) -> None:
        """Give the prefix box the keyboard."""
        self.set_focus(self.query_one("#prefix", Input))

    def action_log_scale(self) -> None:
        """Change between the linear and the logarithmic scale."""
        chart = self.query_one(LossChart)
        chart.log_scale = not chart.log_scale
        self.post_message(
            StatusText(f"Loss on a {'logarithmic' if chart.log_scale else 'linear'} scale.")
        )

    def action_unit(self) -> None:
        """Take the next unit of the loss."""
        chart, units = self.query_one(LossChart), list(UNITS)
        chart.unit = units[(units.index(chart.unit) + 1) % len(units)]
        self.post_message(StatusText(UNITS[chart.unit]))

    def action_scroll(self, by: int) -> None:
        """Show other time steps."""
        self.query_one(SoftmaxBars).scroll_steps(by)
        self.post_message(ViewChanged())

    def on_prefix_changed(self, _: PrefixChanged) -> None:
        """Ask what comes after the new prefix."""
        self.post_message(ViewChanged())

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Show the keys of the prefix box."""
        self.label_keys()

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        """Show the commands again."""
        self.label_keys()
