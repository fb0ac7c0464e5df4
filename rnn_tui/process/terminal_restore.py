"""The terminal as the shell had it, for when the screen is killed and cannot give it back."""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

if sys.platform != "win32":
    import termios

KEYBOARD = 0
TERMINAL = "/dev/tty"
GIVE_BACK = (
    b"\x1b[?2004l\x1b[?1004l\x1b[<u"  # paste, focus, keys
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l"  # mouse
    b"\x1b[?1049l\x1b[?7h\x1b[?25h\x1b[0m"  # full screen, line wrap, cursor, colors
)
"""Turns off what a painter turns on; in a terminal that has it off already it does nothing."""


@dataclass(frozen=True, slots=True)
class SavedTerminal:
    """What the keyboard's settings were before the screen opened."""

    settings: list[Any] | None = None
    """None: there is no terminal, or not the kind that has settings."""

    def restore(self) -> None:
        """Give the terminal back to the shell; where there is none any more, do nothing."""
        if self.settings is None:
            return
        with suppress(OSError, termios.error):
            terminal = os.open(TERMINAL, os.O_RDWR | os.O_NOCTTY)
            os.write(terminal, GIVE_BACK)
            termios.tcsetattr(terminal, termios.TCSANOW, self.settings)
            os.close(terminal)


def saved_terminal(keyboard: int = KEYBOARD) -> SavedTerminal:
    """Note how the terminal is now; to be called before a screen opens."""
    if sys.platform == "win32":
        return SavedTerminal()
    try:
        return SavedTerminal(termios.tcgetattr(keyboard))
    except (OSError, termios.error):
        return SavedTerminal()
