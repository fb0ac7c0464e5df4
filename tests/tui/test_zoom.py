"""One panel as large as the window, and back."""

import pytest

from rnn_tui.keys.in_force import PAGES
from rnn_tui.tui.screens.run_screen import RunScreen
from tests.tui.inside import InsideStage
from tests.tui.stage import SIZES, Stage


def large(stage: Stage) -> str | None:
    """The id of the panel that is as large as the window."""
    screen = stage.app.screen
    assert isinstance(screen, RunScreen)
    if screen.maximized is None:
        return None
    width, height = stage.app.size
    assert screen.maximized.outer_size.width == width
    assert screen.maximized.outer_size.height >= height - 6
    return screen.maximized.id


@pytest.mark.parametrize("size", SIZES)
async def test_each_panel_in_turn_then_all_of_them(size: tuple[int, int]) -> None:
    stage, seen = Stage(), list[str | None]()
    async with stage.open(size) as pilot:
        before = stage.text
        run, figure = ["run"] * (size[0] >= 180), ["figure"] * (size[1] >= 40)
        panels = ["loss", "bars", *run, "samples", "after", *figure, None]
        for _ in panels:
            await pilot.press("z")
            await stage.settle(pilot)
            seen.append(large(stage))
            assert stage.text.splitlines()[0].split("update")[0] in before
            assert stage.footer
        assert seen == panels
        assert stage.text == before


async def test_escape_makes_it_small_again() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        before = stage.text
        await pilot.press("z", "escape")
        await stage.settle(pilot)
        assert stage.text == before


async def test_on_every_screen_and_another_look_has_its_own() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        for number, page in enumerate(PAGES):
            await stage.press(pilot, str(number), "z")
            assert large(stage), page
        await stage.press(pilot, "tab")
        assert large(stage) is None
