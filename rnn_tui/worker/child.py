"""Where the worker process begins.

Nothing heavy is imported here: NumPy comes once prints and warnings go to the log.
"""

import faulthandler
import signal
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from rnn_tui.worker.ending import Ending
from rnn_tui.worker.log import redirect_output
from rnn_tui.worker.orphan import leave_with_parent
from rnn_tui.worker.parcel import receive_parcel
from rnn_tui.worker.tidying import Tidying


def main(pipe: Connection, log: Path, tidying: Tidying) -> None:
    """Take the job from the pipe and do it.

    Args:
        pipe: Our end; the first parcel is the job, whose `run(pipe, log)` returns an exit code.
        log: Where our own output goes.
        tidying: What to do to the terminal should the screen be killed.
    """
    redirect_output(log)
    faulthandler.enable()
    # The keys of the terminal are the screen's; if the screen goes, the pipe says so. And whoever
    # is not in the foreground any more would be stopped for changing a terminal's settings.
    for name in ("SIGINT", "SIGHUP", "SIGTTOU"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    ending = Ending.where_possible()
    leave_with_parent(tidying.do)
    # Now that our output goes to the log, and before the job is here: that may take as long.
    from rnn_tui.worker.ear import Ear
    from rnn_tui.worker.service import serve

    try:
        job = receive_parcel(pipe)
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
