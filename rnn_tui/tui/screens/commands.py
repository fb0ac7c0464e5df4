"""All commands by name."""

from contextlib import suppress
from typing import Any

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.command import CommandInput, CommandPalette
from textual.errors import NoWidget
from textual.events import Click
from textual.worker import Worker

from rnn_tui.tui.screens.resize_guard import ResizeGuard
from rnn_tui.tui.widgets.safe_line import SafeLine


class CommandLine(CommandInput, SafeLine):
    """The palette's line; Textual's own paints control characters that were pasted into it.

    Its styles are found by the name of the first class it is made from.
    """


class Commands(ResizeGuard, CommandPalette):
    """Textual's palette, without four ways (in 8.2.8) of ending the program.

    Paging through a list without a line is a KeyError there: `OptionList._move_page` looks for
    the option on a line that a very low window does not have. Of two clicks beside the palette the
    second closes a palette that is closed, or the screen that came after it. A click may arrive
    when the window has become so small that nothing is under it any more. And a search looks for
    its list when that is gone.
    """

    def compose(self) -> ComposeResult:
        """Lay out what Textual does, with a line of our own."""
        for widget in super().compose():
            if isinstance(widget, CommandInput):
                yield CommandLine(placeholder=widget.placeholder, select_on_focus=False)
            else:
                yield widget

    def _on_click(self, event: Click) -> None:  # type: ignore[override]
        event.prevent_default()  # or Textual would call the same again
        with suppress(NoWidget):
            super()._on_click(event)

    def run_worker(self, *arguments: Any, **options: Any) -> Worker[Any]:
        """Search; what that raises once the palette is closed ends nothing."""
        return super().run_worker(*arguments, **{**options, "exit_on_error": False})

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it, once."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)
