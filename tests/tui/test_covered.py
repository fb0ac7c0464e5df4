"""A key covers targets and predictions on screens 1 and 2, to ask a class for them."""

import re
from typing import Any

import pytest

from tests.tui.inside import InsideStage
from tests.tui.stage import SIZES

REVEALING = r"[▸█]|×(?!\d)|\d %|p\((?!target)|l→l"


def revealed(stage: InsideStage, page: str) -> list[str]:
    """What the panels with targets and predictions tell."""
    names = ("bars", "after", "figure") if page == "1" else ("unrolled",)
    panels = [one for name in names for one in stage.app.screen.query(f"#{name}")]
    found = []
    for panel in panels:
        drawn: Any = getattr(panel, "picture", panel)
        text = "\n".join(strip.text for strip in drawn.draw(*drawn.size))
        found += re.findall(REVEALING, text + str(panel.border_subtitle))
    return found


@pytest.mark.parametrize("network", ["rnn", "dense", "cnn"])
@pytest.mark.parametrize("kind", ["hello", "lstm"])
async def test_nothing_is_told_of_what_comes_next(kind: Any, network: str) -> None:
    stage = InsideStage(kind, network)
    async with stage.open(SIZES[0]) as pilot:
        for page in "12":
            await stage.press(pilot, page, "T")
            async for _ in stage.at_every_size(pilot):
                assert revealed(stage, page) == []
            await stage.press(pilot, "T")
            assert revealed(stage, page)


async def test_it_stays_covered_on_the_other_screen_and_comes_back_as_it_was() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2")
        unrolled = stage.text
        await stage.press(pilot, "1")
        train = stage.text
        await stage.press(pilot, "T")
        assert stage.status == (
            "On screens 1 and 2 all that tells what comes next is covered; T shows it."
        )
        assert "h→?" in stage.text
        assert "what comes next?" in stage.text
        await stage.press(pilot, "2")
        assert revealed(stage, "2") == []
        assert "loss" not in str(stage.app.screen.query_one("#unrolled").copied)  # type: ignore[attr-defined]
        await stage.press(pilot, "T")
        assert stage.status == "What was covered is seen again."
        await stage.press(pilot, "1")
        assert stage.text == train
        await stage.press(pilot, "2")
        assert stage.text == unrolled


@pytest.mark.parametrize("size", [(40, 12)])
async def test_nor_where_the_marked_step_stands_in_lines(size: tuple[int, int]) -> None:
    stage = InsideStage()
    async with stage.open(size) as pilot:
        await stage.press(pilot, "2", "T")
        lines = stage.text.splitlines()
        assert not any(line.startswith(("│target", "│loss")) for line in lines)
        (logits,) = (line for line in lines if line.startswith("│logits"))
        assert logits.strip("│").split() == ["logits", "·"]


async def test_an_experiment_is_covered_too() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "d")
        assert revealed(stage, "2")
        await stage.press(pilot, "T")
        assert revealed(stage, "2") == []


@pytest.mark.parametrize("size", [(40, 12), (80, 24), (120, 40)])
@pytest.mark.parametrize("kind", ["hello", "lstm"])
async def test_nor_by_the_formulas_of_the_marked_step(kind: Any, size: tuple[int, int]) -> None:
    told = re.compile(r"softmax|−ln|^│? *[yp][₀-₉]+ ", re.MULTILINE)
    stage = InsideStage(kind)
    async with stage.open(size) as pilot:
        await stage.press(pilot, "2", "m")
        panel: Any = stage.app.screen.query_one("#made_of")
        seen = strips(panel)
        if (kind, size) != ("lstm", (40, 12)):  # there its gates take all the room
            assert len(told.findall(seen)) >= 3
        await stage.press(pilot, "T")
        assert told.findall(strips(panel)) == []
        assert "₁    = " in strips(panel)
        assert "next? T shows" in strips(panel)
        assert "· of " not in str(panel.border_title)
        await stage.press(pilot, "T")
        assert strips(panel) == seen


async def test_nor_by_those_of_a_step_that_was_put_there_by_hand() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "m", "d", "T")
        panel: Any = stage.app.screen.query_one("#made_of")
        assert " ".join(strips(panel).split()) == (
            "Covered: what comes next? T shows what the network expects."
        )


async def test_nor_by_a_key() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        for key in "yY":
            await stage.press(pilot, "slash", "h", "escape", "T", key)
            assert stage.status == "Covered: what comes next? T shows what the network expects."
            await stage.press(pilot, "T", "slash", "backspace", "escape")
        await stage.press(pilot, "slash", "h", "escape", "T", "slash", "tab")
        assert stage.status == "Covered: what comes next? T shows what the network expects."
        assert stage.app.screen.query_one("#after").text == "h"  # type: ignore[attr-defined]
        await stage.press(pilot, "escape", "T", "y")
        assert stage.status.startswith("Copied the prefix's continuation")


def strips(panel: Any) -> str:
    """What a panel draws."""
    return "\n".join(strip.text for strip in panel.draw(*panel.size))
