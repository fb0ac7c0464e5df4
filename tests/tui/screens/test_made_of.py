"""From a number of screens 2 and 3 to the formula it came from."""

import re
from typing import Any

import numpy as np
import pytest

from rnn_tui.language import use
from rnn_tui.protocol.formula import FormulaSeen, FormulaView
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.protocol.update import Opened
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage

NUMBER = re.compile(r"−?\d+\.\d+")


@pytest.mark.parametrize(
    ("kind", "network", "keys"),
    [
        ("hello", "rnn", ["right", "m"]),
        ("lstm", "rnn", [*["right"] * 9, "m", "down"]),
        ("hello", "dense", ["right", "m"]),
        ("lstm", "cnn", [*["right"] * 9, "m", "l"]),
        ("hello", "rnn", ["right", "d", "m"]),
    ],
    ids=["hello", "lstm", "dense", "cnn", "wiped"],
)
async def test_pictures(kind: Any, network: str, keys: list[str], same_text: Compare) -> None:
    stage = InsideStage(kind, network)
    async with stage.open() as pilot:
        await stage.press(pilot, "2", *keys)
        async for size in stage.at_every_size(pilot):
            same_text(stage.app, size)


async def test_in_korean(same_text: Compare) -> None:
    stage = InsideStage()
    use("ko")
    async with stage.open((80, 24)) as pilot:
        await stage.press(pilot, "2", "right", "m")
        same_text(stage.app)


async def test_the_numbers_are_those_of_the_figure() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "right", "right", "m")
        assert "What the numbers of step 3 are made of" in stage.text
        assert "Unrolled in time" in stage.text
        figure, formula = stage.seen(Unrolled), stage.text.split("are made of")[1]
        told = [float(n.replace("−", "-")) for n in NUMBER.findall(formula)]
        h = figure.layers[0]["h"][2]
        assert told[12:15] == pytest.approx(h, abs=0.006)  # three terms of three, their sum, h
        sums = np.array(told[:9]).reshape(3, 3).sum(axis=0)
        assert told[9:12] == pytest.approx(sums, abs=0.02)
        assert told[15:19] == pytest.approx(figure.logits[2], abs=0.006)
        assert told[19:23] == pytest.approx(figure.probs[2], abs=0.006)
        assert told[24] == pytest.approx(figure.losses[2], abs=0.0006)
        await stage.press(pilot, "left")
        assert "What the numbers of step 2 are made of" in stage.text
        await stage.press(pilot, "m")
        assert "are made of" not in stage.text
        assert not any(isinstance(v, FormulaView) for v in stage.session.views[-1].inside)


async def test_it_reads_what_the_figure_reads() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "m", "slash", "l", "o", "enter", "right")
        opened = stage.seen(FormulaSeen).opened
        assert opened is not None
        assert opened.inputs.tolist() == stage.seen(Unrolled).inputs.tolist() == [2, 3]
        assert "−ln p₂(?)" in stage.text
        await stage.press(pilot, "d")
        assert "h was put there by hand" in stage.text
        assert "tanh(" not in stage.text


async def test_where_there_is_room_for_one_panel_it_is_that() -> None:
    stage = InsideStage()
    async with stage.open((44, 14)) as pilot:
        await stage.press(pilot, "2", "m")
        assert "h₁" in stage.text
        await stage.press(pilot, "m")
        assert "h₁" not in stage.text
        assert "hidden" in stage.text


async def test_a_gradient_leads_back_to_where_it_grew_last() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "3", "m")
        assert stage.status == "No micro-step so far added to this gradient: → goes on."
        await stage.press(pilot, *["right"] * 12, "m")  # W_xh's: of the layer, backward
        opened = stage.seen(Opened)
        last = opened.steps[opened.done - 1]
        assert (opened.done, last.phase, last.layer) == (11, "backward", 0)
        assert "dW_xh" in stage.text
        await stage.press(pilot, *["right"] * 3, *["tab"] * 11, "m")  # W_hy's: of the output
        opened = stage.seen(Opened)
        last = opened.steps[opened.done - 1]
        assert opened.weight is not None
        assert opened.weight.name.startswith("linear")
        assert (last.phase, last.layer) == ("backward", None)
        assert opened.done in (12, 14)
        assert "dW_hy" in stage.text
        # Of the update made, too: it is taken back.
        await stage.press(pilot, "end", "m")
        assert stage.seen(Opened).done == 16
        assert stage.session.trainer.update == 30
