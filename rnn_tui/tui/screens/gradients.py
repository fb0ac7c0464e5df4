"""Screen 4, Gradients: how far back the error reaches."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from rnn_tui.tui.keys import bindings
from rnn_tui.tui.messages import Said
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.widgets.gradient_panels import FlowPanel, NormChart, WordsPanel
from rnn_tui.tui.widgets.text_bar import TextBar
from rnn_tui.worker.views import GradientsView

DOTS = 2
"""Points of the curve in a cell's width."""


class GradientsScreen(InsideScreen):
    """The picture on the left, words and the norm on the right."""

    SCOPE = "gradients"
    BINDINGS: ClassVar[list[BindingType]] = bindings("gradients")

    def panels(self) -> Iterable[Widget]:
        """Return the panels and the text line."""
        with Horizontal(id="flow-page", classes="page"):
            yield FlowPanel(id="flow")
            with Vertical(id="beside"):
                yield WordsPanel(id="words")
                yield NormChart(id="norm")
        yield TextBar()

    @property
    def inside(self) -> GradientsView:
        """The time steps there is room for."""
        panel = self.query_one(FlowPanel)
        bins = max(DOTS * self.query_one(NormChart).size.width, 1)
        return GradientsView(panel.text, panel.steps, bins)

    def read(self, text: str | None) -> None:
        """Look at a text."""
        self.query_one(FlowPanel).read(text)

    def action_target(self, by: int) -> None:
        """Choose another error."""
        self.query_one(FlowPanel).move(by)

    def action_layer(self) -> None:
        """Show the next layer."""
        self.post_message(Said(self.query_one(FlowPanel).next_layer()))
