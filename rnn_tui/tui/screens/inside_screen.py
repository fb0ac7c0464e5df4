"""What the screens that look inside the network share."""

from textual.widgets import Input

from rnn_tui.protocol.commands import View
from rnn_tui.tui.screens.window_screen import WindowScreen
from rnn_tui.tui.widgets.prefix_panel import PrefixChanged
from rnn_tui.tui.widgets.text_bar import TextBar


class InsideScreen(WindowScreen):
    """Looks at what its panels want, and asks for nothing else."""

    @property
    def view(self) -> View:
        """Nothing of the Train screen."""
        return View(steps=0, rows=1, bins=1, continuation=0, samples=0, inside=self.inside)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the text line have its own slashes."""
        typing = action == "text" and isinstance(self.focused, Input)
        return not typing and super().check_action(action, parameters)

    def action_text(self) -> None:
        """Give the text line the keyboard."""
        self.query_one(TextBar).enter()

    def on_prefix_changed(self, event: PrefixChanged) -> None:
        """Look at a text of one's own, or at the corpus."""
        self.typed = event.text or None
        self.reread()
