"""Where a small network leaves the Train screen empty, its figure stands there."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.tui.renderables.figure_layout import make_layout, whole_height
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage


def figures(stage: InsideStage) -> list[Any]:
    return [one for one in stage.app.screen.query("#figure") if one.display]


def asked(stage: InsideStage) -> list[UnrolledView]:
    """What is asked for of the unrolled network."""
    return [view for view in stage.app.front.view.inside if isinstance(view, UnrolledView)]  # type: ignore[union-attr]


async def test_pictures(same_text: Compare) -> None:
    stage = InsideStage()
    async with stage.open((80, 24)) as pilot:
        async for size in stage.at_every_size(pilot):
            same_text(stage.app, size)


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_it_has_the_numbers_of_a_plain_loop(size: tuple[int, int]) -> None:
    stage = InsideStage()
    async with stage.open(size) as pilot:
        await stage.settle(pilot)
        p, h = stage.session.trainer.model.parameters, np.zeros(3)
        for id in (0, 1, 2, 2):
            x = np.eye(4)[id]
            total = p["rnn.weight_ih_l0"] @ x + p["rnn.weight_hh_l0"] @ h + p["rnn.bias_l0"]
            h = np.tanh(total)
            y = p["linear.weight"] @ h + p["linear.bias"]
            for number in (*h, *y):
                assert f"{number:.2f}".replace("-", "−") in stage.text


async def test_only_where_it_has_room_and_nothing_is_asked_for_it_elsewhere() -> None:
    stage = InsideStage()
    async with stage.open((80, 24)) as pilot:
        assert not stage.app.screen.query("#figure")
        assert asked(stage) == []
        for size, there in (((120, 39), 1), ((120, 38), 0), ((80, 60), 1), ((79, 60), 0)):
            await pilot.resize_terminal(*size)
            await stage.settle(pilot)
            assert (size, len(figures(stage)), len(asked(stage))) == (size, there, there)
        before = stage.text
        await pilot.resize_terminal(200, 60)
        await stage.settle(pilot)
        assert len(figures(stage)) == 1
        await pilot.resize_terminal(79, 60)
        await stage.settle(pilot)
        assert stage.text == before


@pytest.mark.parametrize("network", ["rnn", "dense", "cnn"])
async def test_a_large_network_has_none(network: str) -> None:
    stage = InsideStage("lstm", network)
    async with stage.open((200, 60)):
        assert figures(stage) == []
        assert asked(stage) == []


@pytest.mark.parametrize(("network", "size"), [("cnn", (120, 38)), ("dense", (120, 49))])
async def test_one_without_a_hidden_state_has_its_last_step_marked(
    network: str, size: tuple[int, int]
) -> None:
    stage = InsideStage("hello", network)
    async with stage.open(size) as pilot:
        (figure,) = figures(stage)
        assert figure.cursor == 3
        assert "step 4 sees the last" in stage.text
        numbers = stage.seen(Unrolled).layers[-1]["h"][-1]
        assert f"h1 {numbers[0]:.5f}".replace("-", "−") in stage.text
        await stage.press(pilot, "F", "l", "enter", "escape")
        assert figure.cursor != 3
        await pilot.resize_terminal(size[0], size[1] - 1)
        await stage.settle(pilot)
        assert figures(stage) == []


async def test_it_reads_the_window_and_marks_what_was_found() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        (figure,) = figures(stage)
        assert figure.cursor == -1
        await stage.press(pilot, "F", "o", "enter")
        assert figure.cursor == 2
        assert "step 3:" in stage.text
        await stage.press(pilot, "escape", "H")
        assert figure.cursor == -1
        assert "step 3:" not in stage.text


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("vocabulary", [2, 4, 7, 12, 13])
def test_the_height_is_enough_for_all_of_it(vocabulary: int, layers: int) -> None:
    sizes = {"steps": 5, "vocabulary": vocabulary, "hidden": 3, "layers": layers}
    for most in range(40):
        height = whole_height(118, most, **sizes)
        if height:
            assert height <= most
            layout = make_layout(118, height, gates=0, **sizes)
            assert (layout.columns, layout.symbols, layout.units) == (5, vocabulary, 3)
            assert (layout.layers, layout.heat) == (layers, False)
            assert layout.height == height
        else:
            assert vocabulary == 13 or most < 5 + vocabulary + 2 + layers * 5
        assert not whole_height(80, most, **sizes)
