"""A line to type a string that is looked for in the corpus."""

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.widgets import Input

from rnn_tui.language import mark
from rnn_tui.tui.control.bindings import bindings
from rnn_tui.tui.widgets.text_bar import TextBar


class FindRequested(Message):
    """The string is to be looked for, on or back."""

    def __init__(self, text: str, *, back: bool) -> None:
        super().__init__()
        self.text, self.back = text, back


class FindBar(TextBar, inherit_bindings=False):
    """Hidden while nothing is typed; a key looks for what is typed, and the line stays."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("find")
    TYPED: ClassVar[str] = mark("find")
    LINE: ClassVar[str] = "find"

    def __init__(self) -> None:
        super().__init__("window.find", classes="body")

    def enter(self) -> None:
        """Take the keyboard, and select what is there: typing begins anew."""
        super().enter()
        self.query_one(Input).select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Wait: it is looked for at a key."""
        event.stop()
        event.prevent_default()  # or Textual would call the same of `TextBar`, too

    def action_hit(self, by: int) -> None:
        """Have it looked for."""
        if self.text:
            self.post_message(FindRequested(self.text, back=by < 0))

    def action_leave(self) -> None:
        """Give the keyboard back, and the line to the pictures."""
        self.screen.set_focus(None)
        self.remove_class("-used")
