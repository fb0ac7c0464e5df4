"""Textual's driver for browsers, held to the sizes that the screen is designed for."""

from typing import cast

from textual import events, messages
from textual.drivers.web_driver import WebDriver
from textual.geometry import Size
from textual.message import Message

from rnn_tui.tui.messages import Led, ShareGiven
from rnn_tui.tui.terminal.crash import CrashHandling

MOST_COLUMNS, MOST_ROWS = 400, 120
"""What a screen of 3,840 by 2,160 pixels shows at the page's font size; every cell of more would
take memory (99,999 by 99,999 cells: 100 MB a second) for nobody's eyes."""

DEAF = "no more keys can be heard from the browser"


class BoundedWebDriver(WebDriver):
    """Paints no more cells than a person can look at, whatever size the browser claims."""

    def __init__(self, *arguments: object, **named: object) -> None:
        """Begin with the size in the environment, within the bounds."""
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._size = bounded(*(self._size or (80, 24)))

    def process_message(self, message: Message) -> None:
        """Pass on what was typed; a terminal's report of its size comes this way, too."""
        if isinstance(message, events.Resize):
            message = resize(*message.size)
        super().process_message(message)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Hear what the server says beside the keys."""
        if packet_type == "focus":
            # By the way that the program's first message takes, which says that it has none.
            self._app.call_later(self._app.post_message, events.AppFocus())
            return
        if packet_type == "share":
            share = payload.get("thousandths")
            if type(share) is int and share > 0:
                self.send_message(ShareGiven(share / 1000))
            return
        if packet_type == "lead":
            self.send_message(Led(str(payload.get("what")), str(payload.get("value"))))
            return
        if packet_type != "resize":
            super().on_meta(packet_type, payload)
            return
        width, height = payload.get("width"), payload.get("height")
        if type(width) is int and type(height) is int:
            self._size = bounded(width, height)
            self.send_message(resize(*self._size))  # as the first size is: it must not come later

    def run_input_thread(self) -> None:
        """Hear until the end; a viewer who cannot be heard any more is not kept."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            app = cast(CrashHandling, self._app)
            app.crash = app.crash or DEAF
            app.post_message(messages.ExitApp())


def resize(width: int, height: int) -> events.Resize:
    """Return the news of a size, within the bounds."""
    size = Size(*bounded(width, height))
    return events.Resize(size, size)


def bounded(width: int, height: int) -> tuple[int, int]:
    """Return the nearest size that the screen is designed for, in columns and rows."""
    return min(max(width, 1), MOST_COLUMNS), min(max(height, 1), MOST_ROWS)
