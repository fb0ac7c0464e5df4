"""What every app of ours has: theme, keys of any keyboard, characters of any terminal, signals."""

from collections.abc import Sequence
from functools import partial

from textual import events
from textual.driver import Driver
from textual.filter import LineFilter
from textual.message import Message

from rnn_tui.charsets.names import Charset
from rnn_tui.errors import InputError
from rnn_tui.keys.in_force import KeyTable
from rnn_tui.keys.layouts import Keyboard
from rnn_tui.keys.strokes import textual_name
from rnn_tui.slips import near
from rnn_tui.text.visible import visible
from rnn_tui.tui.control.bindings import keymap
from rnn_tui.tui.terminal import suspension, terminal
from rnn_tui.tui.terminal.ascii_filter import AsciiFilter
from rnn_tui.tui.terminal.cluster_filter import ClusterFilter
from rnn_tui.tui.terminal.crash import CrashHandling
from rnn_tui.tui.terminal.cut_cache import bound_cut_cache
from rnn_tui.tui.theme.rules import ParsedOnce

MOST_KEYS = 300
"""Messages that wait; more come from no person. A hundred thousand keys froze the screen for
minutes."""


class TerminalApp(CrashHandling):
    """An app in a terminal that is left in good order."""

    def __init__(
        self, *, theme: str | None, keys: KeyTable | None, charset: Charset = "unicode"
    ) -> None:
        """Make the app.

        Args:
            theme: A Textual theme; None: the environment's choice or the default.
            keys: The keys in force; None: those of the table.
            charset: Which characters the terminal can show.

        Raises:
            InputError: There is no such theme.
        """
        # Textual chooses its filter before a theme can be set: without the hint NO_COLOR would
        # turn the terminal's own colors, which have no values, into black on black.
        super().__init__(ansi_color=True if terminal.colorless(theme) else None)
        self.stylesheet = ParsedOnce(variables=self.get_css_variables())
        self._choose_theme(theme)
        bound_cut_cache()
        self.keys = keys or KeyTable()
        self._keyboard = Keyboard()
        self._ascii_filter = AsciiFilter(charset)
        self._cluster_filter = ClusterFilter()
        self.watchdog = terminal.Watchdog(self.end)

    def begin(self) -> None:
        """Do what has to be done before the app runs."""

    def end(self) -> None:
        """Do what has to be done when it is over, or cannot end itself."""

    def _choose_theme(self, name: str | None) -> None:
        name = name or terminal.default_theme()
        if name is None:
            return
        if name not in self.available_themes:
            known = ", ".join(sorted(self.available_themes))
            hint = near(name, self.available_themes, cutoff=0.75) or f"there are {known}"
            raise InputError(f"there is no theme {visible(name)}; {hint}")
        self.theme = name

    def get_driver_class(self) -> type[Driver]:
        """Return what paints and reads keys; in a terminal, one that no byte stops."""
        found = super().get_driver_class()
        if found.__name__ != "LinuxDriver":  # a browser, Windows, a test
            return found
        from rnn_tui.tui.terminal.input_driver import InputDriver  # not to be imported on Windows

        return InputDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every painted line goes through."""
        spelling = [self._ascii_filter] if self._ascii_filter.enabled else []
        return [*spelling, self._cluster_filter, *super().get_line_filters()]

    def take_terminal(self) -> None:
        """Take the user's keys; leave in good order whatever happens."""
        self.set_keymap(keymap(self.keys))
        if not self.is_headless:
            terminal.on_signals(self.watchdog.arm, partial(self.exit, None))
            repaint = partial(self.refresh, layout=True)
            suspension.listen(self._driver, repaint, self.watchdog.hurry)
        self.begin_capture_print(self)

    def post_message(self, message: Message) -> bool:
        """Take a message; of a flood of keys, such as a pasted novel, only the first ones."""
        if isinstance(message, events.Key) and self._message_queue.qsize() > MOST_KEYS:
            return False
        return super().post_message(message)

    def on_key(self, event: events.Key) -> None:
        """Read a key nobody knew as the Latin one on the same place of the keyboard."""
        known = event.key in self.screen.active_bindings
        for character in "" if known else self._keyboard.read(event.character or ""):
            self.simulate_key(textual_name(character))
