"""Screen 3 over networks without a hidden state: pictures, keys, and the plain loops' numbers."""

import re
from typing import Any

import numpy as np
import pytest

from rnn_tui.models.plain_windows import cnn, dense
from rnn_tui.models.registry import spec_of
from rnn_tui.protocol.update import Opened
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage
from tests.tui.screens.test_unrolled_windows import numbers

every_network = pytest.mark.parametrize("network", ["dense", "cnn"])
WALKS = {
    "forward": {"hello": ["right"] * 8, "lstm": ["shift+right"] * 11 + ["right"] * 2},
    "backward": {"hello": ["end", *["left"] * 5], "lstm": ["end", *["left"] * 10]},
}


def formula(stage: InsideStage) -> str:
    """What stands in the frame of the formula."""
    lines = stage.text.split("Gradients summed up")[0].splitlines()
    start = max(n for n, line in enumerate(lines) if re.search(r"╭─.*time step", line))
    return "\n".join(lines[start:])


@pytest.mark.parametrize("walk", WALKS)
@pytest.mark.parametrize("kind", ["hello", "lstm"])
@every_network
async def test_pictures(kind: Any, network: str, walk: str, same_text: Compare) -> None:
    stage = InsideStage(kind, network)
    async with stage.open() as pilot:
        await stage.press(pilot, "3", *WALKS[walk][kind])
        async for size in stage.at_every_size(pilot):
            same_text(stage.app, size)


@every_network
@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_nothing_is_cut_at_any_micro_step(network: str, size: tuple[int, int]) -> None:
    """Every equation has its result, and the way back its sentence, on the same lines."""
    stage = InsideStage("lstm", network)
    async with stage.open(size) as pilot:
        await stage.press(pilot, "3", *["shift+right"] * 11)
        part = opened(stage)
        said = " ".join(spec_of(stage.session.trainer.config).way_back.split())
        for step in part.steps[part.done : part.done + 12]:
            await stage.press(pilot, "right")
            assert step == opened(stage).steps[opened(stage).done - 1]
            if step.layer is not None:
                assert "h" in formula(stage)
        await stage.press(pilot, "end", "left")
        places = set()
        for _ in range(12):
            await stage.press(pilot, "left")
            text = formula(stage)
            plain = " ".join(re.sub(r"[│╰╯─]", " ", text).split())
            assert said in plain, text
            places.add(next(n for n, row in enumerate(text.splitlines()) if "No time in" in row))
        assert len(places) == 1


def opened(stage: InsideStage) -> Opened:
    (part,) = stage.app.screen.snapshot.inside  # type: ignore[attr-defined]
    assert isinstance(part, Opened)
    return part


@every_network
async def test_every_layer_paints_the_numbers_of_the_plain_loops(network: str) -> None:
    stage = InsideStage("hello", network)
    async with stage.open((200, 60)) as pilot:
        p, x = stage.session.trainer.model.parameters, np.eye(4)[[0, 1, 2, 2]]
        run: Any = cnn(p, x) if network == "cnn" else dense(p, x, 3)
        await stage.press(pilot, "3")
        for t in range(4):
            for layer in range(2):
                await stage.press(pilot, "right")
                last = formula(stage).split(f"a{'¹²'[layer]}{'₁₂₃₄'[t]} ")[-1]
                painted = numbers(last)
                assert painted[-3:] == pytest.approx(run.h[layer][t], abs=0.00501)
            await stage.press(pilot, "right")
            probs = np.exp(run.y[t]) / np.exp(run.y[t]).sum()
            painted = numbers(formula(stage).split("softmax")[1])[:4]
            assert painted == pytest.approx(probs, abs=0.00501)


async def test_the_symbols_that_the_dense_network_reads() -> None:
    stage = InsideStage("hello", "dense")
    async with stage.open() as pilot:
        await stage.press(pilot, "3", "right")
        assert re.search(r"W¹x₋₁ = .*□, 2 steps before", stage.text)
        await stage.press(pilot, "shift+right", "shift+right", "right")
        for left, said in (
            ("W¹x₁", "h, 2 steps before"),
            ("W¹x₂", "e, 1 step before"),
            ("W¹x₃", "l, read now"),
            ("b¹", "the bias"),
            ("a¹₃", "all of them added up"),
        ):
            assert re.search(rf"{left} +=.*{said}", stage.text), left


