"""Screen 2, Unrolled: the textbook's figure with the network's own numbers, live."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from rnn_tui.protocol.unrolled import UnrolledView
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.control.copying import Copied, Wish
from rnn_tui.tui.messages import StatusText
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.screens.lessons import UNROLLED
from rnn_tui.tui.widgets.text_bar import TextBar
from rnn_tui.tui.widgets.unrolled_panel import UnrolledPanel


class UnrolledScreen(InsideScreen):
    """One panel, and a line to type in."""

    SCOPE = "unrolled"
    LESSON = UNROLLED
    BINDINGS: ClassVar[list[BindingType]] = bindings("unrolled")

    def __init__(self) -> None:
        super().__init__()
        self._panel = UnrolledPanel(id="unrolled", classes="page")

    def panels(self) -> Iterable[Widget]:
        """Return figure and text line."""
        yield self._panel
        yield TextBar("unrolled.text")

    @property
    def inside(self) -> UnrolledView:
        """The columns there is room for."""
        return self._panel.view

    def copied(self, wish: Wish) -> Copied | None:
        """Return the numbers of the marked time step."""
        return self._panel.copied

    def read(self, text: str | None) -> None:
        """Put a text in the columns."""
        self._panel.read(text)

    def action_mark(self, by: int) -> None:
        """Mark another time step."""
        self._panel.move(by)

    def action_unit(self, by: int) -> None:
        """Mark another hidden unit; by 0 rows, the one beside it."""
        self._panel.choose(by * self._panel.row)

    def action_probabilities(self) -> None:
        """Change between logits and probabilities."""
        self._panel.toggle_probabilities()

    def action_gates(self) -> None:
        """Unfold gates and cell state."""
        if self._panel.has_gates:
            self._panel.toggle_gates()
        else:
            self.post_message(StatusText("This cell has no gates: --cell lstm or --cell gru has."))

    def action_layer(self) -> None:
        """Show the next layer."""
        self._panel.next_layer()
