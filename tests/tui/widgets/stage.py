"""An app with nothing but the widgets under test, and what it has painted."""

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from rnn_tui.tui.messages import StatusText
from rnn_tui.tui.screens.colored import ColoredScreen


class Stage(App[None]):
    """Shows `actors` below each other."""

    AUTO_FOCUS = ""
    CSS = "Stage > ColoredScreen > * { height: 1fr; }"

    def __init__(self, *actors: Widget) -> None:
        super().__init__()
        self.actors = actors
        self.heard: list[str] = []
        """The prefixes told by a prefix panel."""
        self.said: list[str] = []

    def get_default_screen(self) -> Screen[None]:
        return ColoredScreen()

    def compose(self) -> ComposeResult:
        yield from self.actors

    def on_status_text(self, event: StatusText) -> None:
        self.said.append(event.text)

    def on_prefix_changed(self, event: object) -> None:
        self.heard.append(event.text)  # type: ignore[attr-defined]

    @property
    def strips(self) -> list[Strip]:
        """The lines on the screen."""
        return self.screen._compositor.render_strips()

    @property
    def lines(self) -> list[str]:
        """The lines on the screen as text."""
        return [strip.text for strip in self.strips]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)
