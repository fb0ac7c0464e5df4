"""A screen with the norms alone."""

from typing import ClassVar

from rnn_tui.tui.widgets.toy import ToyPanel
from textual.binding import BindingType

from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.screens.inside_screen import InsideScreen
from rnn_tui.tui.screens.lessons import Lesson
from rnn_tui.tui.widgets.panel import Shown


class ToyScreen(InsideScreen):
    """One panel."""

    SCOPE = "toy"
    LESSON = Lesson("The toy", "What a toy teaches.", ("toy = toy",), ("Look at it.",))
    BINDINGS: ClassVar[list[BindingType]] = bindings("toy")
    PANELS: ClassVar[dict[str, type[Shown]]] = {"alone": ToyPanel}
