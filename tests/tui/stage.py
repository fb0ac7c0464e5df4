"""An app on a make-believe session: nothing is spawned, nothing depends on time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from unittest.mock import patch

from textual.app import App
from textual.pilot import Pilot

from rnn_tui.protocol.commands import Command, Look, View
from rnn_tui.protocol.replies import Done, Message, Refused, Started
from rnn_tui.protocol.session import Listener
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.tui.app import RnnApp
from tests.tui.snapshots import Kind, make_info, make_prefix, make_snapshot

SIZES = [(80, 24), (120, 40), (200, 60)]
NAMES = [f"{width}x{height}" for width, height in SIZES]
SLOWEST = 0.001
"""Pictures a second: tests end before the timer has anything to say, however slow the machine."""


class FakeSession:
    """Remembers what it is sent, and answers every question with a snapshot."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self.sent: list[Command] = []
        self.calls: list[str] = []
        self.kind: Kind = "hello"
        self.answers = True
        self.moment: dict[str, Any] = {}
        """In what the next snapshots differ from the usual one."""

    pid = 4711
    stopped = False
    resume_point = "from the last good state, saved 34 seconds ago"

    def start(self) -> None:
        self.calls.append("start")

    def restart(self) -> None:
        self.calls.append("restart")

    def close(self) -> None:
        self.calls.append("close")

    def send(self, command: Command) -> int:
        self.sent.append(command)
        if isinstance(command, Look) and self.answers:
            self.listener(self.snapshot(command.view))
        return len(self.sent)

    def snapshot(self, view: View) -> Snapshot:
        changes = {"prefix": None, **self.moment}
        update = changes.pop("update", 47)
        if view.prefix is not None and changes["prefix"] is None:
            changes["prefix"] = make_prefix(self.kind, update, view.prefix)
        size = {"steps": view.steps, "rows": view.rows, "bins": view.bins}
        return make_snapshot(self.kind, update, **size, **changes)

    @property
    def commands(self) -> list[Command]:
        """What it was sent, questions left out."""
        return [command for command in self.sent if not isinstance(command, Look)]

    @property
    def views(self) -> list[View]:
        """What was looked at."""
        return [command.view for command in self.sent if isinstance(command, Look)]


class Stage:
    """The app, the session under it, and what is painted."""

    def __init__(self, kind: Kind = "hello", app: type[RnnApp] = RnnApp, **options: Any) -> None:
        self.app = app(FakeSession, **{"fps": SLOWEST, **options})
        assert isinstance(self.app.session, FakeSession)
        self.session = self.app.session
        self.session.kind = kind

    @asynccontextmanager
    async def open(
        self, size: tuple[int, int] = (120, 40), *, started: bool = True, **moment: Any
    ) -> AsyncIterator[Pilot[None]]:
        """Run the app; `moment` says in what the snapshots differ from the usual one."""
        self.session.moment = moment
        if started:
            update = moment.get("update", 47)  # as from a checkpoint
            self.session.listener(Started(make_info(self.session.kind), update))
        async with self.app.run_test(size=size) as pilot:
            await self.settle(pilot)
            asked = -1
            while asked != len(self.session.sent):  # what is laid out at last is asked for last
                asked = len(self.session.sent)
                self.app.look()
                await self.settle(pilot)
            yield pilot
            assert self.text

    async def settle(self, pilot: Pilot[None]) -> None:
        """Wait until every message has been heard and every picture painted."""
        for _ in range(3):
            await pilot.pause()

    async def at_every_size(self, pilot: Pilot[None]) -> AsyncIterator[str]:
        """Make the window as large as each of SIZES; yield its name."""
        for size, name in zip(SIZES, NAMES, strict=True):
            await pilot.resize_terminal(*size)
            await self.settle(pilot)
            self.app.look()
            await self.settle(pilot)
            yield name

    async def tell(self, pilot: Pilot[None], message: Message) -> None:
        """Let the worker say something."""
        self.session.listener(message)
        await self.settle(pilot)

    async def answer(self, pilot: Pilot[None], text: str = "", **moment: Any) -> None:
        """Let the worker carry out the last command."""
        self.session.moment |= moment
        last = self.session.commands[-1]
        ticket = len(self.session.sent) - self.session.sent[::-1].index(last)
        await self.tell(pilot, Done(ticket, last, text))

    async def refuse(self, pilot: Pilot[None], reason: str) -> None:
        """Let the worker refuse the last command."""
        await self.tell(pilot, Refused(len(self.session.sent), self.session.commands[-1], reason))

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return painted(self.app)

    @property
    def footer(self) -> str:
        return self.text.splitlines()[-1].strip()

    @property
    def status(self) -> str:
        return self.text.splitlines()[-2].strip()


def painted(app: App[Any]) -> str:
    """Return the text on the screen in front, line by line."""
    with patch.object(app, "_filters", []):  # Textual's own; they change colors only
        lines = app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in line).rstrip() for line in lines) + "\n"
