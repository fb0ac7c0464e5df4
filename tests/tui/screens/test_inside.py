"""The screens that look inside, over a real network: pictures, keys, numbers."""

import re
from typing import Any

import numpy as np
import pytest

from rnn_tui.protocol.commands import GoThrough
from rnn_tui.protocol.gradient_flow import GradientsView
from rnn_tui.protocol.replies import Lost
from rnn_tui.protocol.unrolled import Unrolled, UnrolledView
from rnn_tui.protocol.update import BackpropView, Opened
from rnn_tui.tui.screens.backprop import BackpropScreen
from rnn_tui.tui.screens.gradients import GradientsScreen
from rnn_tui.tui.screens.train import TrainScreen
from rnn_tui.tui.screens.unrolled import UnrolledScreen
from tests.inspection.cases import truth
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage
from tests.tui.stage import NAMES, SIZES
from tests.tui.test_app_remapped import mine

KINDS = pytest.mark.parametrize("kind", ["hello", "lstm"])
EVERY_SIZE = pytest.mark.parametrize("size", SIZES, ids=NAMES)
NUMBER = re.compile(r"−?\d+\.\d+")


def numbers(text: str) -> list[float]:
    return [float(found.replace("−", "-")) for found in NUMBER.findall(text)]


class TestPictures:
    @KINDS
    async def test_unrolled(self, kind: Any, same_text: Compare) -> None:
        stage = InsideStage(kind)
        async with stage.open() as pilot:
            await stage.press(pilot, "2", *["right"] * 2)
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    @EVERY_SIZE
    async def test_gates(self, size: tuple[int, int], same_text: Compare) -> None:
        """Scrolls as far as the window asks for: each size for itself."""
        stage = InsideStage("lstm")
        async with stage.open(size) as pilot:
            await stage.press(pilot, "2", "o", "g", *["right"] * 9, "down")
            same_text(stage.app)

    @KINDS
    async def test_backprop(self, kind: Any, same_text: Compare) -> None:
        stage = InsideStage(kind)
        async with stage.open() as pilot:
            walk = ["right"] * 13 if kind == "hello" else ["end", *["left"] * 5]
            await stage.press(pilot, "3", *walk)
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    @EVERY_SIZE
    @KINDS
    async def test_gradients(self, kind: Any, size: tuple[int, int], same_text: Compare) -> None:
        """The mark begins where there is room for it: each size has its own."""
        stage = InsideStage(kind)
        async with stage.open(size) as pilot:
            await stage.press(pilot, "4", "up")
            same_text(stage.app)

    @pytest.mark.parametrize(
        "keys", [["2"], ["3", "end", "left", "left"], ["4"]], ids=lambda k: k[0]
    )
    async def test_in_color(self, keys: list[str], same_picture: Compare) -> None:
        stage = InsideStage()
        async with stage.open() as pilot:
            await stage.press(pilot, *keys)
            same_picture(stage.app)


async def test_keys_open_the_screens_and_only_they_look() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        for key, screen, views in (
            ("2", UnrolledScreen, [UnrolledView]),
            ("3", BackpropScreen, [BackpropView]),
            ("4", GradientsScreen, [GradientsView]),
            ("1", TrainScreen, [UnrolledView]),
        ):
            await stage.press(pilot, key)
            assert isinstance(stage.app.screen, screen)
            assert [type(view) for view in stage.session.views[-1].inside] == views


async def test_what_a_screen_shows_stays_when_one_comes_back() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, "2", *["right"] * 20, "1", "2")
        assert "21" in stage.text
        assert stage.session.views[-1].inside[0].first > 0  # type: ignore[union-attr]


async def test_unrolled_paints_the_networks_numbers() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2")
        trainer = stage.session.trainer
        expected = truth(trainer, 0)
        painted = numbers(stage.text.split("target")[1].split("step ")[0])
        shown = [*expected["logits"].T.ravel(), *expected["h"][0].T.ravel(), *expected["losses"]]
        assert painted[: len(shown)] == pytest.approx(np.array(shown), abs=0.00501)
        await stage.press(pilot, "g")
        painted = numbers(stage.text.split("probs")[1])
        assert painted[:16] == pytest.approx(expected["probs"].T.ravel(), abs=0.00501)


async def test_the_frame_tells_all_digits_of_the_marked_step() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "right", "right", "down")
        expected = truth(stage.session.trainer, 0)
        frame = stage.text.split("╰")[-1]
        assert f"h2 {expected['h'][0][2, 1]:.5f}" in frame.replace("−", "-")
        assert f"p(l) {expected['probs'][2, 2]:.5f}" in frame
        assert f"loss {expected['losses'][2]:.5f}" in frame


async def test_a_text_of_ones_own_in_the_columns() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "2", "slash", "o", "h", "q")
        assert "never seen q" in stage.text
        await stage.press(pilot, "backspace", "escape")
        (part,) = stage.app.screen.snapshot.inside  # type: ignore[attr-defined]
        assert isinstance(part, Unrolled)
        assert part.inputs.tolist() == [3, 0]
        assert "your text" in stage.text


async def test_keys_walk_through_the_update() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "3", "right", "shift+right", "shift+left", "left", "end", "home")
        steps = ["on", "step on", "step back", "back", "last", "first"]
        assert [c.to for c in stage.session.commands if isinstance(c, GoThrough)] == steps
        assert "micro-step 0 of 19" in stage.text
        assert "This is one update, laid open." in stage.text


