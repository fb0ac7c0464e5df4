"""The screen's handle on the worker: start, send, restart, close."""

import itertools
import signal
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rnn_tui.errors import InputError
from rnn_tui.errors import reason as said
from rnn_tui.language import mark, phrase
from rnn_tui.limits import reached
from rnn_tui.process.link import Link
from rnn_tui.process.output_log import log_path
from rnn_tui.process.priority import step_back
from rnn_tui.process.spawn import SpawnedWorker
from rnn_tui.process.stopped import is_stopped
from rnn_tui.process.terminal_restore import saved_terminal
from rnn_tui.protocol.commands import Close, Command, KeepIn, Look, Request, Save, SaveBundle, Tag
from rnn_tui.protocol.job import Job, Keeping
from rnn_tui.protocol.replies import Done, Failed, Left, Lost, Message, Notice, Refused, Started
from rnn_tui.saving.last_saved import resume_point
from rnn_tui.text.corpus import Corpus
from rnn_tui.text.visible import visible
from rnn_tui.training.settings.config import Config

if TYPE_CHECKING:
    from rnn_tui.training.bundle.file import Bundle
    from rnn_tui.training.checkpoint.file import Checkpoint

GRACE = 1.0
"""Seconds the worker has to leave by itself: an update and an answer."""
GRACE_TO_KEEP = 4.0
"""Seconds it has where runs are kept by themselves."""
GRACE_TO_SAVE = 10.0
"""Seconds it has when a checkpoint was asked for that is not yet written."""


