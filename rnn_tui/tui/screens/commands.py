"""All commands by name."""

from contextlib import suppress
from typing import Any

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette
from textual.errors import NoWidget
from textual.events import Click
from textual.worker import Worker

from rnn_tui.tui.screens.settled import Settled


class Commands(Settled, CommandPalette):
    """Textual's palette, without four ways (in 8.2.8) of ending the program.

    Paging through a list without a line is a KeyError there: `OptionList._move_page` looks for
    the option on a line that a very low window does not have. Of two clicks beside the palette the
    second closes a palette that is closed, or the screen that came after it. A click may arrive
    when the window has become so small that nothing is under it any more. And a search looks for
    its list when that is gone.
    """

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
