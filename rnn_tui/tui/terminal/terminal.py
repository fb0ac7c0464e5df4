"""The terminal under the screen: whether there is one, and how it is left behind."""

import asyncio
import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from types import FrameType

from rnn_tui.errors import InputError
from rnn_tui.tui.terminal import fault_log

GRAY_THEME = "ansi-dark"
"""The theme for NO_COLOR: under any other, Textual only turns colors into grays."""

PATIENCE = 1.5
"""Seconds the screen has to end itself after a signal."""

LOCAL_FPS, REMOTE_FPS = 12, 5

_STDIN = 0
_KEYBOARD = "/dev/tty"
_LEAVING = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")


def in_browser() -> bool:
    """Say whether a browser stands in for the terminal: whoever serves it names this driver."""
    return "web_driver" in os.environ.get("TEXTUAL_DRIVER", "")


def require_terminal(
    *,
    stdin_is_corpus: bool = False,
    command: str = "rnn-tui",
    without: str = "rnn-tui train TEXT --epochs 10",
) -> None:
    """Refuse to open a screen where there is none.

    Textual reads stdin and paints on stderr. Without the one it burns a processor and hears no
    key, without the other it hangs and paints nothing.

    Args:
        stdin_is_corpus: The text comes from standard input; keys must then come from elsewhere.
        command: What opens the screen.
        without: What does the same without one.

    Raises:
        InputError: stdin or stderr is not a terminal, or there is no terminal for the keys.
    """
    if in_browser():
        return
    for name, stream in (("standard input", sys.__stdin__), ("standard error", sys.__stderr__)):
        if stdin_is_corpus and stream is sys.__stdin__:
            continue
        if stream is None or not stream.isatty():
            piped = f"`{command} -` reads the text from it, " if stream is sys.__stdin__ else ""
            raise InputError(
                f"the screen needs a terminal, and {name} is not one; {piped}"
                f"`{without}` trains without a screen"
            )
    if os.environ.get("TERM") in ("dumb", "unknown"):
        raise InputError(
            f"the screen needs a terminal that can move its cursor, and TERM={os.environ['TERM']} "
            "says that this one cannot; `rnn-tui train` works without a screen"
        )
    if stdin_is_corpus:
        os.close(_open_keyboard())


def take_keyboard() -> None:
    """Put the terminal in the place of a standard input that was the corpus."""
    if not (os.isatty(_STDIN) or in_browser()):
        keyboard = _open_keyboard()
        os.dup2(keyboard, _STDIN)
        os.close(keyboard)


def default_fps(environ: Mapping[str, str]) -> int:
    """Return the pictures a second where nobody says how many: fewer over ssh."""
    remote = environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")
    return REMOTE_FPS if remote else LOCAL_FPS


def forget_size() -> None:
    """Ask the terminal itself how large it is.

    COLUMNS and LINES, where a parent exported them, would be believed instead, and a resize
    would change nothing.
    """
    for name in () if in_browser() else ("COLUMNS", "LINES"):
        os.environ.pop(name, None)


def _open_keyboard() -> int:
    try:
        return os.open(_KEYBOARD, os.O_RDONLY)
    except OSError as error:
        raise InputError(
            "the text comes from standard input, and there is no terminal to read keys from; "
            "`rnn-tui train -` works without a screen"
        ) from error


@contextlib.contextmanager
def to_itself() -> Iterator[None]:
    """Let only the painter write to the terminal; what others write goes to the log.

    Compiled code writes to the numbers 1 and 2, past everything that Python could put in between.
    """
    before, out = sys.__stderr__, sys.__stdout__
    if before is None or os.environ.get("TEXTUAL_DRIVER"):  # that one may write elsewhere
        yield
        return
    number = os.dup(before.fileno())
    painter = os.fdopen(number, "w", encoding=before.encoding, errors="replace")
    # Textual paints on the one and asks the other for the size; mypy does not know that they
    # can be set.
    sys.__stderr__ = sys.__stdout__ = painter  # type: ignore[misc]
    try:
        with fault_log.instead_of(1, 2):
            yield
    finally:
        sys.__stderr__, sys.__stdout__ = before, out  # type: ignore[misc]
        with contextlib.suppress(OSError):  # the terminal was closed before all was painted
            painter.close()


class Watchdog:
    """Ends the process when the screen cannot end itself.

    A terminal that was closed takes no more output; Textual's writer then dies, and whoever waits
    for it waits for good.
    """

    def __init__(self, last_act: Callable[[], None]) -> None:
        """Get ready; `last_act` is done before the process ends."""
        self._last_act, self._code = last_act, 0
        self._timer: threading.Timer | None = None

    def arm(self, code: int) -> None:
        """End the process with this exit code, unless disarmed soon."""
        if self._timer is None:
            self._code = code
            self._timer = threading.Timer(PATIENCE, self._bite)
            self._timer.daemon = True
            with contextlib.suppress(RuntimeError):  # no thread is to be had
                self._timer.start()

    def hurry(self) -> None:
        """End the process now, if it was to be ended: for where the screen has nothing to end."""
        if self._timer is not None:
            self._bite()

    def disarm(self) -> None:
        """Let go: the screen has ended by itself."""
        if self._timer is not None:
            self._timer.cancel()

    def _bite(self) -> None:
        try:
            self._last_act()
        finally:
            os._exit(self._code)


def on_signals(at_once: Callable[[int], None], leave: Callable[[int], None]) -> None:
    """Have something done when the process gets a signal that would end it.

    Without this it would end with the terminal still in full-screen mode. The loop's own handlers
    are not enough: they wait for the loop, and a flood of keys keeps that busy for minutes.

    A signal that is ignored stays so, but for SIGHUP when the terminal is gone: a screen cannot
    outlive it.

    Args:
        at_once: Called with 128 + n amid whatever is going on; must be short.
        leave: Called with the same from the running loop.
    """
    loop = asyncio.get_running_loop()
    hang_up = getattr(signal, "SIGHUP", None)
    survives = hang_up is not None and signal.getsignal(hang_up) == signal.SIG_IGN

    def handle(number: int, _: FrameType | None) -> None:
        if number == hang_up and survives and os.isatty(_STDIN):
            return
        at_once(128 + number)
        with contextlib.suppress(RuntimeError):  # the loop has just been closed
            loop.call_soon_threadsafe(leave, 128 + number)

    for name in _LEAVING:
        number = getattr(signal, name, None)
        if number is None:
            continue
        if number == hang_up or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, handle)


def default_theme() -> str | None:
    """Return the theme the environment asks for; None leaves it to the program."""
    return GRAY_THEME if os.environ.get("NO_COLOR") else None


def colorless(theme: str | None) -> bool:
    """Say whether the screen is to do without any color, `theme` being what the user named."""
    return bool(os.environ.get("NO_COLOR")) and theme in (None, GRAY_THEME, "ansi-light")
