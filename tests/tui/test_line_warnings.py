"""What is said against a text that is typed ends with it."""

import pytest
from textual import events

from rnn_tui.tui.messages import StatusText
from tests.tui.inside import InsideStage

FULL = "The line is full: it takes 200 characters."
NO_NUMBER = "ab is no number: type one as 0.5, -2 or 1e-3."


@pytest.mark.parametrize("keys", [["backspace"], ["escape"]])
async def test_that_the_line_is_full(keys: list[str]) -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "slash")
        stage.app.screen.focused.value = "h" * 200  # type: ignore[union-attr]
        await stage.press(pilot, "h")
        assert stage.status == FULL
        await stage.press(pilot, *keys)
        assert FULL not in stage.text


@pytest.mark.parametrize("keys", [["c"], ["escape"], ["escape", "x"]])
async def test_that_it_is_no_number(keys: list[str]) -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "i", "a", "b", "enter")
        assert stage.status == NO_NUMBER
        await stage.press(pilot, *keys)
        assert NO_NUMBER not in stage.text


async def test_another_message_stays() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "i", "a", "b", "enter")
        stage.app.post_message(StatusText("Another one."))
        await stage.press(pilot, "escape")
        assert stage.status == "Another one."


async def test_what_is_pasted_into_a_full_line_is_refused_until_the_next_key() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "slash")
        line = stage.app.screen.focused
        assert line is not None
        line.post_message(events.Paste("hello" * 50))
        await stage.settle(pilot)
        assert stage.status == FULL
        await stage.press(pilot, "backspace")
        assert FULL not in stage.text
