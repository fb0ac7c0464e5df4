"""Where the worker process begins.

Nothing heavy is imported here: NumPy comes once prints and warnings go to the log.
"""

import faulthandler
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from rnn_tui.process.output_log import redirect_output
from rnn_tui.process.parent_watch import leave_with_parent
from rnn_tui.process.sigterm import SigtermPipe
from rnn_tui.process.terminal_restore import SavedTerminal
from rnn_tui.process.transfer import receive_object


def main(pipe: Connection, log: Path) -> None:
    """Take the job from the pipe and do it.

    Args:
        pipe: Our end. First comes, as the screen is about to open, a `SavedTerminal`, to be
            restored should the screen be killed; then the job.
        log: Where our own output goes.
    """
    redirect_output(log)
    faulthandler.enable()
    # The keys of the terminal are the screen's; if the screen goes, the pipe says so. And whoever
    # is not in the foreground any more would be stopped for changing a terminal's settings.
    for name in ("SIGINT", "SIGHUP", "SIGTTOU"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    # Now that our output goes to the log, and before the job is here: that may take as long.
    from rnn_tui.process.connection import WorkerPipe
    from rnn_tui.process.service import serve

    try:
        terminal: SavedTerminal = pipe.recv()
        # Not before: no screen has been open, and a worker without a job has nothing to save.
        sigterm = SigtermPipe.where_possible()
        leave_with_parent(terminal.restore)
        job = receive_object(pipe)
    except (EOFError, OSError):
        return
    worker_pipe = WorkerPipe(pipe, sigterm)
    code = serve(job, worker_pipe, log)
    if is_broken(pipe):
        terminal.restore()  # the watch may not have come to it
    if sigterm is not None and worker_pipe.terminated:
        sigterm.die()
    sys.exit(code)


def is_broken(pipe: Connection) -> bool:
    """Say whether the other side is gone; what it has still said is let go."""
    try:
        while pipe.poll(0.0):
            pipe.recv_bytes()
    except (EOFError, OSError):
        return True
    return False
