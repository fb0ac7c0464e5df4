"""Workers of a race without processes: they make updates when the test says so."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from rnn_tui.errors import InputError
from rnn_tui.protocol.commands import (
    Command,
    Look,
    Pause,
    Restart,
    Resume,
    RunUntil,
    Step,
)
from rnn_tui.protocol.replies import Done, Failed, Lost, Message, Refused, Started
from rnn_tui.protocol.snapshot import RunInfo, Snapshot
from rnn_tui.protocol.state import RunState
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.session import Race
from rnn_tui.training.settings.config import Config
from tests.tui.snapshots import make_info, make_snapshot


@dataclass(eq=False)
class FakeWorker:
    """Stands where a session would; one update takes `takes` seconds of work."""

    entrant: Entrant
    listener: Callable[[Message], None]
    takes: float = 0.01
    limit: int = 10**9
    sent: list[Command] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    update: int = 0
    state: RunState = "paused"
    until: tuple[int, int] | None = None
    looks: list[int] = field(default_factory=list)
    limited = False
    deaf = False
    behind: bool = False
    pid: int | None = 4711
    stopped = False
    resume_point = "from the last good state"

    @property
    def info(self) -> RunInfo:
        return replace(make_info("hello"), config=self.entrant.config, windows_per_epoch=5)

    def start(self) -> None:
        if self.limited:
            raise InputError("too many processes")
        self.calls.append("start")

    def restart(self) -> None:
        self.calls.append("restart")

    def step_back(self) -> None:
        self.behind = True

    def close(self) -> None:
        self.calls.append("close")

    def ready(self, update: int = 0) -> None:
        """Say that training can begin."""
        self.update, self.state = update, "paused"
        self.listener(Started(self.info, update))

    def send(self, command: Command) -> int:
        self.sent.append(command)
        ticket = len(self.sent)
        if self.deaf:  # as where the process is gone and nobody has told so
            self.listener(Refused(ticket, command, "There is no worker."))
            return ticket
        match command:
            case Look():
                self.looks.append(ticket)
            case RunUntil(update):
                self.until = (ticket, update)
                self.state = "running" if self.update < min(update, self.limit) else "paused"
            case Resume() | Step():
                self.state = "running"
            case Pause():
                self.state = "paused"
        return ticket

    def work(self, updates: int = 10**6) -> None:
        """Make at most so many updates, and answer what is due then."""
        goal = self.until[1] if self.until else self.update + updates
        self.update = max(self.update, min(self.update + updates, goal, self.limit))
        if self.until and self.update >= min(goal, self.limit):
            (ticket, goal), self.until, self.state = self.until, None, "paused"
            why = "" if self.update >= goal else "a limit is reached."
            self.listener(Done(ticket, RunUntil(goal), why))

    def answer(self) -> None:
        """Answer all that is no look and not of rounds."""
        for ticket, command in enumerate(self.sent, 1):
            if isinstance(command, Restart):
                self.ready()
            if not isinstance(command, Look | RunUntil):
                self.listener(Done(ticket, command))

    def show(self) -> None:
        """Answer the looks."""
        looks, self.looks = self.looks, []
        for _ in looks:
            self.listener(self.snapshot())

    def snapshot(self) -> Snapshot:
        return make_snapshot(
            "hello", self.update, state=self.state, seconds=self.update * self.takes,
            reason="" if self.state == "running" else f"{self.update} updates are made.",
        )  # fmt: skip

    def fall(self, *, failed: bool = False) -> None:
        """Be gone."""
        self.until = None
        self.listener(Failed("it broke", "…") if failed else Lost(-9, "killed"))

    def of(self, *kinds: type[Command]) -> list[Command]:
        return [command for command in self.sent if isinstance(command, kinds)]


class Track:
    """A race of such workers, and what its screen hears."""

    def __init__(self, *names: str, **options: Any) -> None:
        self.now = 0.0
        self.most = options.pop("most", 9)
        """Workers that the system allows."""
        self.workers: dict[str, FakeWorker] = {}
        self.heard: list[Message] = []
        made = [Entrant(name, Config(cell=name)) for name in names]  # type: ignore[arg-type]
        self.race = Race(made, self._make, self.heard.append, clock=lambda: self.now, **options)

    def _make(self, entrant: Entrant, listener: Callable[[Message], None]) -> FakeWorker:
        made = self.workers[entrant.name] = FakeWorker(entrant, listener)
        made.limited = len(self.workers) > self.most
        return made

    def ready(self) -> None:
        for worker in self.workers.values():
            worker.ready()

    def goals(self) -> list[int]:
        return [
            worker.until[1] if worker.until else -1
            for worker in self.workers.values()
            if "close" not in worker.calls
        ]

    def round(self, seconds: float) -> None:
        """Let all come to the goal, at a time."""
        self.now += seconds
        for worker in [worker for worker in self.workers.values() if worker.until]:
            worker.work()

    def of(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.heard if isinstance(message, kind)]

    def updates(self) -> list[int]:
        return [worker.update for worker in self.workers.values()]
