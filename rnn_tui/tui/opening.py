"""The screen from its opening to its end, and what it leaves behind."""

import sys
from multiprocessing import resource_tracker
from pathlib import Path

from rnn_tui.charsets.names import Charset
from rnn_tui.keys.in_force import KeyTable
from rnn_tui.tui import terminal
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.messages import SessionFactory


def run_screen(
    make_session: SessionFactory,
    corpus_name: str,
    *,
    fps: int = 12,
    theme: str | None = None,
    checkpoint: Path | None = None,
    keys: KeyTable | None = None,
    charset: Charset = "unicode",
) -> int:
    """Open the screen and stay until the user leaves.

    Args:
        make_session: Makes the session for a listener; it is started here.
        corpus_name: As given by the user.
        fps: Pictures a second, at most.
        theme: A Textual theme; None: the environment's choice or the default.
        checkpoint: Where the save key writes to; None: a new file each time.
        keys: The keys in force; None: those of the table.
        charset: Which characters the terminal can show.

    Returns:
        The exit code: 0 done, 1 a fault of ours, 128 + n after signal n.

    Raises:
        InputError: There is no such theme.
    """
    terminal.take_keyboard()
    terminal.forget_size()
    app = RnnApp(
        make_session,
        corpus_name,
        fps=fps,
        theme=theme,
        checkpoint=checkpoint,
        keys=keys,
        charset=charset,
    )
    # A worker started inside the app would inherit Textual's stand-in for stderr, which has no
    # file descriptor, if this helper process of the standard library were not there already.
    resource_tracker.ensure_running()
    app.session.start()
    try:
        with terminal.to_itself():
            app.run()
    except Exception as error:
        app.note_crash(error)
    finally:
        app.watchdog.disarm()
        app.session.close()
    if app.crash:
        print(f"rnn-tui: {app.crash}", file=sys.stderr)
        return 1
    return app.return_code or 0