async def test_what_comes_down_to_a_convolution() -> None:
    """Unit by unit: around the layer above, and through its taps at the steps that read it."""
    stage = InsideStage("hello", "cnn")
    async with stage.open() as pilot:
        await stage.press(pilot, "3", "end", *["left"] * 5)
        assert "Backward · time step 2 · convolution 1" in stage.text
        assert "dh¹₂  = dh²₂ + W²ᵀ da² of steps 2, 4" in stage.text
        around, through, whole = (
            opened(stage).vectors[name].values for name in ("around", "dh_above", "dh")
        )
        assert whole == pytest.approx(around + through, abs=1e-15)


@every_network
async def test_weights_are_checked_and_new_at_the_end(network: str) -> None:
    stage = InsideStage("hello", network)
    async with stage.open() as pilot:
        trainer = stage.session.trainer
        before = trainer.model.flat.copy()
        await stage.press(pilot, "3", "end", "left", "down", "right", "tab", "c")
        assert re.match(r"W¹\[2,\d(,\d)?\]: backprop .*: right; error", stage.status)
        await stage.press(pilot, "C")
        assert re.match(r"All \d+ weights checked: all right", stage.status)
        await stage.press(pilot, "end")
        assert trainer.update == 31
        assert not np.array_equal(trainer.model.flat, before)
        await stage.press(pilot, "home")
        assert np.array_equal(trainer.model.flat, before)


async def test_the_marked_matrix_is_in_sight() -> None:
    """Twelve matrices in six lines: the rows move so that the mark is seen."""
    stage = InsideStage("lstm", "cnn")
    async with stage.open((80, 24)) as pilot:
        await stage.press(pilot, "3", "end", "left")
        assert "dW¹ " in stage.text
        assert "dW_hy " not in stage.text
        await stage.press(pilot, "shift+tab")
        assert "db_y 65" in stage.text
        assert "b_y[" in stage.text


async def test_where_not_all_matrices_have_room_it_says_which_are_seen() -> None:
    stage = InsideStage("lstm", "cnn")
    async with stage.open((80, 24)) as pilot:
        await stage.press(pilot, "3", "x")
        assert "matrices 1–5 of 12, tab to the others" in stage.text
        await stage.press(pilot, "shift+tab")
        assert "matrices 11–12 of 12, tab to the others" in stage.text
        await pilot.resize_terminal(200, 60)
        await stage.settle(pilot)
        assert "of 12, tab" not in stage.text


async def test_at_80x24_what_is_known_stands_there_on_the_way_forward() -> None:
    stage = InsideStage()
    async with stage.open((80, 24)) as pilot:

        def seen() -> tuple[bool, bool]:
            words = ("Known so far", "Gradients summed up")
            return tuple(word in stage.text for word in words)  # type: ignore[return-value]

        await stage.press(pilot, "3")
        assert seen() == (True, False)
        await stage.press(pilot, "right", "right")
        known = stage.seen(Opened).known
        assert known is not None
        assert known.h.shape == (4, 3)
        assert all(f"{h:.2f}".replace("-", "−") in stage.text for h in known.h[0])
        assert "x gradients" in stage.footer
        await stage.press(pilot, *["shift+right"] * 5)
        assert seen() == (False, True)
        assert "x known  ? help" in stage.footer
        assert stage.seen(Opened).known is None
        await stage.press(pilot, "x")
        assert seen() == (True, False)
        await stage.press(pilot, "home")
        assert seen() == (True, False)
        await stage.press(pilot, "x", "right")
        assert seen() == (False, True)
        await stage.press(pilot, "x", "tab")
        assert seen() == (False, True)
        await pilot.resize_terminal(120, 40)
        await stage.settle(pilot)
        assert seen() == (True, True)
        assert stage.text.index("Known so far") < stage.text.index("time step 1")
        await stage.press(pilot, "x")
        assert stage.status == "What is known and the gradients are both here."
