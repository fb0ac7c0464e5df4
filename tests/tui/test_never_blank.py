"""No panel is ever blank: what has nothing to draw says what will be there."""

from dataclasses import replace
from typing import Any

import pytest

from rnn_tui.keys.in_force import PAGES
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.widgets.panel import Panel
from tests.tui.inside import InsideSession, InsideStage
from tests.tui.stage import FakeSession

SIZES = [(80, 24), (120, 40), (200, 60)]


def blank(stage: InsideStage) -> list[str | None]:
    """Return the panels on which nothing stands."""
    screen = stage.app.screen
    assert isinstance(screen, RunScreen)
    panels = [panel for panel in screen.shown if isinstance(panel, Panel) and panel.size.area]
    return [
        panel.id
        for panel in panels
        if not any(strip.text.strip() for strip in panel.draw(*panel.size))
    ]


async def every_page(stage: InsideStage, size: tuple[int, int]) -> None:
    async with stage.open(size) as pilot:
        for number, page in enumerate(PAGES):
            await stage.press(pilot, str(number))
            assert (page, blank(stage)) == (page, [])
            if page == "memory":
                for _ in range(4):
                    await stage.press(pilot, "tab")
                    assert blank(stage) == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("network", ["rnn", "cnn"])
async def test_on_a_network_that_has_learned(network: str, size: tuple[int, int]) -> None:
    await every_page(InsideStage("hello", network), size)


def nothing_inside(session: InsideSession, view: View) -> Snapshot:
    """Answer nothing of the inside, as while a large network is looked into."""
    return replace(FakeSession.snapshot(session, view), inside=(), samples=())


@pytest.mark.parametrize("size", SIZES)
async def test_before_anything_has_come(size: tuple[int, int], monkeypatch: Any) -> None:
    monkeypatch.setattr(InsideSession, "snapshot", nothing_inside)
    await every_page(InsideStage(), size)


async def test_while_an_update_is_not_walked_through() -> None:
    stage = InsideStage("lstm")
    stage.session.run.resume()
    async with stage.open((120, 40), state="running") as pilot:
        await stage.press(pilot, "3")
        assert blank(stage) == []
        assert "The formula of each micro-step will stand here" in stage.text
