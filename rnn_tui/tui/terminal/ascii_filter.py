"""Everything the screen paints on its way to a terminal that has not all characters."""

from dataclasses import replace

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from rnn_tui.charsets.names import Charset
from rnn_tui.charsets.spelling import count_alike, spell_line
from rnn_tui.language import phrase
from rnn_tui.protocol.snapshot import RunInfo


class AsciiFilter(LineFilter):
    """Respells what is not in the charset; Textual passes every line of every widget through it."""

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

    def noted(self, info: RunInfo) -> RunInfo:
        """Add a note about symbols that look alike in this terminal, if there are any."""
        alike = count_alike(info.symbols, self._charset) if self.enabled else 0
        if not alike:
            return info
        note = phrase(
            "{count} of {all} symbols look alike here; see --charset.",
            count=f"{alike:,}",
            all=f"{len(info.symbols):,}",
        )
        return replace(info, notes=(note, *info.notes))
