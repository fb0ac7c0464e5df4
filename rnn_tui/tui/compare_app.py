"""The app of `rnn-tui compare`."""

from textual.screen import Screen

from rnn_tui.charsets.names import Charset
from rnn_tui.comparing.comparison import Comparison
from rnn_tui.keys.in_force import KeyTable
from rnn_tui.tui.screens.compare import CompareScreen
from rnn_tui.tui.terminal_app import TerminalApp


class CompareApp(TerminalApp):
    """Shows runs that there were; nothing is trained."""

    TITLE = "rnn-tui"
    ENABLE_COMMAND_PALETTE = False

    def __init__(
        self,
        comparison: Comparison,
        *,
        theme: str | None = None,
        keys: KeyTable | None = None,
        charset: Charset = "unicode",
    ) -> None:
        """Make the app.

        Args:
            comparison: The runs.
            theme: A Textual theme; None: the environment's choice or the default.
            keys: The keys in force; None: those of the table.
            charset: Which characters the terminal can show.

        Raises:
            InputError: There is no such theme.
        """
        super().__init__(theme=theme, keys=keys, charset=charset)
        self._comparison = comparison

    def get_default_screen(self) -> Screen[object]:
        """Return the one screen there is."""
        return CompareScreen(self._comparison)

    def on_mount(self) -> None:
        """Take the user's keys; leave in good order whatever happens."""
        self.take_terminal()
