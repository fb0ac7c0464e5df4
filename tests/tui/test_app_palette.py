"""The list of all commands, which is Textual's own, and what clicks and keys find in it."""

from pathlib import Path

import pytest
from textual import events
from textual.command import CommandInput, CommandList

from rnn_tui.protocol.commands import Step
from rnn_tui.text.visible import visible
from rnn_tui.tui.screens.commands import Commands
from tests.tui.stage import Stage


async def test_two_clicks_beside_the_palette_close_it_once() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("ctrl+p")
        await stage.settle(pilot)
        palette = stage.app.screen
        palette.dismiss()
        palette.dismiss()
        await stage.settle(pilot)
        assert stage.app.screen is stage.app.front


async def test_a_click_where_nothing_is_any_more_does_no_harm() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("ctrl+p")
        await stage.settle(pilot)
        click = events.Click(stage.app.screen, 500, 500, 0, 0, 1, False, False, False, 500, 500)
        stage.app.screen.post_message(click)
        await stage.settle(pilot)
        assert stage.app.screen is not stage.app.front
        assert not stage.app.crash


async def test_a_search_whose_palette_is_closed_does_no_harm() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("ctrl+p")
        await stage.settle(pilot)
        palette = stage.app.screen

        async def search_in_vain() -> None:
            palette.query_one("#gone")

        palette.run_worker(search_in_vain(), exit_on_error=True)
        await pilot.press("escape")
        await stage.settle(pilot)
        assert not stage.app.crash


@pytest.mark.parametrize("whose", ["of the list", "of the app"])
async def test_what_the_palette_raises_closes_the_palette(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, whose: str
) -> None:
    def fail(*_: object) -> None:
        raise IndexError("list index out of range")

    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("ctrl+p")
        await stage.settle(pilot)
        listing = stage.app.screen.query_one(CommandList)
        if whose == "of the list":
            monkeypatch.setattr(CommandList, "highlighted", property(fail))
            listing.call_next(listing.action_select)
        else:
            monkeypatch.setattr(CommandList, "action_page_down", fail)
            await pilot.press("pagedown")
        await stage.settle(pilot)
        monkeypatch.undo()
        assert stage.app.screen is stage.app.front
        assert not stage.app.crash
        assert "IndexError" in next(tmp_path.rglob("rnn-tui.log")).read_text()
        await pilot.press("s")
        assert stage.session.commands == [Step()]


async def test_themes_are_searched_in_the_same_palette() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        stage.app.action_change_theme()
        await stage.settle(pilot)
        assert type(stage.app.screen) is Commands


async def test_the_palette_can_be_opened_while_the_last_one_closes() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        for _ in range(3):
            stage.app.action_command_palette()
            stage.app.screen.dismiss()
        stage.app.action_command_palette()
        stage.app.action_command_palette()
        await stage.settle(pilot)
        assert [type(screen) for screen in stage.app.screen_stack].count(Commands) == 1
        assert not stage.app.crash


async def test_paging_through_the_palette_in_a_tiny_window_does_no_harm() -> None:
    stage = Stage()
    async with stage.open((10, 3)) as pilot:
        await pilot.press("ctrl+p")
        await stage.settle(pilot)
        await pilot.press("pagedown", "pageup", "escape")
        await stage.settle(pilot)
        assert stage.app.return_code is None


async def test_every_key_is_in_the_palette() -> None:
    stage = Stage()
    async with stage.open():
        titles = [c.title for c in stage.app.get_system_commands(stage.app.screen)]
        assert {"Pause or resume", "Unit of the loss", "Quit", "Colors"} <= set(titles)
        assert len(set(titles)) == len(titles)


async def test_a_command_from_the_palette_does_what_its_key_does() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*"one update")
        await stage.settle(pilot)
        await stage.app.workers.wait_for_complete()
        await pilot.press("down", "enter")
        await stage.settle(pilot)
        assert stage.session.commands == [Step()]


async def test_controls_that_are_pasted_into_the_palette_are_pictures() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("ctrl+p")
        await stage.settle(pilot)
        line = stage.app.screen.query_one(CommandInput)
        for pasted in ("ab\x12c\x03\x14", "\x9b31mred", "a\x7f\u202eb", "\x07\x08"):
            line.clear()
            line.post_message(events.Paste(pasted))
            await stage.settle(pilot)
            assert line.value == visible(pasted)
            assert all(c.isprintable() for c in str(line.render_line(0).text))
