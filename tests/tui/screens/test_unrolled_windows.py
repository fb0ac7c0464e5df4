"""Screen 2 over networks without a hidden state: pictures, keys, and the plain loops' numbers."""

import re
from typing import Any

import numpy as np
import pytest

from rnn_tui.models.plain_windows import cnn, dense
from rnn_tui.nn.loss import softmax
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.tui.widgets.unrolled.unrolled_panel import UnrolledPanel
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage

NUMBER = re.compile(r"−?\d+\.\d+")


def numbers(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in NUMBER.findall(text)]


def row(stage: InsideStage, name: str) -> str:
    return next(line for line in stage.text.splitlines() if re.match(rf"\W*{name}", line))


@pytest.mark.parametrize("kind", ["hello", "lstm"])
@pytest.mark.parametrize("network", ["dense", "cnn"])
async def test_pictures(kind: Any, network: str, same_text: Compare) -> None:
    stage = InsideStage(kind, network)
    async with stage.open() as pilot:
        await stage.press(pilot, "2", *["right"] * (2 if kind == "hello" else 40), "down")
        async for size in stage.at_every_size(pilot):
            same_text(stage.app, size)


async def test_the_dense_networks_numbers() -> None:
    stage = InsideStage("hello", "dense")
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "right", "right")
        run = dense(stage.session.trainer.model.parameters, np.eye(4)[[0, 1, 2, 2]], 3)
        logits = np.array([run.y[t] for t in range(4)])
        losses = -np.log(softmax(logits))[range(4), [1, 2, 2, 3]]
        hidden = [np.array([h[t] for t in range(4)]).T.ravel() for h in run.h]
        expected = [*logits.T.ravel(), *hidden[1], *hidden[0], *losses]
        painted = numbers(stage.text.split("target")[1].split("step ")[0])
        assert painted == pytest.approx(np.array(expected), abs=0.00501)
        assert row(stage, "reads").split("reads")[1].split() == [
            *"□□h",
            *"□he",
            *"hel",
            *"ell",
            "│",
        ]
        assert "0000 0000 1000" in row(stage, "one-hot")
        assert f"h1 {run.h[1][2][0]:.5f}".replace("-", "−") in stage.text


async def test_the_cnns_numbers_and_its_cone() -> None:
    stage = InsideStage("hello", "cnn")
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "right", "right", "down")
        run = cnn(stage.session.trainer.model.parameters, np.eye(4)[[0, 1, 2, 2]])
        for layer, cone in ((2, [2]), (1, [0, 2])):
            painted = row(stage, f"layer {layer} d {layer}").split(f"d {layer}", 1)[1]
            h = [run.h[layer - 1][t][1] for t in range(4)]
            assert numbers(painted) == pytest.approx(h, abs=0.00501)
            marked = [h[t] for t in cone]
            in_brackets = " ".join(re.findall(r"\[(.*?)\]", painted))
            assert numbers(in_brackets) == pytest.approx(marked, abs=0.00501)
        assert "kernel 2, dilation d 1 2 · reach 4 · unit 2" in stage.text
        assert "step 3 sees the last 4 symbols; 1 of them before the beginning" in stage.text
        assert f"h2 {run.h[1][2][1]:.5f}".replace("-", "−") in stage.text


async def test_a_snapshot_has_one_unit_and_the_steps_that_fit() -> None:
    stage = InsideStage("lstm", "cnn")
    async with stage.open((80, 24)) as pilot:
        await stage.press(pilot, "2", *["right"] * 45)
        view = stage.session.views[-1].inside[0]
        assert isinstance(view, UnrolledView)
        assert (view.unit, view.steps, view.first) == (0, 18, 28)
        assert "step 46 sees the last 32 symbols; 14 further left, not shown" in stage.text
        await stage.press(pilot, *["left"] * 10)
        view = stage.session.views[-1].inside[0]
        assert isinstance(view, UnrolledView)
        assert view.first == 18  # what the step is made of stays in sight


@pytest.mark.parametrize("network", ["dense", "cnn"])
async def test_a_text_of_ones_own_shorter_than_the_window(network: str) -> None:
    stage = InsideStage("lstm", network)
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "slash", "T", "h", "escape")
        reach = 9 if network == "dense" else 32
        said = f"step 1 sees the last {reach} symbols; {reach - 1} of them before the beginning"
        assert said in stage.text
        assert "your text" in stage.text
        await stage.press(pilot, "slash", "[", "backspace", "backspace", "backspace", "x", "]")
        assert "never seen ]" in stage.text or "never seen x ]" in stage.text


async def test_no_cell_to_open() -> None:
    stage = InsideStage("hello", "dense")
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "o")
        assert stage.status == "This network has no cell to open."


async def test_an_answer_asked_for_another_network_is_not_drawn() -> None:
    """As the first one after another network of a race was chosen."""
    stage = InsideStage("hello", "cnn")
    async with stage.open() as pilot:
        await stage.press(pilot, "2")
        panel = stage.app.screen.query_one(UnrolledPanel)
        whole, own = (stage.session.inspector.look(UnrolledView(unit=unit)) for unit in (None, 0))
        assert isinstance(whole, Unrolled)
        assert isinstance(own, Unrolled)
        assert "".join(s.text for s in panel.draw_part(whole, stage.info, 80, 20)).strip() == (
            "The network will be drawn here, a column for every time step."
        )
        assert "layer 2" in "".join(s.text for s in panel.draw_part(own, stage.info, 80, 20))
