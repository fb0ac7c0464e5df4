"""The way from a run to the lessons."""

from tests.tui.stage import Stage


async def test_a_key_leads_there_and_asks_first() -> None:
    stage = Stage(lessons=True)
    async with stage.open() as pilot:
        await pilot.press("L")
        await stage.settle(pilot)
        assert stage.status == "Press L again: the run is left as by q, for the lessons."
        await pilot.press("s", "L")
        assert stage.app.return_code is None
        await pilot.press("L")
        assert stage.app.to_lessons
    assert stage.app.return_code == 0


async def test_where_nobody_would_open_them_the_command_is_named() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("L", "L")
        await stage.settle(pilot)
        assert stage.status == "rnn-tui learn opens the lessons."
        assert not stage.app.to_lessons
