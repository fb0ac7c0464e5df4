"""Screen 3, Backprop: one update, one micro-step at a time, on and back."""

from collections.abc import Iterable
from typing import ClassVar, Literal

from textual.binding import BindingType
from textual.widget import Widget

from rnn_tui.protocol.commands import CheckNetwork, CheckWeight, GoThrough
from rnn_tui.protocol.update import BackpropView
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.control.copying import Copied, Wish
from rnn_tui.tui.messages import CommandRequested, StatusText
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.screens.lessons import BACKPROP
from rnn_tui.tui.widgets.backprop_panels import FormulaPanel, KnownPanel, MatrixPanel, StripPanel

ENTRIES = 24
"""Numbers of a vector to ask for: more of them fit on no line."""
PAUSE_FIRST = "{train.pause} pauses; then a weight's gradient can be checked."
NOT_YET = "The update is being laid open; {backprop.check} then checks a weight's gradient."


class BackpropScreen(InsideScreen):
    """Where we are, the formula, the gradients."""

    SCOPE = "backprop"
    LESSON = BACKPROP
    BINDINGS: ClassVar[list[BindingType]] = bindings("backprop")

    def __init__(self) -> None:
        super().__init__()
        self._known = KnownPanel(id="known", classes="page")
        self._matrices = MatrixPanel(id="matrices", classes="page")

    def panels(self) -> Iterable[Widget]:
        """Return the three panels."""
        yield StripPanel(id="strip", classes="page")
        yield self._known
        yield FormulaPanel(id="formula", classes="page")
        yield self._matrices

    @property
    def inside(self) -> BackpropView:
        """The numbers there is room for."""
        rows, columns = self._matrices.fitting
        steps, units = self._known.fitting
        return BackpropView(ENTRIES, rows, columns, steps, units, self._matrices.marked)

    def copied(self, wish: Wish) -> Copied | None:
        """Return the marked weight and its gradient."""
        return self._matrices.copied

    def action_walk(
        self, to: Literal["on", "back", "step on", "step back", "first", "last"]
    ) -> None:
        """Go through the update."""
        self.post_message(CommandRequested(GoThrough(to)))

    def action_cell(self, down: int, right: int) -> None:
        """Mark another weight."""
        self._matrices.move(down, right)

    def action_check_weight(self) -> None:
        """Check the gradient of the marked weight."""
        part = self._matrices.part
        if part is None or part.weight is None:
            snapshot = self._matrices.snapshot
            running = snapshot is not None and snapshot.state == "running"
            self.post_message(StatusText(PAUSE_FIRST if running else NOT_YET))
            return
        self.post_message(CommandRequested(CheckWeight(part.weight.name, part.weight.index)))

    def action_check_network(self) -> None:
        """Check the gradients of the whole network."""
        self.post_message(CommandRequested(CheckNetwork()))
