"""Where the worker process begins.

Nothing heavy is imported here: NumPy comes with the job, once prints and warnings go to the log.
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


def main(pipe: Connection, log: Path) -> None:
    """Take the job from the pipe and do it.

    Args:
        pipe: Our end; the first parcel is the job, whose `run(pipe, log)` returns an exit code.
        log: Where our own output goes.
    """
    redirect_output(log)
    faulthandler.enable()
    # The keys of the terminal are the screen's; if the screen goes, the pipe says so.
    for name in ("SIGINT", "SIGHUP"):
        if number := getattr(signal, name, None):
            signal.signal(number, signal.SIG_IGN)
    ending = Ending.where_possible()
    leave_with_parent()
    try:
        job = receive_parcel(pipe)
    except (EOFError, OSError):
        return
    from rnn_tui.worker.ear import Ear  # now that our output goes to the log
    from rnn_tui.worker.service import serve

    ear = Ear(pipe, ending)
    code = serve(job, ear, log)
    if ending is not None and ear.ended:
        ending.die()
    sys.exit(code)
