"""Screen 0: pictures, keys, and the ways in and out."""

from dataclasses import replace
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from rnn_tui.protocol.commands import (
    BeginRace,
    Choose,
    Command,
    Drop,
    Pause,
    SetLearningRate,
    SetPace,
    Step,
)
from rnn_tui.protocol.race import RaceView
from rnn_tui.protocol.replies import Lost, Started
from rnn_tui.tui.race_app import RaceApp
from rnn_tui.tui.screens.race import RaceScreen
from rnn_tui.tui.widgets.race.chart import RaceChart
from rnn_tui.tui.widgets.race.table import RaceTable
from tests.tui.conftest import Compare
from tests.tui.screens.test_hostile import EVIL, controls, hostile
from tests.tui.snapshots import LONG, Kind, make_info, make_prefix, make_race
from tests.tui.stage import Stage

SIZES = [(80, 24), (120, 40), (200, 60)]
STANDING: dict[int, Any] = {
    1: ("stopped", ""),
    4: ("paused", "Paused."),
    5: ("diverged", "The loss of update 1,201 was not finite."),
}
GONE = Lost(-9, "Killed by signal 9.")


async def press(stage: Stage, pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await stage.settle(pilot)


def looked(stage: Stage) -> bool:
    return stage.session.views[-1].race


class TestPictures:
    async def compare(self, stage: Stage, pilot: Pilot[None], same_text: Compare) -> None:
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await stage.settle(pilot)
            same_text(stage.app)

    async def test_six_networks(self, same_text: Compare) -> None:
        stage = Stage("lstm")
        async with stage.open(update=1200, race=make_race(states=STANDING)) as pilot:
            await press(stage, pilot, "0", "slash", "T", "h", "e", "escape")
            await self.compare(stage, pilot, same_text)

    async def test_long_names_flat_out_over_seconds(self, same_text: Compare) -> None:
        stage = Stage("lstm")
        race = make_race(names=LONG, prefix=False, pace="flat out")
        async with stage.open(update=1200, race=race) as pilot:
            await press(stage, pilot, "0", "l", "x", "x")
            await press(stage, pilot, "up")  # what the last key said goes
            await self.compare(stage, pilot, same_text)

    async def test_before_the_first_update_and_alone(self, same_text: Compare) -> None:
        stage = Stage()
        race = make_race("hello", 0, 5, prefix=False)
        async with stage.open((80, 24), update=0, race=race) as pilot:
            await press(stage, pilot, "0")
            same_text(stage.app)
            for alone in (None, replace(race, entrants=race.entrants[:1], chosen=0)):
                stage.session.moment["race"] = alone
                await press(stage, pilot, "up")
                same_text(stage.app)

    async def test_in_color(self, same_picture: Compare) -> None:
        stage = Stage("lstm")
        async with stage.open((120, 40), update=1200, race=make_race(states=STANDING)) as pilot:
            await press(stage, pilot, "0", "slash", "T", "escape")
            same_picture(stage.app)

    async def test_in_ascii(self, same_text: Compare) -> None:
        stage = Stage("lstm", charset="ascii")
        async with stage.open((80, 24), update=1200, race=make_race(count=5)) as pilot:
            await press(stage, pilot, "0", "slash", "T", "escape")
            assert stage.text.isascii()
            same_text(stage.app)

    async def test_without_color_the_forms_are_there(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("NO_COLOR", "1")
        stage = Stage("lstm")
        async with stage.open((120, 40), update=1200, race=make_race()) as pilot:
            await press(stage, pilot, "0")
            for form in ("⠒⠒⠒⠒⠒⠒", "⠒⠒⠒ ⠒⠒", "⠂ ⠂ ⠂ ", "⠒⠒⠒ ⠂ ", "⠒⠒  ⠒⠒", "⠒⠒⠒⠒⠒ "):
                assert f" {form} " in stage.text


KEYS: list[tuple[str, Command]] = [
    ("down", Choose(1)),
    ("up", Choose(-1)),
    ("space", Pause()),
    ("s", Step()),
    (">", SetLearningRate(0.005)),
    ("t", SetPace("flat out")),
]


async def test_keys_go_to_the_session() -> None:
    stage = Stage("lstm")
    async with stage.open(race=make_race(count=5)) as pilot:
        await press(stage, pilot, "0")
        assert looked(stage)
        for key, command in KEYS:
            await press(stage, pilot, "greater_than_sign" if key == ">" else key)
            assert stage.session.commands[-1] == command
        await press(stage, pilot, "t")  # before an answer: the other way round
        assert stage.session.commands[-1] == SetPace("equal")


async def test_dropping_asks_once_more() -> None:
    stage = Stage("lstm")
    async with stage.open(race=make_race(count=5)) as pilot:
        await press(stage, pilot, "0", "d")
        assert stage.status == "Press d again to let lstm go."
        await press(stage, pilot, "down", "d")
        assert stage.status == "Press d again to let lstm go."  # the question was another's
        assert Drop() not in stage.session.commands
        await press(stage, pilot, "d")
        assert stage.session.commands[-1] == Drop()
        await stage.refuse(pilot, "One network has to stay.")
        assert stage.status == "One network has to stay."


async def test_axis_scale_and_unit() -> None:
    stage = Stage("lstm")
    async with stage.open(update=1200, race=make_race(count=5)) as pilot:
        await press(stage, pilot, "0")
        chart = stage.app.screen.query_one(RaceChart)
        for said in ("characters", "seconds at work", "updates"):
            await press(stage, pilot, "x")
            assert f"{said}│" in stage.text
            assert stage.status.startswith(f"Loss over the {said.split()[0]}")
        await press(stage, pilot, "l", "u")
        assert "bits per character · log" in stage.text
        assert (chart.log_scale, chart.unit) == (True, "bits")
        assert stage.session.commands == []


async def test_enter_opens_and_escape_comes_back() -> None:
    stage = Stage("lstm")
    async with stage.open(race=make_race(count=5)) as pilot:
        await press(stage, pilot, "0", "enter")
        assert stage.app.current_mode == "train"
        assert not looked(stage)
        assert "esc race" in stage.footer
        for page in "12345":
            await press(stage, pilot, page, "escape")
            assert stage.app.current_mode == "race"
        assert "esc race" not in stage.footer


async def test_escape_is_the_boxes_the_helps_and_the_palettes_first() -> None:
    stage = Stage("lstm")
    async with stage.open(race=make_race(count=5)) as pilot:
        for opening in ("slash", "question_mark", "ctrl+p"):
            await press(stage, pilot, opening, "escape")
            assert stage.app.current_mode == "train"
            assert stage.app.screen is stage.app.front
            assert stage.app.screen.focused is None
        await press(stage, pilot, "escape")
        assert stage.app.current_mode == "race"


async def test_without_a_race_escape_does_nothing_and_enter_begins_one() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await press(stage, pilot, "escape")
        assert stage.app.current_mode == "train"
        await press(stage, pilot, "0", "slash")
        assert stage.app.screen.focused is None
        assert "One network runs." in stage.text
        await press(stage, pilot, "enter")
        assert stage.session.commands == [BeginRace()]
        assert stage.app.current_mode == "race"
        await press(stage, pilot, "t", "d", "y")
        assert stage.session.commands == [BeginRace()]


async def test_while_one_network_runs_the_footer_offers_what_works() -> None:
    stage = Stage()
    async with stage.open((200, 60)) as pilot:
        await press(stage, pilot, "0")
        assert "enter race" in stage.footer
        for idle in ("mark", "open", "pace", "drop", "axis", "prefix", "log", "unit"):
            assert f" {idle}" not in stage.footer
        stage.session.moment["race"] = make_race("hello", 47, 3)
        await press(stage, pilot, "space")
        for works in ("mark", "open", "pace", "drop", "axis", "prefix"):
            assert f" {works}" in stage.footer


async def test_where_nothing_can_race_no_race_is_promised() -> None:
    stage = Stage()
    async with stage.open(replayed=True) as pilot:
        await press(stage, pilot, "0")
        assert "enter" not in stage.footer
        assert "no network" in stage.text
        assert "Press enter" not in stage.text
    stage = Stage(app=RaceApp)
    async with stage.open(race=make_race("hello", 47, 3)) as pilot:
        assert stage.app.current_mode == "race"
        stage.session.moment["race"] = None
        await press(stage, pilot, "up")
        assert "One network runs: the others are out of the race." in stage.text
        assert "enter" not in stage.footer


async def test_before_the_first_moment_every_panel_says_what_will_be_there() -> None:
    stage = Stage(app=RaceApp)
    async with stage.open(started=False):
        for said in (RaceChart.EMPTY, RaceTable.EMPTY, "Press / and type: what each network"):
            assert said in stage.text


async def test_a_race_goes_on_though_a_worker_is_gone() -> None:
    stage = Stage("lstm")
    race = make_race(count=5, states={3: ("stopped", "")})
    async with stage.open(race=race) as pilot:
        await stage.tell(pilot, GONE)
        assert "Training has stopped" in stage.text
        seen = len(stage.session.views)
        await press(stage, pilot, "escape")
        assert stage.app.current_mode == "race"
        assert stage.app.fault is None
        assert "Training has stopped" not in stage.text
        assert len(stage.session.views) > seen
        header = stage.text.splitlines()[0]
        assert "✗ stopped" in header
        assert "running" not in header
        assert "lstm: its worker is gone; enter, then r goes on from the last save." in stage.status
        await stage.tell(pilot, GONE)  # one that was on its way
        assert stage.app.fault is None
        assert "Training has stopped" not in stage.text
        await press(stage, pilot, "enter")
        await stage.tell(pilot, GONE)
        assert "Training has stopped" in stage.text


@pytest.mark.parametrize(
    ("state", "short", "whole"),
    [
        ("stopped", ": its worker is gone; enter, then r.", " goes on from the last save. Equal"),
        ("diverged", ": diverged; enter tells why.", ": The loss of update 1,201 was not finite, "),
    ],
)
async def test_hints_fit_in_a_narrow_window(state: Any, short: str, whole: str) -> None:
    stage = Stage("lstm")
    reason = "The loss of update 1,201 was not finite, so it was not made, and nothing is changed."
    states: dict[int, Any] = {3: (state, reason)}
    race = make_race(names=LONG, states=states)
    async with stage.open((80, 24), race=race) as pilot:
        await press(stage, pilot, "0")
        assert stage.status == f"lstm learning-rate 0.03{short}"
        row = next(line for line in stage.text.splitlines() if line.startswith("│▸"))
        assert row.rstrip("│ ").endswith(
            "enter, then r" if state == "stopped" else "enter tells why"
        )
        await pilot.resize_terminal(200, 60)
        await press(stage, pilot, "up")
        assert whole in stage.status
        assert "…" not in stage.status


async def test_of_one_network_the_fault_is_said_here_too() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await press(stage, pilot, "0")
        await stage.tell(pilot, GONE)
        assert "Training has stopped" in stage.text


async def test_while_any_network_runs_there_is_more_to_see() -> None:
    stage = Stage("lstm")
    race = make_race(count=5)
    async with stage.open(state="paused", race=race):
        assert stage.app.pacing.moving
    still: dict[int, Any] = dict.fromkeys(range(5), ("paused", ""))
    stage = Stage("lstm")
    async with stage.open(state="paused", race=make_race(count=5, states=still)):
        assert not stage.app.pacing.moving


async def test_the_prefix_is_asked_for_and_tab_takes_what_the_chosen_one_expects() -> None:
    stage = Stage()
    async with stage.open(race=make_race("hello", 47, 3)) as pilot:
        await press(stage, pilot, "0", "slash", "h", "e")
        view = stage.session.views[-1]
        assert (view.prefix, view.race) == ("he", True)
        await press(stage, pilot, "tab")
        assert stage.session.views[-1].prefix == "hel"
        await press(stage, pilot, "d", "escape", "down")
        assert stage.session.views[-1].prefix == "held"
        assert stage.session.commands == [Choose(1)]


async def test_symbols_that_no_network_knows_are_named() -> None:
    stage = Stage()
    unknown = replace(make_prefix(prefix="hx"), unknown=("x",))
    async with stage.open(race=make_race("hello", 47, 3), prefix=unknown) as pilot:
        await press(stage, pilot, "0")
        assert "'x' never occurs in this text" in stage.text


async def test_the_table_is_copied() -> None:
    stage = Stage("lstm")
    race = make_race(count=5)
    async with stage.open(race=race) as pilot:
        await press(stage, pilot, "0", "y")
        copied = stage.app.clipboard.splitlines()
        assert [line.split()[0] for line in copied] == [
            "network", *(entrant.name for entrant in race.entrants)
        ]  # fmt: skip
        assert stage.status.startswith("Copied the table, ")


@pytest.mark.parametrize("kind", ["hello", "lstm"])
async def test_nothing_hostile_reaches_the_terminal(kind: Kind) -> None:
    stage = Stage(kind, theme="textual-light")
    race = make_race(kind, 47, 6, states={2: ("diverged", EVIL), 3: ("paused", EVIL)})
    info = make_info(kind)
    info = replace(info, corpus_name=EVIL, **hostile(len(info.symbols)))
    async with stage.open(SIZES[0], started=False, race=named(race, EVIL), reason=EVIL) as pilot:
        await stage.tell(pilot, Started(info, 47))
        await press(stage, pilot, "0", "slash")
        stage.app.screen.focused.post_message(events.Paste(EVIL))  # type: ignore[union-attr]
        await press(stage, pilot, "escape")
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await stage.settle(pilot)
            assert not controls(stage.text)
        await press(stage, pilot, "d")
        assert not controls(stage.text)


def named(race: RaceView, name: str) -> RaceView:
    return replace(race, entrants=tuple(replace(e, name=name) for e in race.entrants))


def test_the_screen_has_its_name() -> None:
    assert RaceScreen.SCOPE == "race"
