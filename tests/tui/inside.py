"""A make-believe session that looks inside a real network, always the same one."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache
from typing import Any, TypeVar

from textual.pilot import Pilot

from rnn_tui.errors import reason
from rnn_tui.live.run import RefusalError, Run
from rnn_tui.live.time_travel import travel
from rnn_tui.live.turning import turn
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.protocol.commands import (
    CheckNetwork,
    CheckWeight,
    Command,
    GoThrough,
    Travel,
    TurnWeights,
    View,
)
from rnn_tui.protocol.inside import Inside
from rnn_tui.protocol.replies import Done, Refused, Started
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.config import Config
from rnn_tui.training.settings.presets import PRESETS
from rnn_tui.training.trainer import Trainer
from tests.tui.snapshots import TEXTS, Kind, make_info, make_symbols
from tests.tui.stage import FakeSession, Stage

Seen = TypeVar("Seen", bound=Inside)


@cache
def trained(kind: Kind, network: str = "rnn") -> Trainer:
    """A network that has learned a little, in float64, so that every machine paints the same."""
    if kind == "hello":
        config, text, updates = PRESETS["hello"], b"hello\n", 30
    else:
        large = Config(
            preset="auto", cell="lstm", hidden_size=128, num_layers=2, learning_rate=2e-3
        )
        config, updates = replace(large, seq_length=50, batch_size=2, dtype="float64"), 40
        # The made-up parts of a snapshot count the symbols in the same order.
        symbols = make_symbols(kind)
        prose = "".join(symbol for symbol in TEXTS[kind] if symbol in symbols)
        text = ("".join(symbols) + prose * 20).encode()
    if network != "rnn":
        sizes = {"context": 3} if kind == "hello" else {"context": 9, "hidden_size": 16}
        layers = 5 if network == "cnn" and kind != "hello" else 2
        config = replace(config, network=network, num_layers=layers, kernel_size=2, **sizes)
    trainer = Trainer(config, corpus_from_bytes(text, "text.txt"))
    for _ in range(updates):
        trainer.step()
    return trainer


class InsideSession(FakeSession):
    """Walks and looks for real; everything else is made up."""

    inspector: Inspector

    def look_into(self, kind: Kind, network: str = "rnn") -> None:
        """Begin with the network as it was trained."""
        trainer = trained(kind, network)
        state = trainer.capture()
        self.trainer = Trainer(trainer.config, trainer.corpus)
        self.trainer.restore(state)
        self.inspector = Inspector(Run(self.trainer, paused=True), lambda: 0.0)
        self.inspector.run.norms.add(self.trainer.update, 0.5)

    @property
    def run(self) -> Run:
        return self.inspector.run

    def moved(self, act: Callable[[], str]) -> str:
        """Do what leads to another moment; what was seen of this one is forgotten."""
        told = act()
        while self.run.travelling:
            self.run.travel_on(1_000)
        self.inspector = Inspector(self.run, lambda: 0.0)
        self.moment |= {"state": self.run.status.name, "reason": self.run.status.reason}
        return told

    def snapshot(self, view: View) -> Snapshot:
        run = self.inspector.run
        self.moment = {"state": run.status.name, "update": self.trainer.update, **self.moment}
        inside = tuple(map(self.inspector.look, view.inside))
        while self.inspector.is_working_on(view.inside):
            inside = tuple(map(self.inspector.look, view.inside))
        return replace(super().snapshot(view), inside=inside)

    def send(self, command: Command) -> int:
        ticket = super().send(command)
        try:
            match command:
                case GoThrough():
                    self.listener(Done(ticket, command, self.inspector.go(command)))
                case CheckWeight(name, index):
                    self.listener(Done(ticket, command, self.inspector.check_weight(name, index)))
                case TurnWeights(asked):
                    self.listener(Done(ticket, command, self.moved(lambda: turn(self.run, asked))))
                case Travel(strides):
                    told = self.moved(lambda: travel(self.run, strides))
                    self.listener(Done(ticket, command, told))
                case CheckNetwork():
                    self.listener(Done(ticket, command, self.inspector.check_network()))
        except RefusalError as refusal:
            self.listener(Refused(ticket, command, reason(refusal)))
        return ticket


class LookingStage(Stage):
    """The app over a session that looks into a real network."""

    @asynccontextmanager
    async def open(
        self, size: tuple[int, int] = (120, 40), *, started: bool = True, **moment: Any
    ) -> AsyncIterator[Pilot[None]]:
        """Run the app on the network that is looked into."""
        self.session.listener(Started(self.info))
        async with super().open(size, started=False, **moment) as pilot:
            yield pilot

    async def press(self, pilot: Pilot[None], *keys: str) -> None:
        """Strike keys, one after the other, each answered before the next."""
        for key in keys:
            await pilot.press(key)
            await self.settle(pilot)


class InsideStage(LookingStage):
    """The app over such a session."""

    session: InsideSession

    def __init__(self, kind: Kind = "hello", network: str = "rnn", **options: Any) -> None:
        super().__init__(kind, **options)
        session = InsideSession(self.session.listener)
        session.kind = kind
        session.look_into(kind, network)
        self.app.session = self.session = session
        self.app.controls._send = session.send
        self.info = replace(make_info(kind), config=session.trainer.config)

    async def open_look(self, pilot: Pilot[None], look: str, *keys: str) -> None:
        """Go to a look of the screen Memory, whichever place it has, and strike keys there."""
        await self.press(pilot, "5")
        while self.app.screen.look != look:  # type: ignore[attr-defined]
            await self.press(pilot, "tab")
        await self.press(pilot, *keys)

    def seen(self, kind: type[Seen]) -> Seen:
        """Return the part of this kind of what is shown."""
        inside = self.app.screen.snapshot.inside  # type: ignore[attr-defined]
        (part,) = [part for part in inside if isinstance(part, kind)]
        return part
