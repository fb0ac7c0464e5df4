"""What a worker process does with its job: it trains and answers, and tells of a fault."""

import traceback
from contextlib import suppress
from functools import partial
from pathlib import Path

import numpy as np

from rnn_tui.errors import InputError, reason
from rnn_tui.language import Phrase
from rnn_tui.limits import reached
from rnn_tui.live.loop import Loop, Pipe
from rnn_tui.live.prepared import open_bundle
from rnn_tui.process.output_log import shorten
from rnn_tui.process.recovery import begin, save_last_good_state
from rnn_tui.protocol.job import Job
from rnn_tui.protocol.replies import Failed
from rnn_tui.text.visible import visible

LONGEST_DETAILS = 20_000
"""Characters of a traceback; its end says what happened."""


def serve(job: Job, pipe: Pipe, log: Path) -> int:
    """Train until told to close or nobody is there any more; return the exit code."""
    loop: Loop | None = None
    try:
        start = begin(job)
        loop = Loop(
            start.trainer,
            pipe,
            paused=job.paused,
            notes=start.notes,
            greeting=start.said,
            chores=partial(shorten, log),
            keeping=job.keeping,
        )
        # A run that diverges is told of in words; NumPy's warnings would fill the log.
        with np.errstate(all="ignore"):
            if start.bundle:
                open_bundle(loop.engine, start.bundle)
            loop.run()
    except (EOFError, ConnectionError):
        return 0
    except Exception as error:
        if loop is not None:
            save_last_good_state(loop)
        with suppress(ConnectionError):
            pipe.send(failure(error))
        return 1
    return 0


def failure(error: Exception) -> Failed:
    """Return what to tell of an exception: one line, and the traceback for those who want it."""
    details = "".join(traceback.format_exception(error))
    print(details, end="", flush=True)
    safe = "\n".join(visible(line) for line in details[-LONGEST_DETAILS:].splitlines())
    said = in_one_line(error)
    return Failed(said if isinstance(said, Phrase) else visible(said), safe)


def in_one_line(error: Exception) -> str:
    """Return what happened, as far as one line can say it."""
    if isinstance(error, InputError) and isinstance(said := reason(error), Phrase):
        return said
    message = (str(error).splitlines() or [""])[0][:500]
    if isinstance(error, InputError):
        return message
    if limit := reached(error):
        return limit
    kind = "out of memory" if isinstance(error, MemoryError) else type(error).__name__
    return f"{kind}: {message}" if message else kind
