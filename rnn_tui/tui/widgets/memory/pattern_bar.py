"""A line to type a regular expression of one's own."""

from typing import ClassVar

from textual.message import Message

from rnn_tui.language import mark
from rnn_tui.tui.widgets.text_bar import TextBar


class PatternChanged(Message):
    """The pattern is another one; None: there is none."""

    def __init__(self, pattern: str | None) -> None:
        super().__init__()
        self.pattern = pattern


class PatternBar(TextBar):
    """Hidden until it is needed; who follows the pattern is looked for at once."""

    LINE: ClassVar[str] = "pattern"
    TYPED: ClassVar[str] = mark("your pattern")

    def changed(self) -> Message:
        """Return what tells of the pattern there is now."""
        return PatternChanged(self.text)
