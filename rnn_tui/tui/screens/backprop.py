"""Screen 3, Backprop: one update, one micro-step at a time, on and back."""

from typing import ClassVar

from textual.binding import BindingType

from rnn_tui.language import mark, tr
from rnn_tui.protocol.inside import InsideView
from rnn_tui.protocol.snapshot import RunInfo
from rnn_tui.protocol.update import BackpropView
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.screens.lessons import BACKPROP
from rnn_tui.tui.widgets.backprop_panels import FormulaPanel, KnownPanel, MatrixPanel, StripPanel
from rnn_tui.tui.widgets.panel import Shown

NEXT = mark("This is the update that comes next: its window is the one that training reads.")
ENTRIES = 24
"""Numbers of a vector to ask for: more of them fit on no line."""


class BackpropScreen(InsideScreen):
    """Where we are, what is known, the formula, the gradients."""

    SCOPE = "backprop"
    LESSON = BACKPROP
    BINDINGS: ClassVar[list[BindingType]] = bindings("backprop")
    PANELS: ClassVar[dict[str, type[Shown]]] = {
        "strip": StripPanel,
        "known": KnownPanel,
        "formula": FormulaPanel,
        "matrices": MatrixPanel,
    }

    def _movable(self) -> RunInfo | None:
        self._say(tr(NEXT))
        return None

    @property
    def inside(self) -> tuple[InsideView, ...]:
        """The numbers there is room for."""
        matrices = self.query_one(MatrixPanel)
        rows, columns = matrices.fitting
        steps, units = self.query_one(KnownPanel).fitting
        update = BackpropView(ENTRIES, rows, columns, steps, units, matrices.marked)
        return (update, *super().inside)
