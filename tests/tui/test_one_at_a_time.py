"""In a small window one panel at a time, from which a key goes to the next."""

import pytest

from rnn_tui.keys.in_force import PAGES
from rnn_tui.lessons.built_in import lessons
from rnn_tui.tui.screens.run_screen import RunScreen
from rnn_tui.tui.widgets.memory.looks_bar import LooksBar
from tests.tui.inside import InsideStage
from tests.tui.lessons import LessonStage
from tests.tui.stage import Stage

SMALLEST = (40, 12)
PANELS = {
    "race": ["curves"],
    "train": ["loss", "bars", "samples", "after"],
    "unrolled": ["unrolled"],
    "backprop": ["known", "formula", "matrices"],
    "gradients": ["flow", "words", "norm"],
    "memory": ["influence_text", "influence_bars", "influence_words"],
}


def only(stage: Stage) -> str | None:
    """The id of the panel that has the window for itself."""
    screen = stage.app.screen
    assert isinstance(screen, RunScreen)
    assert sum("╭" in line for line in stage.text.splitlines()) == 1
    assert screen.maximized
    assert screen.maximized.outer_size.width == stage.app.size.width
    return screen.maximized.id


@pytest.mark.parametrize("size", [SMALLEST, (59, 40), (120, 17)])
async def test_each_panel_of_each_screen_in_turn(size: tuple[int, int]) -> None:
    stage = InsideStage()
    async with stage.open(size) as pilot:
        for number, page in enumerate(PAGES):
            await stage.press(pilot, str(number))
            seen = [only(stage)]
            for _ in PANELS[page]:
                assert "z panel" in stage.footer
                await stage.press(pilot, "z")
                seen.append(only(stage))
            assert seen == [*PANELS[page], PANELS[page][0]]


async def test_a_wider_window_has_all_of_them_again_and_escape_has_them_nowhere_else() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        before = stage.text
        await pilot.resize_terminal(*SMALLEST)
        await stage.settle(pilot)
        await pilot.press("z", "escape")
        await stage.settle(pilot)
        assert only(stage) == "bars"
        await pilot.resize_terminal(120, 40)
        stage.app.look()
        await stage.settle(pilot)
        assert stage.text == before


async def test_escape_leaves_the_prefix() -> None:
    stage = Stage()
    async with stage.open(SMALLEST) as pilot:
        await pilot.press("z", "z", "z", "slash", "h", "escape")
        await stage.settle(pilot)
        assert only(stage) == "after"
        assert stage.app.focused is None


async def test_another_look_is_seen_alone_too_and_marked_among_the_looks() -> None:
    stage = InsideStage()
    async with stage.open(SMALLEST) as pilot:
        await stage.open_look(pilot, "weights")
        assert only(stage) == "weights_picture"
        assert "weights" in stage.text.splitlines()[-3]


async def test_the_looks_are_drawn_before_their_names_are_known() -> None:
    stage = InsideStage()
    async with stage.open(SMALLEST) as pilot:
        await stage.press(pilot, "5")
        bar = stage.app.screen.query_one(LooksBar)
        bar.mark((), "", ("",))
        assert not bar.draw(40, 1)[0].text.strip()


@pytest.mark.parametrize("size", [(39, 12), (40, 11)])
async def test_below_that_one_sentence(size: tuple[int, int]) -> None:
    stage = Stage()
    async with stage.open(size):
        words = " ".join(stage.text.split())
        assert words == (
            "This window is too small for the pictures. Make it 40 columns wide and 12 lines high, "
            "or the letters smaller."
        )


async def test_a_lesson_is_the_first_of_them_until_it_is_put_aside() -> None:
    stage = LessonStage(lessons()[0])
    async with stage.open((59, 24)) as pilot:
        assert "Which place" in stage.text
        await stage.press(pilot, "z")
        assert only(stage) == "unrolled"
        await stage.press(pilot, "z", "escape")
        assert only(stage) == "unrolled"
        await stage.press(pilot, "L")
        assert "Which place" in stage.text
        await pilot.resize_terminal(60, 18)
        await stage.settle(pilot)
        assert "Which place" in stage.text


async def test_the_header_has_whole_words() -> None:
    stage = Stage()
    async with stage.open(SMALLEST, update=12_345):
        line = stage.text.splitlines()[1]
        assert line.split()[:5] == ["▶", "running", "update", "12,345", "loss"]
        assert len(line) <= 40


async def test_the_marked_step_stands_in_lines_where_the_figure_has_no_room() -> None:
    stage = InsideStage()
    async with stage.open(SMALLEST) as pilot:
        await stage.press(pilot, "2", "right", "right")
        lines = [line.strip("│ ") for line in stage.text.splitlines()]
        part = stage.app.screen.query_one("#unrolled").part  # type: ignore[attr-defined]
        hidden = [f"{value:.2f}".replace("-", "−") for value in part.layers[0]["h"][0]]
        assert lines[3].split() == ["input", "l", "3", "of", "4"]
        assert lines[4].split() == ["hidden", *hidden]
        assert lines[6].split() == ["target", "l"]
        assert lines[7].split() == ["loss", f"{part.losses[0]:.3f}"]
        best = max(part.logits[0])
        assert f"▸l {best:.2f}" in lines[5]
        await stage.press(pilot, "g")
        assert f"▸l {max(part.probs[0]):.2f}" in stage.text
