"""Training time on the screen: keys, the place on the axis, ghosts, the list of branches."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.protocol.branches import BranchView, Ghost, Past
from rnn_tui.protocol.commands import Command, OtherBranch, ToBest, Travel
from rnn_tui.tui.renderables.loss.time_bar import facts, told
from rnn_tui.tui.widgets.loss_chart import LossChart
from tests.tui.snapshots import make_curves
from tests.tui.stage import Stage


def make_past(**changes: Any) -> Past:
    views = (
        BranchView(1, 0, 0, 200, "", 0.0123),
        BranchView(2, 1, 60, 150, "lr 0.03→0.5", 0.0456),
    )
    settings: dict[str, Any] = {
        "start": 0, "head": 150, "goal": None, "kept": np.array([0, 64, 128]), "size": 3 << 19,
        "budget": 256 << 20, "branch": 2, "branches": views,
    }  # fmt: skip
    return Past(**settings | changes)


def moment(update: int, **changes: Any) -> dict[str, Any]:
    return {
        "update": update,
        "curves": make_curves("hello", 150),
        "state": "paused",
        "past": make_past(**changes),
    }


@pytest.mark.parametrize(
    ("key", "command"),
    [
        ("[", Travel(-1)), ("]", Travel(1)), ("{", Travel(-10)), ("}", Travel(10)),
        ("b", OtherBranch()), ("*", ToBest()),
    ],
)  # fmt: skip
async def test_a_key_is_a_command(key: str, command: Command) -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press(key)
        assert stage.session.commands == [command]


async def test_after_going_back_space_goes_on() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("[", "space")
        assert [type(command).__name__ for command in stage.session.commands] == [
            "Travel",
            "Resume",
        ]


async def test_weights_taken_back_at_the_end_are_told_and_marked() -> None:
    stage = Stage()
    async with stage.open((120, 40), **moment(150, taken_back=True)):
        assert axis(stage).count("◆") == 1
        assert "branch 2 of 2 · at 150, weights taken back" in stage.text
    stage = Stage()
    async with stage.open((120, 40), **moment(150)):
        assert "◆" not in axis(stage)


def axis(stage: Stage) -> str:
    return next(line for line in stage.text.splitlines() if "└" in line)[:60]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_axis_shows_where_one_is_and_what_is_kept(size: tuple[int, int]) -> None:
    stage = Stage()
    async with stage.open(size, **moment(75)):
        line = axis(stage)
        assert line.count("◆") == 1
        assert line.count("━") == 3
        first, middle, last = (i for i, c in enumerate(line) if c == "━")
        assert first < middle < line.index("◆") < last
        chart = stage.app.screen.query_one(LossChart)
        strips = [chart.render_line(y) for y in range(2, chart.size.height - 4)]
        place = line.index("◆") - 1
        assert all(strip.crop(place, place + 1)._segments[0].style.reverse for strip in strips)


async def test_at_the_end_the_axis_is_calm() -> None:
    stage = Stage()
    async with stage.open(**moment(150)):
        assert not set("◆━") & set(axis(stage))


async def test_a_journey_shows_its_goal() -> None:
    stage = Stage()
    async with stage.open(**moment(30, goal=90)):
        assert axis(stage).index("◆") < axis(stage).index("◇")
        assert "going to 90" in stage.text


async def test_a_journey_is_looked_at_until_it_ends() -> None:
    stage = Stage()
    async with stage.open(**moment(30, goal=90)) as pilot:
        assert stage.app.pacing.moving
        for busy in (True, False):  # a sample of the new moment comes a little later
            stage.session.moment = moment(90) | {"busy": busy}
            stage.session.listener(stage.session.snapshot(stage.session.views[-1]))
            await stage.settle(pilot)
            assert stage.app.pacing.moving is busy


async def test_a_ghost_is_drawn_where_the_branch_has_no_curve() -> None:
    at = np.arange(60.0, 201.0)
    lifted = Ghost(1, at, np.full(len(at), 1.1))
    rows = []
    for ghosts in ((), (lifted,)):
        stage = Stage()
        async with stage.open(**moment(150, ghosts=ghosts)):
            rows.append(stage.text.splitlines()[2:20])
    dots = [sum(0x2800 < ord(c) < 0x2900 for line in lines for c in line[:60]) for lines in rows]
    assert dots[1] > dots[0] + 20


async def test_the_help_lists_the_branches() -> None:
    stage = Stage()
    async with stage.open((120, 120), **moment(75)) as pilot:
        await pilot.press("?")
        await stage.settle(pilot)
        words = " ".join(stage.text.split())
    assert "branch 1 smoothed loss 0.0123 at update 200" in words
    assert "▸branch 2 from update 60 of 1, lr 0.03→0.5, smoothed loss 0.0456 at update 150" in words
    assert "3 moments kept, 1.5 of at most 256 MB" in words


def test_one_branch_needs_no_list_and_its_end_no_words() -> None:
    past = make_past(branch=1, branches=make_past().branches[:1], head=200)
    assert [name for name, _ in facts(past)] == ["rewind"]
    assert told(past, 200) == ""
    assert told(past, 20) == " · at 20 of 200"


async def test_where_a_ghost_diverged_the_mark_stays() -> None:
    at = np.arange(60.0, 201.0)
    marks = []
    for broke in ([], [200]):
        stage = Stage()
        ghost = Ghost(1, at, np.full(len(at), 1.1), np.array(broke, dtype=np.int64))
        async with stage.open(**moment(150, ghosts=(ghost,))):
            marks.append(sum(line[:60].count("✗") for line in stage.text.splitlines()[2:20]))
    assert marks == [0, 1]
