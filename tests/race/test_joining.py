"""A race that is begun on a running screen: kept by itself, and gone on with, as any."""

import queue
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rnn_tui.cli import parse
from rnn_tui.commands import screen
from rnn_tui.commands.options.lineup import lineup
from rnn_tui.commands.options.order import prepare
from rnn_tui.commands.parsers import command_parser
from rnn_tui.commands.runs.joining import Joining
from rnn_tui.process.session import Session
from rnn_tui.protocol.commands import BeginRace, KeepIn, Look, View
from rnn_tui.protocol.replies import Message, Started
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.race.entrant import Entrant
from rnn_tui.race.session import Race
from rnn_tui.saving.races import folder

DEADLINE = 60.0


@pytest.fixture(autouse=True)
def _state(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("rnn_tui.race.entrants.ALL", ("dense", "rnn", "gru"))


class Running:
    """A run on the screen, without the screen."""

    def __init__(self, *words: str) -> None:
        self.inbox: queue.Queue[Message] = queue.Queue()
        options = command_parser(screen).parse_args(["hello", "--speed", "0", *words])
        order = prepare(options)
        self.first = screen.session_for(options, order, lambda said: self.race_hears(said))
        self.joining = Joining(options, order, self.first)
        self.race_hears: Callable[[Message], None] = lambda _: None
        self.race = Race(
            [Entrant("rnn", order.config)], self.make, self.inbox.put, others=self.joining.rivals
        )

    def make(self, entrant: Entrant, listener: Callable[[Message], None]) -> Session:
        if entrant.name == "rnn":
            self.race_hears = listener
            return self.first
        return self.joining.session(entrant, listener)

    def wait_for(self, kind: type[Any]) -> Any:
        while not isinstance(message := self.inbox.get(timeout=DEADLINE), kind):
            pass
        return message

    def look_until(self, update: int) -> Snapshot:
        """Look until all have made so many updates."""
        while True:
            self.race.send(Look(View(race=True)))
            seen: Snapshot = self.wait_for(Snapshot)
            there = [entrant.update for entrant in seen.race.entrants] if seen.race else []
            if len(there) == 3 and min(there) > update:
                return seen


def resumed() -> Any:
    _, options = parse(["race", "hello", "--resume"])
    return lineup(options, dict)


def test_it_is_kept_and_gone_on_with(capsys: pytest.CaptureFixture[str]) -> None:
    running = Running()
    running.race.start()
    try:
        running.wait_for(Started)
        running.race.send(BeginRace())
        running.look_until(1000)
    finally:
        running.race.close()
    running.joining.report()
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 1
    assert said[0].startswith("rnn-tui: the race is kept: rnn-tui race ")
    assert said[0].endswith(" --resume goes on with it")
    entered = resumed()
    assert [entrant.name for entrant in entered.entrants] == ["rnn", "dense", "gru"]
    assert all(entrant.checkpoint.update > 1000 for entrant in entered.entrants)


def test_where_nothing_is_kept_by_itself_the_race_is_not_either(
    capsys: pytest.CaptureFixture[str],
) -> None:
    running = Running("--no-autosave")
    assert [entrant.name for entrant in running.joining.rivals()] == ["dense", "gru"]
    running.joining.report()
    assert capsys.readouterr().err == ""
    assert not folder().exists()


def test_another_worker_in_its_place_keeps_it_there_too(tmp_path: Path) -> None:
    running = Running()
    running.first.send(KeepIn(tmp_path / "1-rnn.safetensors", 0.5))
    keeping = running.first._job.keeping
    assert (keeping.race, keeping.worth) == (tmp_path / "1-rnn.safetensors", 0.5)
    assert keeping.autosave is not None
