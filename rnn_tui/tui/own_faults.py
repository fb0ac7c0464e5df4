"""Faults of ours: the traceback goes to a file, one line to the terminal."""

from rich.console import RenderableType
from textual import events
from textual.app import App

from rnn_tui.text.visible import visible
from rnn_tui.tui import fault_log


class OwnFaults(App[None]):
    """An app that leaves in good order after a bug."""

    crash = ""
    """After a bug of ours: what and where the traceback is, in one line."""

    def on_print(self, event: events.Print) -> None:
        """Write down what some library prints; for us there is no reason to."""
        fault_log.note(event.text)

    def note_crash(self, error: Exception) -> None:
        """Write the traceback down; the first one counts."""
        log = fault_log.record_exception(error)
        what = visible(f"{type(error).__name__}: {error}".rstrip(": "))
        self.crash = self.crash or f"a fault of ours: {what} (traceback in {visible(log)})"

    def _handle_exception(self, error: Exception) -> None:
        self.note_crash(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Leave; what would be printed here is in the log."""
        self._close_messages_no_wait()
