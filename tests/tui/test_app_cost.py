"""What a picture costs, in counts: drawings made, characters sent to the terminal, questions."""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual._compositor import CompositorUpdate

from rnn_tui.protocol.commands import Look
from rnn_tui.tui.app import RnnApp
from rnn_tui.tui.widgets.panel import Drawn
from tests.tui.stage import Stage

pytestmark = pytest.mark.usefixtures("every_picture")
WIDTH, HEIGHT = 120, 40


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each kind of widget has drawn itself anew."""
    counts: Counter[str] = Counter()
    redraw = Drawn.redraw

    def counted(self: Drawn) -> None:
        counts[type(self).__name__] += 1
        redraw(self)

    monkeypatch.setattr(Drawn, "redraw", counted)
    return counts


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Characters of every picture sent to the terminal, escape sequences among them."""
    lengths: list[int] = []
    display = RnnApp._display

    def measured(self: Any, screen: Any, renderable: Any) -> None:
        if isinstance(renderable, CompositorUpdate):
            lengths.append(len(renderable.render_segments(self.console)))
        display(self, screen, renderable)

    monkeypatch.setattr(RnnApp, "_display", measured)
    return lengths


@asynccontextmanager
async def looked_at(drawn: Counter[str], sent: list[int]) -> AsyncIterator[tuple[Stage, Any]]:
    """A screen that has painted its first moment; what it draws and sends from now on counts."""
    stage = Stage()
    async with stage.open((WIDTH, HEIGHT)) as pilot:
        await look(stage, pilot)
        drawn.clear()
        sent.clear()
        yield stage, pilot


async def look(stage: Stage, pilot: Any, **moment: Any) -> None:
    """Ask for a snapshot, as the timer does, and paint it."""
    stage.session.moment |= moment
    stage.app.pacing.changed = True
    stage.app.look()
    await stage.settle(pilot)


async def test_the_same_moment_again_draws_and_sends_nothing(
    drawn: Counter[str], sent: list[int]
) -> None:
    async with looked_at(drawn, sent) as (stage, pilot):
        await look(stage, pilot)
        assert (drawn, sum(sent)) == ({}, 0)


async def test_a_number_of_the_header_repaints_the_header_only(
    drawn: Counter[str], sent: list[int]
) -> None:
    async with looked_at(drawn, sent) as (stage, pilot):
        await look(stage, pilot, updates_per_second=77.0)
        assert drawn == {"HeaderBar": 1}
        assert 0 < sum(sent) < 10 * WIDTH


async def test_a_step_draws_every_panel_once(drawn: Counter[str], sent: list[int]) -> None:
    async with looked_at(drawn, sent) as (stage, pilot):
        await look(stage, pilot, update=48)
        assert drawn
        assert max(drawn.values()) == 1
        # A cell with its color takes some ten characters on average.
        assert sum(sent) < 10 * WIDTH * HEIGHT


async def test_standing_still_nothing_is_asked() -> None:
    stage = Stage()
    async with stage.open((WIDTH, HEIGHT), state="paused") as pilot:
        await look(stage, pilot)
        asked = len([command for command in stage.session.sent if isinstance(command, Look)])
        for _ in range(20):
            stage.app.look()
            await stage.settle(pilot)
        assert len([one for one in stage.session.sent if isinstance(one, Look)]) == asked
