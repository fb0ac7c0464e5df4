"""While a lesson asks for a number, digits are the answer, not screens."""

import pytest

from tests.tui.lessons import LessonStage
from tests.tui.test_lessons import ALL

SIZES = pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)], ids=lambda size: size[0])


@SIZES
async def test_a_digit_begins_the_answer(size: tuple[int, int]) -> None:
    stage = LessonStage(ALL["one-hot"], step=1)
    async with stage.open(size) as pilot:
        await stage.press(pilot, "3")
        assert stage.app.current_mode == "unrolled"
        assert stage.panel.line.value == "3"
        await stage.press(pilot, "enter")
        assert stage.page.right


@pytest.mark.parametrize("keys", ["full_stop 3 5", "0 comma 3 5", "minus minus . 3 5", "0 . 3 5"])
async def test_so_do_its_sign_and_its_point(keys: str) -> None:
    stage = LessonStage(ALL["wall"])
    async with stage.open((80, 24)) as pilot:
        before = stage.app.snapshot
        await stage.press(pilot, *keys.replace(" . ", " full_stop ").split(), "enter")
        assert stage.page.right
        assert stage.app.snapshot is not None
        assert before is not None
        assert stage.app.snapshot.temperature == before.temperature


@SIZES
async def test_the_other_screens_are_opened_from_the_line(size: tuple[int, int]) -> None:
    stage = LessonStage(ALL["one-hot"], step=1)
    async with stage.open(size) as pilot:
        await stage.press(pilot, "enter", "7")
        seen = []
        for _ in range(6):
            seen.append(stage.app.current_mode)
            assert stage.panel.line.has_focus
            assert stage.panel.line.value == "7"
            await stage.press(pilot, "tab")
        assert seen == ["unrolled", "backprop", "gradients", "memory", "train", "unrolled"]
        if size[0] > 40:
            await stage.press(pilot, "escape")
            assert "enter tab next screen" in stage.text


async def test_digits_are_screens_again_once_it_is_answered() -> None:
    stage = LessonStage(ALL["one-hot"], step=1)
    async with stage.open((120, 40)) as pilot:
        assert "12345" not in stage.text
        await stage.press(pilot, "3", "enter", "1")
        assert stage.app.current_mode == "train"
        await stage.press(pilot, "2")
        assert "12345" in stage.text


async def test_digits_are_screens_where_no_number_is_asked_for() -> None:
    stage = LessonStage(ALL["one-hot"])
    async with stage.open((80, 24)) as pilot:
        await stage.press(pilot, "1")
        assert stage.app.current_mode == "train"
        stage.app.playing.lead_to(1)
        await stage.settle(pilot)
        await stage.press(pilot, "escape", "1")
        assert stage.app.current_mode == "train"
