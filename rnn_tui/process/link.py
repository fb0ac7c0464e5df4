"""The parent's end of one worker process: the pipe to it and the two threads that use it."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rnn_tui.process.outbox import Outbox
from rnn_tui.process.spawn import SpawnedWorker, spawn
from rnn_tui.process.terminal_restore import SavedTerminal
from rnn_tui.process.transfer import send_object
from rnn_tui.protocol.commands import Request
from rnn_tui.protocol.job import Job

PATIENCE = 0.5
"""Seconds for a process to go that has been told to."""


class Link:
    """One worker process, from its start to its end."""

    def __init__(
        self,
        job: Job,
        log: Path,
        terminal: SavedTerminal,
        deliver: Callable[["Link", Any], None],
        ended: Callable[["Link"], None],
        spawned: SpawnedWorker | None = None,
    ) -> None:
        """Get ready; `deliver` and `ended` are called from a thread of this link.

        Where none was `spawned`, `start` spawns the process.
        """
        self._spawned = spawned
        self.outbox = Outbox()
        self.failed = False
        """Whether the worker has told of its own end."""
        self.closing = False
        """Whether its end is wanted."""
        self.exit_code: int | None = None
        self._job: Job | None = job
        self._log, self._terminal = log, terminal
        self._deliver, self._ended = deliver, ended

    @property
    def pid(self) -> int | None:
        """The worker's process number."""
        return self._process.pid

    @property
    def ending(self) -> bool:
        """Whether the worker went by itself: its end, which answers all, is about to be told."""
        return self.outbox.closed and not self.closing

    def start(self) -> None:
        """Give the process its job and return without waiting for it.

        Raises:
            OSError: The system does not allow another process.
            RuntimeError: It does not allow another thread; the process is gone again.
            ValueError: Inside a Textual app, when the resource tracker is gone.
        """
        self._process, self._pipe = self._spawned or spawn(self._log)
        self._writer = threading.Thread(target=self._write, name="to the worker", daemon=True)
        self._reader = threading.Thread(target=self._read, name="from the worker", daemon=True)
        try:
            self._writer.start()
            self._reader.start()
        except RuntimeError:
            self._take_back()
            raise

    def _take_back(self) -> None:
        self._process.kill()
        self._process.join()
        self.outbox.close()
        if self._writer.ident is not None:
            self._writer.join()
        self._pipe.close()

    def close(self, request: Request, grace: float) -> None:
        """End the process: ask, then insist, then force; return when it is gone.

        Args:
            request: The last request.
            grace: Seconds the worker has to carry it out.
        """
        self.closing = True
        self.outbox.close(request)
        if threading.current_thread() is self._reader:
            self._process.kill()
        elif not self._gone_within(grace):
            self._process.terminate()
            if not self._gone_within(PATIENCE):
                self._process.kill()
                self._gone_within(PATIENCE)

    def _gone_within(self, seconds: float) -> bool:
        self._reader.join(seconds)
        return not self._reader.is_alive()

    def _write(self) -> None:
        # The corpus may be large, and a stopped worker does not read: only this thread may wait.
        job, self._job = self._job, None
        try:
            self._pipe.send(self._terminal)
            send_object(self._pipe, job)
            del job
            while request := self.outbox.take():
                self._pipe.send(request)
        except OSError:
            return  # the reader sees the end too, and speaks of it

    def _read(self) -> None:
        try:
            while True:
                self._deliver(self, self._pipe.recv())
        except (EOFError, OSError):
            return
        finally:  # also when the listener raised: nobody hears this worker any more
            self._bury()
            self._ended(self)

    def _bury(self) -> None:
        self.outbox.close()
        self._process.join(PATIENCE)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        self.exit_code = self._process.exitcode
        self._writer.join()
        self._pipe.close()
