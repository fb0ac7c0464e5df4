"""Screen 3, Backprop: one update, one micro-step at a time, on and back."""

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import BindingType

from rnn_tui.language import mark, tr
from rnn_tui.protocol.inside import InsideView
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.update import BackpropView
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.messages import ViewChanged
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.screens.lessons import BACKPROP
from rnn_tui.tui.widgets.panel import Shown
from rnn_tui.tui.widgets.update.formula import FormulaPanel
from rnn_tui.tui.widgets.update.known import KnownPanel
from rnn_tui.tui.widgets.update.matrices import MatrixPanel
from rnn_tui.tui.widgets.update.strip import StripPanel

NEXT = mark("This is the update that comes next: its window is the one that training reads.")
BOTH = mark("What is known and the gradients are both here.")
ROOMY = 8
"""Lines of the formula from which on there is also room for what is known."""
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

    chosen: bool | None = None
    """Whether what is known is to be seen where there is no room for the gradients beside it."""

    @property
    def is_tight(self) -> bool:
        """Whether there is room for one of the two beside the formula."""
        return self.has_class("-low") and not self.small

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw one moment of the run; on the way forward what is known, for gradients are 0."""
        super().show(snapshot, info)
        self._choose()

    def fit(self) -> None:
        """Show what there is room for."""
        super().fit()
        self._choose()

    def _choose(self) -> None:
        formula, panel = self.query_one(FormulaPanel), self.query_one(KnownPanel)
        forward = formula.is_forward and formula.size.height >= ROOMY
        known = self.is_tight and (forward if self.chosen is None else self.chosen)
        if known != self.has_class("-known"):
            # Where the gradients were, so that the formula stays where it is.
            upper, lower = (formula, panel) if known else (panel, formula)
            self.move_child(upper, before=lower)
            self.set_class(known, "-known")
            self.label_keys()
            self.call_after_refresh(self.post_message, ViewChanged())

    def action_lower(self) -> None:
        """Show the other of the two."""
        if self.is_tight:
            self.chosen = not self.has_class("-known")
            self._choose()
        else:
            self._say(tr(BOTH))

    def action_panel(self, name: str, method: str, *values: object) -> None:
        """Have a panel do something; what is done to the gradients is to be seen."""
        if name == "matrices" and self.has_class("-known"):
            self.chosen = False
            self._choose()
        super().action_panel(name, method, *values)

    @property
    def relabeled(self) -> Mapping[str, str]:
        """What the key leads to that shows one of the two."""
        seen = mark("gradients") if self.has_class("-known") else mark("known")
        return {"backprop.lower": seen if self.is_tight else ""}

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
