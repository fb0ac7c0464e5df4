"""The screen in another language, and turned to one while it runs."""

from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from rnn_tui.language import use
from tests.tui.snapshots import Kind
from tests.tui.stage import SIZES, Stage


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


@pytest.mark.parametrize("kind", ["hello", "lstm", "korean"])
async def test_lines_keep_their_columns(kind: Kind) -> None:
    """A word of two columns a letter, counted as one, would push the frame to the right."""
    use("ko")
    stage = Stage(kind)
    async with stage.open(SIZES[0]) as pilot:
        sizes = dict(zip(("80x24", "120x40", "200x60"), SIZES, strict=True))
        async for name in stage.at_every_size(pilot):
            width, _ = sizes[name]
            edges = [line for line in stage.text.splitlines() if line[-1:] in tuple("│╮╯")]
            assert edges
            assert {cell_len(line) for line in edges} == {width}
