"""What the screens that look inside the network share."""

from typing import ClassVar

from textual import events
from textual.widgets import Input

from rnn_tui.keys.key import Scope
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.inside import InsideView
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.tui.messages import ViewChanged
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.widgets.inside_panel import InsidePanel
from rnn_tui.tui.widgets.prefix_panel import PrefixChanged
from rnn_tui.tui.widgets.text_bar import TextBar


class InsideScreen(RunScreen):
    """Looks at one thing inside, and asks for nothing else."""

    SCOPE: ClassVar[Scope]

    @property
    def inside(self) -> InsideView:
        """What to look at."""
        raise NotImplementedError

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """While a text is being typed, the other keys are letters."""
        return ("text",) if isinstance(self.focused, Input) else ("app", self.SCOPE)

    @property
    def view(self) -> View:
        """Nothing of the Train screen."""
        return View(steps=1, rows=1, bins=1, continuation=0, samples=0, inside=(self.inside,))

    def show(self, snapshot: Snapshot, info: RunInfo) -> None:
        """Draw one moment of the run."""
        super().show(snapshot, info)
        for panel in self.query(InsidePanel):
            # What was asked for by the screen before stays away until the right answer comes.
            if panel.part_of(snapshot) is not None or panel.snapshot is None:
                panel.show(snapshot, info)

    def read(self, text: str | None) -> None:
        """Look at a text of one's own; None: at the corpus."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let the text line have its own slashes."""
        return action != "text" or not isinstance(self.focused, Input)

    def action_text(self) -> None:
        """Give the text line the keyboard."""
        self.query_one(TextBar).enter()

    def on_prefix_changed(self, event: PrefixChanged) -> None:
        """Put the new text in the columns."""
        self.read(event.text or None)
        self.post_message(ViewChanged())

    def on_descendant_focus(self, _: events.DescendantFocus) -> None:
        """Show the keys of the text line."""
        self.label_keys()

    def on_descendant_blur(self, _: events.DescendantBlur) -> None:
        """Show the commands again."""
        self.label_keys()
