"""Screen 4, Gradients: how far back the error reaches."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from rnn_tui.protocol.gradient_flow import GradientsView
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.control.copying import Copied, Wish
from rnn_tui.tui.messages import StatusText
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.screens.lessons import GRADIENTS
from rnn_tui.tui.widgets.gradient_panels import FlowPanel, NormChart, WordsPanel
from rnn_tui.tui.widgets.text_bar import TextBar

DOTS = 2
"""Points of the curve in a cell's width."""


class GradientsScreen(InsideScreen):
    """The picture on the left, words and the norm on the right."""

    SCOPE = "gradients"
    LESSON = GRADIENTS
    BINDINGS: ClassVar[list[BindingType]] = bindings("gradients")

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowPanel(id="flow")
        self._norm = NormChart(id="norm")

    def panels(self) -> Iterable[Widget]:
        """Return the panels and the text line."""
        beside = Vertical(WordsPanel(id="words"), self._norm, id="beside")
        yield Horizontal(self._flow, beside, classes="page")
        yield TextBar("gradients.text")

    @property
    def inside(self) -> GradientsView:
        """The time steps there is room for."""
        bins = max(DOTS * self._norm.size.width, 1)
        return GradientsView(self._flow.text, self._flow.steps, bins)

    def copied(self, wish: Wish) -> Copied | None:
        """Return the sentences."""
        return self.query_one(WordsPanel).copied

    def read(self, text: str | None) -> None:
        """Look at a text."""
        self._flow.read(text)

    def action_target(self, by: int) -> None:
        """Choose another error."""
        self._flow.move(by)

    def action_layer(self) -> None:
        """Show the next layer."""
        self.post_message(StatusText(self._flow.next_layer()))
