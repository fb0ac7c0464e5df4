"""How a worker process is started."""

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

from rnn_tui import threads
from rnn_tui.process.main import main

preloaded = False
"""Whether this process has imported all that a worker needs, so that one is better forked."""


class SpawnedWorker(NamedTuple):
    """A worker process that is coming up, or waits for its job."""

    process: BaseProcess
    pipe: Connection
    """Our end; when it is closed, or we are gone, the process leaves."""


def spawn(log: Path) -> SpawnedWorker:
    """Start a worker process and return at once; it waits for what `main.main` takes.

    Args:
        log: Where its own output goes.

    Raises:
        OSError: The system does not allow another process.
        ValueError: Inside a Textual app, when the resource tracker is gone.
    """
    ours, theirs = multiprocessing.Pipe()
    process: BaseProcess
    if preloaded and threading.active_count() == 1:
        fork = multiprocessing.get_context("fork")
        process = fork.Process(target=_begin_forked, args=(ours, theirs, log), daemon=True)
    else:
        context = multiprocessing.get_context("spawn")
        process = context.Process(target=main, args=(theirs, log), daemon=True)
    process.name = "rnn-tui worker"
    try:
        with spawning():
            process.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()  # or the pipe would never end when the worker does
    return SpawnedWorker(process, ours)


def _begin_forked(ours: Connection, theirs: Connection, log: Path) -> None:
    ours.close()  # or the pipe would not end with our parent
    main(theirs, log)


def start_tracker() -> None:
    """Launch the process that a worker cannot be without, while nothing else is being started.

    Launched together with the worker it would be the third that wants one of two processors: four
    hundredths of the time to the first frame.

    Raises:
        OSError: The system does not allow another process.
    """
    with environment():
        resource_tracker.ensure_running()


@contextmanager
def environment() -> Iterator[None]:
    """Set the environment that a process is started in."""
    before = {name: os.environ.get(name) for name in ("PYTHONSAFEPATH", *threads.NAMES)}
    # Modules in the user's folder must not stand in for the standard library's.
    os.environ["PYTHONSAFEPATH"] = "1"
    threads.one_thread()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def spawning() -> Iterator[None]:
    """Set the environment that a worker is started in, and whom SIGINT reaches."""
    with environment():
        # Inside a running Textual app it could not be launched: stderr has no number there. And
        # its launch lets SIGINT through again, so that it must come before that is blocked.
        resource_tracker.ensure_running()
        with interrupts_blocked():
            yield


@contextmanager
def interrupts_blocked() -> Iterator[None]:
    """Block SIGINT: a process started now never gets it, not even before it can ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
