"""Experiments on screen 2: pictures, keys, numbers by the equations; the network stays as it is."""

from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.experiment.changes import Exchanged, Typed, Wiped
from rnn_tui.language import use
from rnn_tui.models.plain_windows import dense
from rnn_tui.nn import plain
from rnn_tui.nn.loss import softmax
from rnn_tui.protocol.unrolled import Unrolled
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage
from tests.tui.screens.test_inside import numbers

ENTER = "enter"


def wiped_hello(stage: InsideStage, step: int) -> Any:
    """Probabilities of hello by the equations, h made 0 after a step (from 0)."""
    parameters = stage.session.trainer.model.parameters
    cell = {name: parameters[f"rnn.{name}_l0"] for name in ("weight_ih", "weight_hh", "bias")}
    x, zero = np.eye(4)[[0, 1, 2, 2]], np.zeros(3)
    early, late = plain.rnn(cell, x[:step], zero)["h"], plain.rnn(cell, x[step + 1 :], zero)["h"]
    h = [early[t] for t in range(step)] + [zero] + [late[t] for t in range(3 - step)]
    return softmax(np.array(h) @ parameters["linear.weight"].T + parameters["linear.bias"])


@pytest.mark.parametrize(
    ("kind", "network", "keys"),
    [
        ("hello", "rnn", ["right", "d"]),
        ("lstm", "rnn", ["o", "g", *["right"] * 9, "I", "2", ENTER, "right"]),
        ("hello", "dense", ["right", "x", "o", ENTER]),
        ("lstm", "cnn", [*["right"] * 9, "x", "e", ENTER]),
    ],
    ids=["wiped", "typed", "dense", "cnn"],
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
        await stage.press(pilot, "2", "right", "d")
        same_text(stage.app)


async def test_before_and_now_in_color(same_picture: Compare) -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "right", "d")
        same_picture(stage.app)


async def test_wiped_and_put_back() -> None:
    stage = InsideStage()
    before = stage.session.trainer.model.flat.copy()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "g")
        usual = stage.text
        await stage.press(pilot, "right", "d")
        assert stage.status.startswith("Only in this picture: training is not touched. u puts")
        assert "u put back" in stage.footer
        assert "Experiment: h = 0 at step 2" in stage.text
        part, now = stage.seen(Unrolled), wiped_hello(stage, 1)
        assert part.unchanged is not None
        assert part.probs == pytest.approx(now, abs=1e-12)
        rows = stage.text.split("probs")[1].splitlines()[:4]
        told = np.array([numbers(row) for row in rows]).reshape(4, 4, 2)
        np.testing.assert_allclose(told[:, :, 0].T, now, atol=0.00501)
        np.testing.assert_allclose(told[:, :, 1].T, part.unchanged.probs, atol=0.00501)
        losses = [f"{-np.log(now[t, target]):.3f}" for t, target in enumerate((1, 2, 2, 3))]
        was = [f"{loss:.3f}" for loss in part.unchanged.losses]
        row = next(line for line in stage.text.splitlines() if "loss  " in line)
        both = zip(was, losses, strict=True)
        arrows = [old if old == new else f"{old}→{new}" for old, new in both]
        assert row.split()[-5:-1] == arrows
        await stage.press(pilot, "d")
        assert stage.status == "All is as the network says it."
        await stage.press(pilot, "left")
        assert stage.text.splitlines()[2:-2] == usual.splitlines()[2:-2]
        assert "put back" not in stage.footer
        await stage.press(pilot, "u")
        assert stage.status == "Nothing is changed here."
    assert np.array_equal(stage.session.trainer.model.flat, before)
    assert not stage.session.commands


async def test_one_thing_at_a_time_until_another_text_is_read() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "right", "down", "i", *"-1.5", ENTER)
        assert stage.seen(Unrolled).change == Typed(1, 0, 1, -1.5)
        assert "Experiment: h[2] = −1.5 at step 2" in stage.text
        await stage.press(pilot, "right", "d")
        assert stage.seen(Unrolled).change == Wiped(2)
        await stage.press(pilot, "x", "o", ENTER)
        assert stage.seen(Unrolled).change == Exchanged(2, 3)
        assert "Experiment: step 3 reads o, not l" in stage.text
        assert "l→o" in stage.text
        await stage.press(pilot, "u")
        assert stage.seen(Unrolled).change is None
        await stage.press(pilot, "d", "slash", "h", "e", "escape")
        assert stage.seen(Unrolled).change is None
        assert "Experiment" not in stage.text


async def test_while_training_runs_it_stays_and_is_said() -> None:
    stage = InsideStage()
    async with stage.open(state="running") as pilot:
        await stage.press(pilot, "2", "d")
        assert "Experiment, training goes on without it: h = 0 at step 1" in stage.text


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["x", "q", ENTER], "Type one of these: h e l o"),
        (["x", "h", ENTER], "That is what step 1 reads anyway."),
        (["i", "h", ENTER], "h is no number: type one as 0.5, -2 or 1e-3."),
        (["i", *"2e6", ENTER], "Type a number from −1,000,000 to 1,000,000."),
        (["I"], "This cell has only h; i types another one."),
    ],
)
async def test_what_cannot_be_is_said(keys: list[str], said: str) -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", *keys)
        assert stage.status == said
        assert stage.seen(Unrolled).change is None


async def test_a_network_without_a_state_reads_another_symbol() -> None:
    stage = InsideStage("hello", "dense")
    async with stage.open() as pilot:
        for key in ("d", "i"):
            await stage.press(pilot, "2", key)
            assert stage.status.startswith("This network hands nothing on from step to step; x")
        await stage.press(pilot, "right", "x", "o", ENTER)
        run = dense(stage.session.trainer.model.parameters, np.eye(4)[[0, 3, 2, 2]], 3)
        part = stage.seen(Unrolled)
        assert part.logits == pytest.approx(np.array([run.y[t] for t in range(4)]), abs=1e-12)
        reads = next(line for line in stage.text.splitlines() if "reads  " in line)
        assert reads.count("≠") == 3  # what the steps see: the last three symbols
