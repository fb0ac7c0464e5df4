"""The worker's loop: updates, and between two of them what the screen asks for."""

import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from rnn_tui.errors import InputError, reason
from rnn_tui.language import mark
from rnn_tui.lessons.start import Start
from rnn_tui.live.commands import carry_out
from rnn_tui.live.engine import Engine
from rnn_tui.live.event_log import EventLog, observation_of
from rnn_tui.live.info import describe
from rnn_tui.live.run import RefusalError
from rnn_tui.protocol.commands import (
    Begin,
    Close,
    Command,
    KeepIn,
    Look,
    Request,
    Restart,
    RunUntil,
    Save,
    SaveBundle,
    Tag,
)
from rnn_tui.protocol.job import Keeping
from rnn_tui.protocol.replies import Done, Notice, Refused, Started
from rnn_tui.saving.free_name import free_path
from rnn_tui.saving.keeper import Keeper
from rnn_tui.training.trainer import Trainer

CHORES_EVERY = 1.0


class Pipe(Protocol):
    """The worker's end of the pipe; raises `EOFError` or `ConnectionError` once it is broken."""

    def poll(self, timeout: float | None = 0.0) -> bool:
        """Wait for a message at most so many seconds; None: without end."""

    def recv(self) -> Any:
        """Take the next message."""

    def send(self, obj: Any) -> None:
        """Give a message to the other side."""