async def test_every_micro_step_paints_numbers_of_the_plain_loop() -> None:
    """The formulas' results against the equations written out here once more."""
    stage = InsideStage()
    async with stage.open((200, 60)) as pilot:
        trainer = stage.session.trainer
        p, x, y = trainer.model.parameters, np.array([0, 1, 2, 2]), np.array([1, 2, 2, 3])
        W_xh, W_hh, b = (p[f"rnn.{n}_l0"].copy() for n in ("weight_ih", "weight_hh", "bias"))
        W_hy, b_y = p["linear.weight"].copy(), p["linear.bias"].copy()
        h, results = {-1: np.zeros(3)}, []
        probs: dict[int, Any] = {}
        for t in range(4):
            h[t] = np.tanh(W_xh[:, x[t]] + W_hh @ h[t - 1] + b)
            logits = W_hy @ h[t] + b_y
            probs[t] = np.exp(logits) / np.exp(logits).sum()
            results += [h[t], probs[t]]
        losses = np.array([-np.log(probs[t][y[t]]) for t in range(4)])
        results.append(losses)
        future = np.zeros(3)
        for t in reversed(range(4)):
            dy = (probs[t] - np.eye(4)[y[t]]) / 4
            dh = W_hy.T @ dy + future
            da = dh * (1 - h[t] ** 2)
            future = W_hh.T @ da
            results += [dy, da]
        await stage.press(pilot, "3")
        for expected in results:
            await stage.press(pilot, "right")
            formula = re.split(
                r"╭─ Gradients", re.split(r"╭─ (?:Forward|Backward|Loss)", stage.text)[1]
            )[0]
            unit = re.search(r"gradients ×10(\S+)", formula)
            power = (
                int(unit[1].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))) if unit else 0
            )
            vectors = [numbers(found) for found in re.findall(r"\[([^\]]*\d)\]", formula)]
            told = expected / 10.0**power
            assert any(
                len(vector) == len(told) and np.allclose(vector, told, atol=0.0051)
                for vector in vectors
            ), formula


async def test_the_weights_are_new_at_the_end_and_old_before_it() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        trainer = stage.session.trainer
        before = trainer.model.flat.copy()
        await stage.press(pilot, "3", "end")
        assert trainer.update == 31
        await stage.press(pilot, "left")
        assert np.array_equal(trainer.model.flat, before)
        assert "micro-step 18 of 19" in stage.text


async def test_gradient_checks_are_said_on_the_status_line() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "3", "down", "tab", "c")
        assert stage.status.startswith("W_xh[2,2]: 0 so far; in all backprop ")
        await stage.press(pilot, "C")
        assert stage.status.startswith("All 40 weights checked: all right; worst relative error")


@pytest.mark.parametrize("to", ["end", "left", "shift+left"])
async def test_a_check_says_the_number_that_the_frame_says(to: str) -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "3", "end", to, "c")
        shown = re.search(r"W_xh\[1,1\] = \S+  gradient (\S+)  c checks it", stage.text)
        told = re.search(r"W_xh\[1,1\].*: backprop (\S+), moving it (\S+): right", stage.status)
        assert shown
        assert told
        assert shown[1] == told[1] == told[2]


async def test_a_weight_of_a_symbol_that_is_not_read_says_why_its_gradient_is_0() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "3", "end")
        for symbol in "hel":
            assert "c checks it" in stage.text, symbol
            await stage.press(pilot, "tab")
        assert "W_xh[1,4] = " in stage.text
        assert "gradient 0: o is never read here" in stage.text
        await stage.press(pilot, "shift+tab", *["shift+tab"] * 3)
        assert "b_y[1]" in stage.text
        assert "never read" not in stage.text


async def test_the_marked_weight_goes_from_matrix_to_matrix() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "3", *["tab"] * 4)
        assert "W_hh[1,1]" in stage.text
        await stage.press(pilot, *["shift+tab"] * 5)
        assert "b_y[1]" in stage.text
        await stage.press(pilot, *["down"] * 9)
        assert "b_y[4]" in stage.text


async def test_gradients_say_how_far() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, "4")
        assert re.search(r"The error (shrinks|grows|keeps)", stage.text)
        await stage.press(pilot, "l", "l")
        assert "∂c_k" in stage.text
        assert stage.status == "The error on its way along the cell state of layer 2."


@pytest.mark.parametrize("key", ["space", "p"])
async def test_while_training_runs_the_walk_waits(key: str) -> None:
    stage = InsideStage(keys=mine(train__pause=key))
    async with stage.open() as pilot:
        stage.session.inspector.run.resume()
        stage.session.moment = {}
        await stage.press(pilot, "3", "right")
        assert f"Training runs. {key} pauses it" in stage.text
        assert stage.status.startswith(f"Training runs: {key} pauses it")
        (part,) = stage.app.screen.snapshot.inside  # type: ignore[attr-defined]
        assert isinstance(part, Opened)
        assert part.steps == ()


async def test_a_fault_is_told_on_every_screen() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.tell(pilot, Lost(-9, "The worker was killed."))
        await stage.press(pilot, "2")
        assert "The worker was killed." in stage.text


async def test_hostile_text_stays_text() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        for key in ("2", "4"):
            await stage.press(pilot, key, "slash")
            await pilot.press("[", "slash", "x", "]")
            await stage.press(pilot, "escape")
            assert "never seen [ / x ]" in stage.text


@pytest.mark.parametrize("kind", [TrainScreen, UnrolledScreen, BackpropScreen, GradientsScreen])
async def test_no_key_works_on_a_screen_without_panels(kind: type[TrainScreen]) -> None:
    """As where a key comes in one breath with the one that opens the screen, or with q."""
    stage = InsideStage("hello")
    async with stage.open() as pilot:
        stage.app.exit()
        screen = kind()
        stage.app.push_screen(screen)
        for name in kind.PANELS:
            await stage.app.run_action(f"panel('{name}', 'move', 1)", screen)
        assert not screen.shown
        await pilot.pause()
