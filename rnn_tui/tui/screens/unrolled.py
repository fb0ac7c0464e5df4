"""Screen 2, Unrolled: the textbook's figure with the network's own numbers, live."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.messages import ViewChanged
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.screens.lessons import UNROLLED
from rnn_tui.tui.widgets.memory.number_bar import NumberBar
from rnn_tui.tui.widgets.panel import Shown
from rnn_tui.tui.widgets.text_bar import TextBar
from rnn_tui.tui.widgets.unrolled.made_of_panel import MadeOfPanel
from rnn_tui.tui.widgets.unrolled.unrolled_panel import UnrolledPanel


class UnrolledScreen(InsideScreen):
    """One panel, and a line to type in."""

    SCOPE = "unrolled"
    LESSON = UNROLLED
    BINDINGS: ClassVar[list[BindingType]] = bindings("unrolled")
    PANELS: ClassVar[dict[str, type[Shown]]] = {
        "unrolled": UnrolledPanel,
        "made_of": MadeOfPanel,
    }
    # Not in app.tcss: it would be parsed before the first frame.
    DEFAULT_CSS = """
    UnrolledScreen {
        #made_of { display: none; }
        &.-made-of #made_of { display: block; }
        &.-made-of.-low #unrolled { display: none; }
    }
    """

    @property
    def relabeled(self) -> Mapping[str, str]:
        """Wiping is offered while nothing is changed, and then putting back."""
        changed = self.query_one(UnrolledPanel).change is not None
        other = {"unrolled.wipe" if changed else "unrolled.put_back": ""}
        if self.info is not None and self.info.config.network != "recurrent":
            return other | {"unrolled.wipe": "", "unrolled.type": "", "unrolled.type_c": ""}
        return other

    def panels(self) -> Iterable[Widget]:
        """Return figure and lines to type in."""
        yield from super().panels()
        yield NumberBar()
        yield TextBar("unrolled.text")

    def on_view_changed(self, _: ViewChanged) -> None:
        """Show whether there is something to put back."""
        self.label_keys()
