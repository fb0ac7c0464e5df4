"""Screen 4, Gradients: how far back the error reaches."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from rnn_tui.protocol.gradient_flow import GradientsView
from rnn_tui.protocol.inside import InsideView
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.screens.lessons import GRADIENTS
from rnn_tui.tui.widgets.gradients.flow import FlowPanel
from rnn_tui.tui.widgets.gradients.norm_chart import NormChart
from rnn_tui.tui.widgets.gradients.words import WordsPanel
from rnn_tui.tui.widgets.panel import Shown
from rnn_tui.tui.widgets.text_bar import TextBar

DOTS = 2
"""Points of the curve in a cell's width."""


class GradientsScreen(InsideScreen):
    """The picture on the left, the other panels on the right."""

    SCOPE = "gradients"
    LESSON = GRADIENTS
    BINDINGS: ClassVar[list[BindingType]] = bindings("gradients")
    PANELS: ClassVar[dict[str, type[Shown]]] = {
        "flow": FlowPanel,
        "words": WordsPanel,
        "norm": NormChart,
    }

    def panels(self) -> Iterable[Widget]:
        """Return the panels and the text line."""
        picture, *others = (panel(id=name) for name, panel in self.PANELS.items())
        yield Horizontal(picture, Vertical(*others, id="beside"), classes="page")
        yield TextBar("gradients.text")

    @property
    def inside(self) -> tuple[InsideView, ...]:
        """The time steps there is room for, and the points of the curve."""
        flow = self.query_one(FlowPanel)
        bins = max(DOTS * self.query_one(NormChart).size.width, 1)
        return (GradientsView(flow.reading, flow.steps, bins), *super().inside)

    @property
    def start(self) -> int:
        """Where its window begins; where few steps have room, what was found ends it."""
        hit = self.passage.hit
        return max(super().start, hit[-1] - self.length) if hit else super().start
