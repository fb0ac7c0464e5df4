"""Doing all runs that are left, with workers wherever they are, until a signal says to leave."""

import time
from concurrent.futures import Future, wait
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Protocol

from rnn_tui.errors import InputError
from rnn_tui.plain.train.stop import Stop
from rnn_tui.sweep.claim import Claim
from rnn_tui.sweep.record import Record
from rnn_tui.sweep.run import Result, Run
from rnn_tui.sweep.task import Job
from rnn_tui.sweep.workers import Submit, Workers

LOOK = 0.1
"""Seconds between two looks whether a signal has come."""
PATIENCE = 15.0
"""Seconds that runs have to save and leave."""
MOST = 5
"""Times in a row that workers are lost without a run that came to its end."""


class Teller(Protocol):
    """Who tells how it goes."""

    def begin(self) -> None:
        """Take in that the workers are new."""

    def look(self) -> None:
        """Show how it goes, if it is time."""

    def finished(self, run: Run, result: Result) -> None:
        """Tell of a run that is at its end, which is noted."""

    def lost(self) -> None:
        """Tell that workers were lost; their runs are gone on with."""


Ended = SimpleQueue["Future[Result | None]"]


class Sweeping:
    """A sweep under way."""

    def __init__(
        self, record: Record, claim: Claim, workers: Workers, teller: Teller, stop: Stop
    ) -> None:
        self.record, self.claim, self.workers = record, claim, workers
        self.teller, self.stop = teller, stop

    def run(self) -> None:
        """Do what is left.

        Raises:
            InputError: It cannot be gone on; what is done so far is noted.
        """
        vain = 0
        while self.record.left and not self.stop.signal:
            done, why = self.record.done, None
            try:
                self._round()
            except self.workers.lost as error:
                why = error
            if self.stop.signal or not self.record.left:
                return
            vain = 1 if self.record.done > done else vain + 1
            if vain == MOST:
                raise InputError(
                    f"workers were lost {MOST} times in a row, by a kill or for want of memory; "
                    "try fewer at once (--jobs), or smaller networks"
                ) from why
            self.teller.lost()

    def _round(self) -> None:
        """Do what is left with new workers."""
        with self.workers.at_work() as submit:
            self.teller.begin()
            ended: Ended = SimpleQueue()
            runs = self._submitted(submit, ended)
            try:
                while runs and not self.stop.signal:
                    with suppress(Empty):
                        self._take(ended.get(timeout=LOOK), runs)
                    self.teller.look()
            finally:
                if runs:
                    self._leave(runs)

    def _submitted(self, submit: Submit, ended: Ended) -> "dict[Future[Result | None], Run]":
        record, word = self.record, self.claim.new_word()
        every, best, folder = record.checkpoint_every, record.keep_best, str(record.folder)
        runs: dict[Future[Result | None], Run] = {}
        for run in record.left:
            future = submit(Job(run.name, run.config, run.notes, folder, word, every, best))
            runs[future] = run
            future.add_done_callback(ended.put)
        return runs

    def _take(
        self, future: "Future[Result | None]", runs: "dict[Future[Result | None], Run]"
    ) -> None:
        """Note what came of a run; None: it was left, and is another round's."""
        run = runs.pop(future)
        if (result := future.result()) is not None:
            self.record.finish(run, result)
            self.teller.finished(run, result)

    def _leave(self, runs: "dict[Future[Result | None], Run]") -> None:
        """Have those that are under way save and leave; a second signal does not wait for it."""
        self.claim.leave()
        self.stop.event.clear()
        # None is cancelled here: a pool that breaks meanwhile could not tell them so.
        running = {future for future in runs if future.running()}
        until = time.monotonic() + PATIENCE
        while running and time.monotonic() < until and not self.stop.event.is_set():
            _, running = wait(running, LOOK)
        if running:
            self.workers.kill()
