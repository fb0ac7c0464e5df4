"""The footer: the most important keys that fit."""

from collections.abc import Collection, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.widget import Widget

from rnn_tui.keys.footer import Entry, footer
from rnn_tui.keys.key import Scope
from rnn_tui.keys.strokes import textual_name
from rnn_tui.language import cells, used
from rnn_tui.tui.control.bindings import table_of


class KeyBar(Widget):
    """Shows keys and their labels on one line; a click on one is a stroke of it.

    Textual's own footer is a widget per key, built after the first picture; this one is one.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key"}
    DEFAULT_CSS = """
    KeyBar {
        height: 1;
        padding: 0 1;
        color: $foreground 75%;
        text-wrap: nowrap;
        & > .key-bar--key { color: $text-primary; text-style: bold; }
    }
    """

    def __init__(self, scopes: Sequence[Scope], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._scopes = tuple(scopes)
        self._standing = self._fallen = False
        self._relabeled: Mapping[str, str] = {}
        self._language = used()
        self._raised: Collection[str] = ()

    def show(
        self,
        scopes: Sequence[Scope],
        *,
        standing: bool,
        fallen: bool = False,
        relabeled: Mapping[str, str] | None = None,
        raised: Collection[str] = (),
    ) -> None:
        """Show the keys of `scopes`, with the labels they have while training stands or runs.

        Without a worker (`fallen`) only those that work; `relabeled` and `raised` as in
        `keys.footer`.
        """
        wanted = (tuple(scopes), standing, fallen, relabeled or {}, raised)
        present = (self._scopes, self._standing, self._fallen, self._relabeled, self._raised)
        if wanted != present or self._language != used():
            self._scopes, self._standing, self._fallen, self._relabeled, self._raised = wanted
            self._language = used()
            self.refresh()

    def render(self) -> RenderResult:
        """Return the line."""
        style = self.get_visual_style("key-bar--key", partial=True)
        parts: list[str | Content] = []
        for entry in self._entries():
            parts.append(Content.assemble((entry.faces, style), f" {entry.label}"))
        return Content("  ").join(parts)

    def on_click(self, event: events.Click) -> None:
        """Strike the key under the mouse."""
        column, x = 0, event.get_content_offset_capture(self).x
        for entry in self._entries():
            for key, text in entry.spots:
                column += cells(text)
                if x < column:
                    self.app.simulate_key(textual_name(key.strokes[0]))
                    return
            column += 2

    def _entries(self) -> list[Entry]:
        width, table = self.content_size.width, table_of(self)
        return footer(
            width,
            self._scopes,
            standing=self._standing,
            fallen=self._fallen,
            relabeled=self._relabeled,
            raised=self._raised,
            table=table,
        )
