"""A lesson on its screen, over a run of its own in this process: real numbers, no waiting."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from textual.pilot import Pilot

from rnn_tui.lessons.lesson import Lesson
from rnn_tui.lessons.start import Start
from rnn_tui.live.commands import carry_out
from rnn_tui.live.engine import Engine
from rnn_tui.live.info import describe
from rnn_tui.live.run import RefusalError
from rnn_tui.protocol.commands import Begin, Command, Look, Restart, RunUntil
from rnn_tui.protocol.replies import Done, Refused, Started
from rnn_tui.protocol.session import Listener
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.tui.control.lesson_page import Page
from rnn_tui.tui.lesson_app import LessonApp
from rnn_tui.tui.widgets.lesson_panel import LessonPanel, LessonText
from tests.tui.stage import SLOWEST, painted


class LiveSession:
    """Does at once what it is told; a `RunUntil` is finished before it is answered."""

    pid, stopped, resume_point = 4711, False, ""

    def __init__(self, start: Start, listener: Listener) -> None:
        self.listener, self.sent = listener, list[Command]()
        self.seconds = 0.0
        self.begin(start)

    def begin(self, start: Start) -> None:
        self.engine = Engine(start.trainer(), self.clock, paused=True)

    def clock(self) -> float:
        self.seconds += 0.25  # so that the pace is always kept
        return self.seconds

    def start(self) -> None: ...

    restart = close = start

    def send(self, command: Command) -> int:
        self.sent.append(command)
        ticket = len(self.sent)
        if isinstance(command, Look):
            self.listener(self.snapshot(command))
            return ticket
        try:
            text = self._obey(command)
        except RefusalError as refusal:
            self.listener(Refused(ticket, command, str(refusal)))
        else:
            self.listener(Done(ticket, command, text))
        return ticket

    def snapshot(self, command: Look) -> Snapshot:
        found = self.engine.look(command.view)
        while found.looking:
            found = self.engine.look(command.view)
        return found

    def _obey(self, command: Command) -> str:
        if isinstance(command, Begin):
            self.begin(command.start)
            self.listener(Started(describe(self.engine.trainer)))
            return ""
        if isinstance(command, Restart):
            return self.engine.restart(command.seed)
        text = carry_out(command, self.engine)
        if not isinstance(command, RunUntil):
            return text
        while self.engine.run.running:
            self.engine.work()
        there = self.engine.trainer.update >= command.update
        return "" if there else self.engine.run.status.reason


class LessonStage:
    """The app on a lesson."""

    def __init__(self, lesson: Lesson, **options: Any) -> None:
        self.done: list[int] = []
        make = partial(LiveSession, lesson.steps[options.get("step", 0)].start)
        self.app = LessonApp(
            make, lesson=lesson, passed=self.done.append, **{"fps": SLOWEST, **options}
        )
        assert isinstance(self.app.session, LiveSession)
        self.session = self.app.session

    @asynccontextmanager
    async def open(self, size: tuple[int, int]) -> AsyncIterator[Pilot[None]]:
        trainer = self.session.engine.trainer
        self.session.listener(Started(describe(trainer), 0))
        async with self.app.run_test(size=size) as pilot:
            await self.settle(pilot)
            yield pilot
            assert self.text

    async def settle(self, pilot: Pilot[None]) -> None:
        """Wait until the lesson stands still, and every picture is painted."""
        for _ in range(3):
            await pilot.pause()
        while self.page.phase in ("leading", "working"):
            assert self.app._exception is None  # a fallen app would be waited for for ever
            await pilot.pause()
        await pilot.pause()

    async def press(self, pilot: Pilot[None], *keys: str) -> None:
        for key in keys:
            await pilot.press(key)
            await self.settle(pilot)

    async def answer(self, pilot: Pilot[None], text: str) -> None:
        """Type an answer into the line and hand it in."""
        await self.press(pilot, "enter")
        self.panel.line.value = text
        await self.press(pilot, "enter")

    @property
    def page(self) -> Page:
        return self.app.playing.page

    @property
    def panel(self) -> LessonPanel:
        front = self.app.front
        assert front
        return front.query_one(LessonPanel)

    @property
    def words(self) -> str:
        """What stands in the panel, as one line."""
        picture = self.panel.query_one(LessonText)._picture()
        return " ".join(" ".join(strip.text for strip in picture).split())

    @property
    def text(self) -> str:
        return painted(self.app)
