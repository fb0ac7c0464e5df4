"""One calm line above the keys: what came of the last one, or what is worth knowing."""

from textual.content import Content
from textual.widgets import Static

from rnn_tui.text.visible import visible


class StatusLine(Static):
    """Shows one sentence; a message stands out, a note is dim."""

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 1;
        color: $foreground 60%;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &.-message { color: $text-accent; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__("", id=id, markup=False)
        self._shown = ""

    def tell(self, text: str, *, message: bool) -> None:
        """Show `text`; a `message` answers somebody, anything else is a note."""
        self.set_class(message, "-message")
        if text != self._shown:
            self._shown = text
            self.update(Content(visible(text)))
