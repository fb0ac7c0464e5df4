"""All commands by name."""

from contextlib import suppress

from textual.command import CommandPalette


class Commands(CommandPalette):
    """Textual's palette; paging through a list without a line does nothing here.

    There (Textual 8.2.8) it is a KeyError that ends the program: `OptionList._move_page` looks for
    the option on a line that a very low window does not have.
    """

    def _action_command_list(self, action: str) -> None:
        with suppress(KeyError):
            super()._action_command_list(action)
