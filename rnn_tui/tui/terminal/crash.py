"""Faults of ours: the traceback goes to a file, one line to the terminal."""

from pathlib import Path
from traceback import format_exception, walk_tb

from rich.console import RenderableType
from textual import events
from textual.app import App
from textual.command import CommandPalette

from rnn_tui.limits import reached
from rnn_tui.text.visible import visible
from rnn_tui.tui.messages import InputEnded
from rnn_tui.tui.terminal import fault_log

UNUSABLE = 2
"""The exit code where the system allows too little for a screen."""
PALETTE_CLOSED = "The palette was closed because of this:"


class CrashHandling(App[None]):
    """An app that leaves in good order after a bug."""

    crash = ""
    """After a bug of ours: what and where the traceback is, in one line."""
    crash_code = 1
    """The exit code after that."""

    def on_print(self, event: events.Print) -> None:
        """Write down what some library prints; for us there is no reason to."""
        fault_log.note(event.text)

    def note_crash(self, error: Exception) -> None:
        """Write the traceback down; the first one counts."""
        log = fault_log.record_exception(error)
        what = "a fault of ours: " + visible(f"{type(error).__name__}: {error}".rstrip(": "))
        if isinstance(error, MemoryError):
            what = "out of memory"
        what = f"{what} (traceback in {visible(log)})"
        if not self.crash and (limit := reached(error)):
            what, self.crash_code = limit, UNUSABLE
        self.crash = self.crash or what

    def on_input_ended(self, event: InputEnded) -> None:
        """Leave as by the key, which saves what is to be saved, and say why."""
        log = fault_log.record_exception(event.error)
        what = visible(f"{type(event.error).__name__}: {event.error}".rstrip(": "))
        self.crash = self.crash or (
            f"the screen was closed because its keyboard was not heard any more: {what} "
            f"(traceback in {visible(log)})"
        )
        self.exit(return_code=1)

    async def on_event(self, event: events.Event) -> None:
        """Hear an event; what the palette raises meanwhile closes the palette only."""
        try:
            await super().on_event(event)
        except Exception as error:
            if not is_of_palette(error):
                raise
            self._handle_exception(error)

    def _close_palette(self) -> None:
        if isinstance(self.screen, CommandPalette):
            self.pop_screen()

    def _handle_exception(self, error: Exception) -> None:
        if is_of_palette(error):
            fault_log.record(f"{PALETTE_CLOSED}\n{''.join(format_exception(error))}")
            self.call_later(self._close_palette)
            return
        self.note_crash(error)
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def panic(self, *renderables: RenderableType) -> None:
        """Leave; what would be printed here is in the log."""
        self._close_messages_no_wait()


def is_of_palette(error: BaseException) -> bool:
    """Say whether something was raised by Textual's palette or by the list in it.

    Clicks and keys amid resizing find holes in them (8.2.8), such as a click on a line of a list
    that has become shorter. Nothing of ours is in there.
    """
    files = {Path(frame.f_code.co_filename).name for frame, _ in walk_tb(error.__traceback__)}
    return bool(files & {"command.py", "_option_list.py"})
