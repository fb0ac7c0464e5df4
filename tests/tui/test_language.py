"""The screen in another language, and turned to one while it runs."""

from collections.abc import Iterator
from typing import Any

import pytest
from rich.cells import cell_len

from rnn_tui.language import phrase, tr, use
from rnn_tui.protocol.replies import Lost
from rnn_tui.tui.race_app import RaceApp
from rnn_tui.tui.renderables.loss.marks import spoken
from rnn_tui.tui.screens.memory import MemoryScreen
from tests.tui.inside import InsideStage
from tests.tui.snapshots import Kind, make_race
from tests.tui.stage import NAMES, SIZES, Stage
from tests.tui.widgets.test_divergence_panel import FINDING, diverged, words


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use("en")


async def test_turned_while_it_runs() -> None:
    stage = Stage()
    async with stage.open((120, 40)) as pilot:
        assert "Loss · nats per character" in stage.text
        await pilot.press("K")
        await stage.settle(pilot)
        text = stage.text
        for korean in ("손실 · 글자당 nats", "타임 스텝마다", "멈춤", "학습 중", "해 보기: 5 키로"):
            assert korean in text
        for english in ("Loss", "Next", "pause", "running", "Try:", "goes on"):
            assert english not in text
        await pilot.press("K")
        await stage.settle(pilot)
        assert "Loss · nats per character" in stage.text


async def test_a_screen_seen_before_speaks_the_new_language() -> None:
    stage = Stage()
    async with stage.open((80, 24)) as pilot:
        for key in ("2", "K", "1"):
            await pilot.press(key)
            await stage.settle(pilot)
        assert "손실 · 글자당 nats" in stage.text
        assert "Samples" not in stage.text


async def test_a_message_is_said_in_the_language_of_its_reader() -> None:
    use("ko")
    stage = Stage()
    async with stage.open((80, 24), speed=0.0) as pilot:
        await pilot.press("plus")
        await stage.settle(pilot)
        assert stage.status == "이미 최고 속도입니다."


def test_marks_that_files_keep_in_english() -> None:
    use("ko")
    assert spoken("clip none→1") == "클리핑 없음→1"
    assert spoken("diverged") == "발산"
    assert spoken(phrase("{turned} and {count} more", turned="lr 1→2", count=2)) == "lr 1→2 외 2개"
    assert spoken("W_hh2 ×0.9") == "W_hh2 ×0.9"


def uneven(text: str, width: int) -> list[str]:
    """Return the lines of panels that do not end at the right edge of the window."""
    edges = [line for line in text.splitlines() if line[-1:] in tuple("│╮╯")]
    assert edges
    return [line for line in edges if cell_len(line) != width]


@pytest.mark.parametrize("kind", ["hello", "lstm", "korean"])
async def test_lines_keep_their_columns(kind: Kind) -> None:
    """A word of two columns a letter, counted as one, would push the frame to the right."""
    use("ko")
    stage = Stage(kind)
    async with stage.open(SIZES[0]) as pilot:
        sizes = dict(zip(NAMES, SIZES, strict=True))
        async for name in stage.at_every_size(pilot):
            assert uneven(stage.text, sizes[name][0]) == []


@pytest.mark.parametrize(
    ("kind", "network"), [("hello", "rnn"), ("hello", "dense"), ("hello", "cnn"), ("lstm", "rnn")]
)
async def test_lines_of_the_screens_that_look_inside_do(kind: Kind, network: str) -> None:
    use("ko")
    stage = InsideStage(kind, network)
    async with stage.open(SIZES[0]) as pilot:
        looks = {"5": len(MemoryScreen.LOOKS)}
        for page, inner in (("2", "g"), ("3", "right"), ("4", "l"), ("5", "down")):
            await stage.press(pilot, page, inner)
            for _ in range(looks.get(page, 1)):
                for width, height in SIZES[:2]:
                    await pilot.resize_terminal(width, height)
                    await stage.settle(pilot)
                    assert uneven(stage.text, width) == []
                await stage.press(pilot, *["tab"] * (page == "5"))


async def test_lines_of_a_race_do() -> None:
    use("ko")
    stage = Stage("lstm", RaceApp)
    standing: dict[int, Any] = {1: ("stopped", ""), 4: ("paused", "."), 5: ("diverged", ".")}
    async with stage.open(SIZES[0], update=1200, race=make_race(states=standing)) as pilot:
        for width, height in SIZES:
            await pilot.resize_terminal(width, height)
            await stage.settle(pilot)
            assert uneven(stage.text, width) == []


@pytest.mark.parametrize("page", ["1", "2", "3", "4", "5"])
async def test_no_line_of_the_help_is_wider_than_the_window(page: str) -> None:
    use("ko")
    stage = InsideStage()
    async with stage.open((80, 900)) as pilot:
        await stage.press(pilot, page, "question_mark")
        assert "무엇이 보이나요" in stage.text
        assert max(map(cell_len, stage.text.splitlines())) <= 80


@pytest.mark.parametrize("width", [80, 101, 120, 137])
async def test_no_letter_of_a_panel_above_the_pictures_is_cut_in_two(width: int) -> None:
    use("ko")
    stage = Stage()
    async with stage.open((width, 24), **diverged()) as pilot:
        told = words(stage)
        for said in (FINDING.what, FINDING.where):
            assert " ".join(tr(said).split()) in told
        await stage.tell(pilot, Lost(-9, phrase("The worker is gone.")))
        told = words(stage)
        for said in (
            "학습 프로세스가 사라졌습니다.",
            "네트워크를 학습하는 프로세스가 사라졌습니다.",
        ):
            assert said in told


@pytest.mark.parametrize("size", SIZES[:2])
@pytest.mark.parametrize(("first", "second"), [("en", "ko"), ("ko", "en")])
async def test_a_screen_that_is_turned_is_as_one_that_was_opened_so(
    first: str, second: str, size: tuple[int, int]
) -> None:
    use(second)
    opened = await pages(InsideStage(), size)
    use(first)
    turned = await pages(InsideStage(), size, "K")
    for before, after in zip(opened, turned, strict=True):
        assert after == before


async def pages(stage: InsideStage, size: tuple[int, int], *turn: str) -> list[str]:
    """Return what is painted on every screen, once each is turned to the next language."""
    painted = []
    async with stage.open(size) as pilot:
        looks = ("tab",) * (len(MemoryScreen.LOOKS) - 1)
        for key in ("1", "2", "m", "3", "4", "5", *looks):
            await stage.press(pilot, key)
            stage.app.look()  # a screen that is new may have missed the first picture
            await stage.settle(pilot)
            await stage.press(pilot, *turn)
            painted.append(stage.text)
            await stage.press(pilot, *turn)
    return painted
