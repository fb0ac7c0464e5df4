"""The screen from its opening to its end, and what it leaves behind."""

import sys
from collections.abc import Callable

from rnn_tui.tui.terminal import suspension, terminal
from rnn_tui.tui.terminal_app import TerminalApp


def run_screen(make_app: Callable[[], TerminalApp]) -> int:
    """Open the screen and stay until the user leaves.

    Args:
        make_app: Makes the app, once the terminal is ready; what belongs to it is started here.

    Returns:
        The exit code: 0 done, 1 a fault of ours, 2 a limit of the system, 128 + n after signal n.

    Raises:
        InputError: The app cannot be made as asked for, or a limit keeps it from its worker.
    """
    terminal.forget_size()
    app = make_app()
    app.begin()
    try:
        with terminal.to_itself():
            app.run()
    except Exception as error:
        app.note_crash(error)
    finally:
        suspension.end()
        app.watchdog.disarm()
        app.end()
    if app.crash:
        print(f"rnn-tui: {app.crash}", file=sys.stderr)
        return app.crash_code
    return app.return_code or 0
