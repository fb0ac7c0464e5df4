"""A line to type a text for the columns."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widgets import Input, Static

from rnn_tui.language import mark, tr
from rnn_tui.tui.control.bindings import bindings, table_of
from rnn_tui.tui.renderables.glyphs import typed
from rnn_tui.tui.widgets.prefix_panel import PrefixChanged, PrefixInput

LONGEST = 200
"""Characters; as many time steps are looked at."""


class TextBar(Horizontal):
    """Hidden until it is needed; what is typed stands in the columns at once."""

    DEFAULT_CSS = """
    TextBar {
        height: 1;
        display: none;
        &.-used, &:focus-within { display: block; }
        Static { width: auto; padding: 0 1; color: $foreground 60%; }
        Input, Input:focus {
            width: 1fr;
            height: 1;
            border: none;
            padding: 0;
            background: transparent;
            background-tint: transparent;
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("text")
    TYPED: ClassVar[str] = mark("your text")
    """What is typed here."""
    LINE: ClassVar[str] = "text"
    """The id of the line."""

    def __init__(self, key: str, *, classes: str | None = None) -> None:
        """Make the line.

        Args:
            key: The name of the key that leads to it.
            classes: As Textual takes them.
        """
        super().__init__(classes=classes)
        self._key = key

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Static(self._label, id="typed", markup=False)
        yield PrefixInput(id=self.LINE, max_length=LONGEST, select_on_focus=False, compact=True)

    @property
    def _label(self) -> str:
        return f"{table_of(self)[self._key].face} {tr(self.TYPED)}:"

    def speak(self) -> None:
        """Name it in the language that is spoken now."""
        self.query_one("#typed", Static).update(self._label)

    @property
    def text(self) -> str | None:
        """The text as the network reads it; None where nothing is typed."""
        return "".join(map(typed, self.query_one(Input).value)) or None

    def enter(self) -> None:
        """Take the keyboard."""
        self.add_class("-used")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what the text is now."""
        event.stop()
        if self.text:  # be it typed or found again
            self.add_class("-used")
        self.post_message(self.changed())

    def changed(self) -> Message:
        """Return what tells of the text there is now."""
        return PrefixChanged(self.text or "")

    def action_leave(self) -> None:
        """Give the keyboard back; an empty line goes away."""
        self.screen.set_focus(None)
        self.set_class(self.text is not None, "-used")