class Loop:
    """Trains and answers, until it is told to close or the pipe breaks."""

    def __init__(
        self,
        trainer: Trainer,
        pipe: Pipe,
        *,
        paused: bool = False,
        notes: tuple[str, ...] = (),
        greeting: str = "",
        clock: Callable[[], float] = time.monotonic,
        chores: Callable[[], None] = lambda: None,
        keeping: Keeping | None = None,
    ) -> None:
        """Get ready.

        Args:
            trainer: What to train.
            pipe: Where requests come from and answers go.
            paused: Stand still at first.
            notes: For `RunInfo`.
            greeting: A sentence to begin with; empty: none.
            clock: Seconds, from any start.
            chores: Called about once a second while something happens.
            keeping: What to save without being asked for; None: nothing.
        """
        self.pipe, self.clock, self.chores = pipe, clock, chores
        self.greeting = greeting
        keeping = keeping or Keeping()
        self.keeper = Keeper(keeping, clock, self._tell, trainer.update, self._saved)
        self.engine = Engine(trainer, clock, paused=paused, halt=self.keeper.until_due)
        self.info = describe(trainer, notes)
        self.event_log = EventLog(keeping, clock, trainer.corpus.vocab, self._tell)
        self.event_log.begin(self.info, self.engine)
        self.waiting: deque[Request] = deque()
        """Commands for when a sample or a validation is done."""
        self.open = True
        self._until: Request | None = None
        """A `RunUntil` to be answered when the run stands still."""
        self._chores_at = clock() + CHORES_EVERY

    def run(self) -> None:
        """Work until `Close`.

        Raises:
            EOFError: The other side is gone.
            ConnectionError: The same.
        """
        self._introduce()
        if self.greeting:
            self.pipe.send(Notice(self.greeting))
        try:
            while self.open:
                self._listen()
                self._work()
        except (EOFError, ConnectionError):
            self._leave()
            raise
        self._leave()

    def _leave(self) -> None:
        # Whoever leaves while looking at the past does not mean to lose what came after.
        self.engine.run.to_head()
        left = self.keeper.save_at_end(self.engine.trainer)
        self.event_log.end(self.engine)
        with suppress(OSError):  # the screen may be gone
            self.pipe.send(left)

    def _listen(self) -> None:
        pipe = self.pipe
        if pipe.poll(0.0 if self.waiting else self._seconds_until_due()):
            self._take(pipe.recv())
            while self.open and pipe.poll(0.0):
                self._take(pipe.recv())

    def _seconds_until_due(self) -> float | None:
        engine, keeper = self.engine, self.keeper
        saves = None if engine.run.in_past else keeper.seconds_until_due(engine.trainer)
        due = [seconds for seconds in (engine.seconds_until_due(), saves) if seconds is not None]
        return min(due, default=None)

    def _take(self, request: Request) -> None:
        command = request.command
        if isinstance(command, Look):
            self.pipe.send(self.engine.look(command.view))
            return
        self.waiting.append(request)
        while self.waiting and (isinstance(command, Close) or not self._must_wait()):
            self._answer(self.waiting.popleft())

    def _must_wait(self) -> bool:
        return not all(self.engine.is_ready_for(request.command) for request in self.waiting)

    def _work(self) -> None:
        if self.waiting and not self._must_wait():
            self._answer(self.waiting.popleft())
        elif self.open:
            self.engine.work()
        run, trainer = self.engine.run, self.engine.trainer
        if self._until is not None and not run.running:
            self._answer_until()
        if not run.in_past:
            self.keeper.save_if_due(trainer, running=run.running)
        self.event_log.look(self.engine)
        if self.clock() >= self._chores_at:
            self._chores_at = self.clock() + CHORES_EVERY
            self.chores()
        if self.info.config.clip_norm != trainer.config.clip_norm:
            self._describe_anew()

    def _answer(self, request: Request) -> None:
        ticket, command = request.ticket, self._named(request.command)
        try:
            text = self._obey(command)
        except (RefusalError, InputError) as refusal:
            self.pipe.send(Refused(ticket, command, reason(refusal)))
            return
        if isinstance(command, RunUntil):
            self._answer_until()
            self._until = request
        else:
            self.pipe.send(Done(ticket, command, text))

    def _answer_until(self) -> None:
        request, self._until = self._until, None
        match request:
            case Request(ticket, RunUntil(update) as command):
                there = self.engine.trainer.update >= update
                why = self.engine.run.status.reason or mark("It goes on to another update.")
                self.pipe.send(Done(ticket, command, "" if there else why))

    def _named(self, command: Command) -> Command:
        trainer = self.engine.trainer
        match command:
            case Save(None):
                return Save(free_path(trainer.corpus.name, trainer.update))
            case SaveBundle(scene, None):
                name, update = trainer.corpus.name, trainer.update
                return SaveBundle(scene, free_path(name, update, suffix=".bundle"))
        return command

    def _obey(self, command: Command) -> str:
        match command:
            case Restart(seed):
                return self._restart(seed)
            case Begin(start):
                return self._begin(start)
            case KeepIn(path, worth):
                self.keeper.keep_in(path, worth, self.engine.trainer)
                return ""
            case Tag(tag):
                self.event_log.tag(tag)
                return ""
            case Close():
                self.open = False
                return ""
        said = carry_out(command, self.engine)
        if isinstance(command, Save) and command.path:
            self._saved(self.engine.trainer.update, command.path)
        return said

    def _saved(self, update: int, path: Path) -> None:
        self.event_log.saved(update, path)

    def _tell(self, sentence: str) -> None:
        with suppress(OSError):  # at the end there may be nobody to tell
            self.pipe.send(Notice(sentence))

    def _restart(self, seed: int | None) -> str:
        before = self.engine.run
        self._answer_until()  # the run that it was asked of ends here
        last = observation_of(self.engine)
        said = self.engine.restart(seed)
        before.to_head()
        self.keeper.before_restart(before.trainer)
        self.event_log.before_restart(last)
        self._describe_anew()
        self.event_log.begin(self.info, self.engine)
        return said

    def _begin(self, start: Start) -> str:
        """Take another network: one of a lesson, whose runs are neither kept nor logged."""
        self._answer_until()
        trainer = start.trainer()
        self.engine = Engine(trainer, self.clock, paused=True, halt=self.keeper.until_due)
        self.info = describe(trainer)
        self._introduce()
        return ""

    def _describe_anew(self) -> None:
        self.info = replace(self.info, config=self.engine.trainer.config)
        self._introduce()

    def _introduce(self) -> None:
        self.pipe.send(Started(self.info, self.engine.trainer.update))
