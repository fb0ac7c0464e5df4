"""Workers on this machine: processes with one BLAS thread each, which have the text once."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import active_children, get_context

from rnn_tui.process.parent_watch import leave_with_parent
from rnn_tui.process.shared_text import share
from rnn_tui.process.spawn import spawning
from rnn_tui.sweep.run import Result
from rnn_tui.sweep.task import Job, Told, train_run
from rnn_tui.sweep.workers import Submit
from rnn_tui.text.corpus import Corpus

GRACE = 5.0
"""Seconds in which a worker saves its run and leaves where the program was killed."""


def processors() -> int:
    """Return how many this program may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(frozen=True, eq=False, slots=True)
class Local:
    """Workers on this machine."""

    corpus: Corpus
    count: int
    lost = (BrokenProcessPool,)
    """What a run ends with whose worker was killed; all others end with it, too."""

    @contextmanager
    def at_work(self) -> Iterator[Submit]:
        """Start them; at the end those are waited for that still are at work."""
        pool = ProcessPoolExecutor(
            self.count, get_context("spawn"), _prepare, (share(self.corpus),)
        )

        def submit(job: Job) -> "Future[Result | None]":
            with spawning():  # with the first one; Ctrl-C is for the program alone
                return pool.submit(_train, job)

        try:
            yield submit
        finally:
            pool.shutdown(cancel_futures=True)

    def kill(self) -> None:
        """End those that do not leave by themselves."""
        for process in active_children():
            process.kill()


class _Worker:
    """What a worker's process holds."""

    corpus: Corpus
    stop: Told | None = None
    """Of the run it is at."""


def _prepare(corpus: Corpus) -> None:
    """Make a process ready for its runs: it is told to leave by the program, or by SIGTERM."""
    _Worker.corpus = corpus
    for name in ("SIGINT", "SIGHUP"):  # both reach all of a terminal's processes
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
    leave_with_parent(_end_run, patience=GRACE)


def _end_run() -> None:
    if _Worker.stop is not None:
        _Worker.stop(signal.SIGTERM, None)


def _train(job: Job) -> Result | None:
    """Do a run; after SIGTERM it is saved, and the process dies of the signal."""
    with Told(job).listening() as stop:
        assert isinstance(stop, Told)
        _Worker.stop = stop
        result = train_run(job, _Worker.corpus, stop)
        _Worker.stop = None
    if stop.signal and result is None:
        os.kill(os.getpid(), stop.signal)
    return result
