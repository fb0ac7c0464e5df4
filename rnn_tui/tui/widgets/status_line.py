"""One calm line above the keys: what came of the last one, or what is worth knowing."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from rnn_tui.language import tr
from rnn_tui.text.steady import steady
from rnn_tui.tui.control.bindings import table_of
from rnn_tui.tui.renderables.lines import cut


class StatusLine(Widget):
    """Shows a message, which stands out, or else notes, which are dim."""

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
        super().__init__(id=id)
        self._sentences: tuple[str, ...] = ()

    def tell(self, message: str, notes: Sequence[str]) -> None:
        """Show `message`; where there is none, `notes`."""
        self.set_class(bool(message), "-message")
        sentences = (message,) if message else tuple(notes)
        if sentences != self._sentences:
            self._sentences = sentences
            self.refresh()

    def render(self) -> RenderResult:
        """Return the sentences that fit, and where the others are."""
        safe = [steady(sentence) for sentence in self._sentences]
        more = table_of(self)["app.help"].face
        return Content(_fitted(safe, self.content_size.width, more))


def _fitted(sentences: Sequence[str], width: int, key: str) -> str:
    """Return as many whole sentences as fit, and the key that tells those that do not."""
    for count in range(len(sentences), 0, -1):
        text = " ".join(sentences[:count]) + _rest(len(sentences) - count, key)
        if cell_len(text) <= width:
            return text
    rest = _rest(len(sentences) - 1, key)
    return cut(sentences[0], width - cell_len(rest)) + rest if sentences else ""


def _rest(count: int, key: str) -> str:
    return tr(" ({key} tells {count} more)", key=key, count=count) if count else ""
