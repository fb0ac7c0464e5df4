"""A line to type in that shows nothing which a terminal obeys or counts in its own way."""

from bisect import bisect_right

from rich.cells import cell_len
from rich.text import Text
from textual.widgets import Input

from rnn_tui.text.steady import one_for_one
from rnn_tui.text.visible import visible
from rnn_tui.tui.messages import StatusText


class SafeLine(Input):
    """A line to type in, on which newlines and controls are pictures."""

    _warning: str | None = None
    """What was said against what is typed here."""

    def warn(self, text: str) -> None:
        """Say what is wrong with what is typed, until that is another text or the line is left."""
        self._warning = text
        # Not by bubbling: Textual stops what is made in a handler of the parent there.
        self.app.post_message(StatusText(text))

    def _take_back(self) -> None:
        if self._warning is not None:
            self.app.post_message(StatusText("", instead_of=self._warning))
            self._warning = None

    def watch_value(self) -> None:
        """Take back what was said against another text."""
        self._take_back()

    def on_blur(self) -> None:
        """Take back what was said against a text that is no longer typed."""
        self._take_back()

    def validate_value(self, value: str) -> str:
        """Make whatever was typed or pasted safe to paint, one character for one."""
        return visible(value)

    # What Textual would paint, and count columns of, is the value as it is.
    @property
    def _value(self) -> Text:
        return Text(one_for_one(self.value), no_wrap=True, overflow="ignore", end="")

    def _position_to_cell(self, position: int) -> int:
        return cell_len(one_for_one(self.value[:position]))

    def _cell_offset_to_index(self, offset: int) -> int:
        wanted = offset + self.scroll_offset.x
        positions = range(len(self.value))
        return bisect_right(positions, wanted, key=lambda at: self._position_to_cell(at + 1))
