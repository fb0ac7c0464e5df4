"""All commands by name."""

from contextlib import suppress

from textual.await_complete import AwaitComplete
from textual.command import CommandPalette


class Commands(CommandPalette):
    """Textual's palette, without two ways (in 8.2.8) of ending the program.

    Paging through a list without a line is a KeyError there: `OptionList._move_page` looks for
    the option on a line that a very low window does not have. And of two clicks beside the palette
    the second closes a palette that is closed, or the screen that came after it.
    """

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close it, once."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)
