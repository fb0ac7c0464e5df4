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
from rnn_tui.process.sigterm import Ending
from rnn_tui.process.terminal_restore import Tidying
from rnn_tui.process.transfer import receive_object


def main(pipe: Connection, log: Path) -> None:
    """Take the job from the pipe and do it.

    Args:
        pipe: Our end. First comes, as the screen is about to open, a `Tidying`: what to do to the
            terminal should the screen be killed; then the job.
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
    from rnn_tui.process.connection import Ear
    from rnn_tui.process.service import serve

    try:
        tidying: Tidying = pipe.recv()
        # Not before: no screen has been open, and a worker without a job has nothing to save.
        ending = Ending.where_possible()
        leave_with_parent(tidying.do)
        job = receive_object(pipe)
    except (EOFError, OSError):
        return
    ear = Ear(pipe, ending)
    code = serve(job, ear, log)
    if is_broken(pipe):
        tidying.do()  # the watch may not have come to it
    if ending is not None and ear.ended:
        ending.die()
    sys.exit(code)


def is_broken(pipe: Connection) -> bool:
    """Say whether the other side is gone; what it has still said is let go."""
    try:
        while pipe.poll(0.0):
            pipe.recv_bytes()
    except (EOFError, OSError):
        return True
    return False
