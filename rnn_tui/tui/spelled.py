"""Everything the screen paints on its way to a terminal that has not all characters."""

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from rnn_tui.charsets.names import Charset
from rnn_tui.charsets.spelling import spell_line


class Spelling(LineFilter):
    """Textual passes every line of every widget, frames and scrollbars too, through it."""

    def __init__(self, charset: Charset) -> None:
        super().__init__(enabled=charset != "unicode")
        self._charset = charset

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Spell a line."""
        if all(text.isascii() for text, _, _ in segments):
            return segments
        spelled = spell_line([text for text, _, _ in segments], self._charset)
        return [
            Segment(text, style, control)
            for text, (_, style, control) in zip(spelled, segments, strict=True)
        ]