class Session:
    """A training run in a process of its own, seen from the process of the screen."""

    def __init__(
        self,
        config: Config,
        corpus: Corpus,
        listener: Callable[[Message], None],
        *,
        paused: bool = False,
        notes: tuple[str, ...] = (),
        checkpoint: "Checkpoint | None" = None,
        bundle: "Bundle | None" = None,
        overrides: Mapping[str, object] | None = None,
        keeping: Keeping | None = None,
        spawned: SpawnedWorker | None = None,
    ) -> None:
        """Get ready; nothing is started yet.

        Args:
            config: The settings.
            corpus: The text.
            listener: Gets every message; mostly called from a thread of the session, and must
                return soon.
            paused: Stand still at first.
            notes: What was chosen or changed unasked, for `RunInfo`.
            checkpoint: Where to go on; `config` then counts for nothing. None: a new run.
            bundle: Whose checkpoint that is; None: nobody's.
            overrides: Settings that change from the checkpoint on, as in `resume`.
            keeping: What is saved without being asked for; None: nothing.
            spawned: A worker that is coming up already; None: `start` makes one.
        """
        self.log_path = log_path("worker.log")
        self._terminal = saved_terminal()
        self._keeping = keeping or Keeping()
        self._job = Job(
            config,
            corpus,
            paused,
            notes,
            checkpoint,
            bundle,
            dict(overrides or {}),
            self._keeping,
            began=time.time(),
        )
        self.parting: tuple[str, ...] = ()
        """What the worker had to say at the end, when the screen was on its way out."""
        self.left: Left | None = None
        """The worker's last word; None: it has not come."""
        self._listener = listener
        self._tickets = itertools.count(1)
        self._lock = threading.Lock()
        self._link: Link | None = None
        self._spawned = spawned
        self._unanswered: dict[int, Command] = {}
        self._started = False
        self._trained = False
        """Whether any worker of this session stood ready."""

    @property
    def unsaved(self) -> str:
        """After the end: why the checkpoint that was asked for is not written; empty: it is."""
        path = self._keeping.checkpoint
        if path is None or not self._trained:
            return ""
        if self.left is None:
            return f"{visible(str(path))} is not saved at the end: the worker was gone before it"
        return self.left.unsaved

    @property
    def alive(self) -> bool:
        """Whether there is a worker, as far as is known."""
        return self._link is not None

    @property
    def pid(self) -> int | None:
        """The worker's process number, while there is one."""
        link = self._link
        return link.pid if link else None

    @property
    def stopped(self) -> bool:
        """Whether the system holds the worker, as SIGSTOP makes it do."""
        return is_stopped(self.pid)

    def step_back(self) -> None:
        """Let the screen have the processor first; there are other workers beside this one."""
        step_back(self.pid)

    @property
    def resume_point(self) -> str:
        """Where `restart` would go on, in words that follow a verb."""
        return resume_point(self._job)

    def start(self) -> None:
        """Start the worker and return at once; `Started` comes when it is ready.

        To be called before a Textual app runs; within one, only `restart` works, and only after a
        `start` before it.

        Raises:
            InputError: A limit of the system stands in the way; nothing was started.
        """
        spawned, self._spawned = self._spawned, None
        link = Link(self._job, self.log_path, self._terminal, self._receive, self._end, spawned)
        with self._lock:
            self._link, self._started, self.left = link, False, None
        try:
            link.start()
        except (OSError, ValueError, RuntimeError) as error:
            with self._lock:
                self._link = None
            if limit := reached(error):
                raise InputError(limit) from error
            self._listener(Lost(None, not_started(visible(str(error)))))

    def send(self, command: Command) -> int:
        """Send a command without waiting.

        Returns:
            The ticket that `Done` or `Refused` will carry; a `Look` is answered by a `Snapshot`,
            or not at all when a newer one overtakes it.
        """
        ticket = next(self._tickets)
        looking = isinstance(command, Look)
        if isinstance(command, KeepIn):  # another worker in its place is to do so, too
            self._keeping = replace(self._keeping, race=command.path, worth=command.worth)
            self._job = replace(self._job, keeping=self._keeping)
        if isinstance(command, Tag) and (record := self._keeping.record):
            record = replace(record, tags=(*record.tags, command.tag))
            self._keeping = replace(self._keeping, record=record)
            self._job = replace(self._job, keeping=self._keeping)
        with self._lock:
            link = self._link
            if link and not looking:
                self._unanswered[ticket] = command
            taken = link is not None and (link.outbox.put(Request(ticket, command)) or link.ending)
            if not taken:
                self._unanswered.pop(ticket, None)
        if not taken and not looking:
            deaf, none = mark("The worker does not listen."), mark("There is no worker.")
            self._listener(Refused(ticket, command, deaf if link else none))
        return ticket

    def restart(self) -> None:
        """Put a new worker in the place of one that failed, was lost, or does not listen."""
        self._close(grace=0.0)
        self._job = replace(self._job, again=True)
        try:
            self.start()
        except InputError as error:
            self._listener(Lost(None, not_started(said(error))))

    def close(self) -> None:
        """End the worker, having saved what it was told to save; return when it is gone."""
        with self._lock:
            saving = any(
                isinstance(command, Save | SaveBundle) for command in self._unanswered.values()
            )
            saving = saving or (self._started and self._keeping.checkpoint is not None)
            grace = GRACE_TO_KEEP if self._keeping.autosave else GRACE
            grace = grace if self._started else 0.0
        self._close(GRACE_TO_SAVE if saving else grace)

    def _close(self, grace: float) -> None:
        with self._lock:
            link = self._link
        if link:
            link.close(Request(next(self._tickets), Close()), grace)
        with self._lock:
            self._link = None
            self._unanswered.clear()

    def _receive(self, link: Link, message: Message | Left) -> None:
        with self._lock:
            if link is not self._link:
                return
            if isinstance(message, Done | Refused):
                self._unanswered.pop(message.ticket, None)
            match message:
                case Done(command=Save(Path() as path)):
                    saved = {*self._job.saved, path.absolute()}
                    self._job = replace(self._job, saved=tuple(saved))
            if isinstance(message, Started):
                self._started = self._trained = True
            if isinstance(message, Left):
                self.left = message
                return
            if isinstance(message, Notice) and link.closing:
                self.parting += (message.text,)
            link.failed = link.failed or isinstance(message, Failed)
        self._listener(message)

    def _end(self, link: Link) -> None:
        with self._lock:
            if link is not self._link:
                return
            self._link = None
            unanswered, self._unanswered = self._unanswered, {}
        if not link.failed and not link.closing:
            self._listener(Lost(link.exit_code, self._why_it_ended(link.exit_code)))
        for ticket, command in unanswered.items():
            self._listener(Refused(ticket, command, mark("The worker is gone.")))

    def _why_it_ended(self, exit_code: int | None) -> str:
        if exit_code is None or exit_code >= 0:
            log = visible(str(self.log_path))
            return phrase(
                "The worker left without a word (exit code {code}); its log: {log}",
                code=exit_code,
                log=log,
            )
        try:
            name = signal.Signals(-exit_code).name
        except ValueError:
            name = "unknown"
        if name == "SIGKILL":
            return phrase(
                "The worker was killed by signal {number} ({name}): perhaps memory ran out.",
                number=-exit_code,
                name=name,
            )
        return phrase(
            "The worker was killed by signal {number} ({name}).", number=-exit_code, name=name
        )


def not_started(why: str) -> str:
    """Return what is said where there is no worker because it cannot be."""
    return phrase("The worker cannot be started: {reason}.", reason=why)
