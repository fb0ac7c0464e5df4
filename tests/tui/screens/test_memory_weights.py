"""The weights on the screen Memory, over a real network: pictures, keys, and what turning does."""

import math
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.recurrence import spectral_radius
from rnn_tui.models.turning.turns import ScaleRecurrent, SetForgetBias, SetWeight, ZeroUnit
from rnn_tui.protocol.commands import Travel, TurnWeights
from rnn_tui.protocol.turned import TurnedSeen, TurnedView
from rnn_tui.protocol.weights import WeightsSeen, WeightsView
from rnn_tui.tui.renderables.memory.weights import added
from rnn_tui.tui.renderables.memory.weights import number as drawn_number
from rnn_tui.tui.widgets.memory.number_bar import number_in
from rnn_tui.tui.widgets.memory.weights import WeightsPicture
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage
from tests.tui.test_app_time import make_past

NETWORKS = pytest.mark.parametrize(
    ("kind", "network"), [("hello", "rnn"), ("lstm", "rnn"), ("lstm", "cnn"), ("hello", "dense")]
)
OPEN = ("5", "shift+tab")
"""The weights are the last look."""
W_HH = "rnn.weight_hh_l0"


def seen(stage: InsideStage) -> tuple[WeightsSeen, TurnedSeen]:
    return stage.seen(WeightsSeen), stage.seen(TurnedSeen)


def turns(stage: InsideStage) -> list[Any]:
    return [c.turn for c in stage.session.commands if isinstance(c, TurnWeights)]


class TestPictures:
    @NETWORKS
    async def test_weights(self, kind: Any, network: Any, same_text: Compare) -> None:
        stage = InsideStage(kind, network)
        async with stage.open() as pilot:
            await stage.press(pilot, *OPEN, "m", "down", "right")
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    @NETWORKS
    async def test_turned(self, kind: Any, network: Any, same_text: Compare) -> None:
        stage = InsideStage(kind, network)
        async with stage.open() as pilot:
            await stage.press(pilot, *OPEN, "m", "down", "right", "delete", "u", "d", "u", "o")
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    @NETWORKS
    async def test_change(self, kind: Any, network: Any, same_text: Compare) -> None:
        stage = InsideStage(kind, network)
        stage.session.run.step()
        async with stage.open() as pilot:
            await stage.press(pilot, *OPEN, "m", "down", "right", "g")
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    async def test_in_color(self, same_picture: Compare) -> None:
        stage = InsideStage("lstm")
        async with stage.open() as pilot:
            await stage.press(pilot, *OPEN, "m", "right", "delete")
            same_picture(stage.app)

    async def test_without_colors(self, same_text: Compare) -> None:
        stage = InsideStage("lstm", theme="ansi-dark")
        async with stage.open((80, 24)) as pilot:
            await stage.press(pilot, *OPEN, "M")
            same_text(stage.app)

    async def test_in_ascii(self, same_text: Compare) -> None:
        stage = InsideStage(charset="ascii")
        async with stage.open() as pilot:
            await stage.press(pilot, *OPEN, "m", "i", "2", "enter")
            same_text(stage.app)

    async def test_while_a_number_is_typed(self, same_text: Compare) -> None:
        stage = InsideStage()
        async with stage.open((80, 24)) as pilot:
            await stage.press(pilot, *OPEN, "m", "i", "1", "full_stop", "x", "enter")
            same_text(stage.app)


async def test_a_number_is_typed_and_everything_answers() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "m", "down", "right", "i", *"-2", "full_stop", "5")
        before, model = seen(stage)[0].value, stage.session.trainer.model
        assert turns(stage) == []
        await stage.press(pilot, "enter")
        assert turns(stage) == [SetWeight(W_HH, (1, 1), -2.5)]
        assert model.parameters[W_HH][1, 1] == -2.5
        weights, turned = seen(stage)
        assert (weights.value, turned.before is None) == (-2.5, False)
        assert f"W_hh[2,2] {before:.3g}→-2.5: [ takes it back" in stage.text
        assert f"was {before:.4g}".replace("-", "−") in stage.text
        radius = spectral_radius(model.parameters[W_HH])
        assert turned.now.radii == (radius,)
        assert f"Spectral radius {radius:.3g}" in stage.text
        await stage.press(pilot, "left_square_bracket")
        assert isinstance(stage.session.commands[-1], Travel)
        assert seen(stage)[0].value == before
        assert seen(stage)[1].before is None
        await stage.press(pilot, "right_square_bracket")
        assert seen(stage)[0].value == -2.5


async def test_the_last_update_before_it_and_after_it() -> None:
    stage = InsideStage()
    model = stage.session.trainer.model
    before = model.parameters[W_HH].copy()
    stage.session.run.step()
    after = model.parameters[W_HH]
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "m", "down", "right")
        both = f"before update 31 {before[1, 1]:.6g}, change {after[1, 1] - before[1, 1]:+.3g}"
        assert f"W_hh[2,2] = {after[1, 1]:.6g}  {both}".replace("-", "−") in stage.text
        assert "Weights · W_hh 3×3" in stage.text
        for title, matrix in (
            ("Change by update 31", after - before),
            ("Weights before update 31", before),
            ("Weights", after),
        ):
            await stage.press(pilot, "g")
            assert f"─ {title} · W_hh 3×3 · largest ±{np.abs(matrix).max():.3g}" in stage.text
            number = added if title.startswith("Change") else drawn_number
            for row in matrix:
                assert "".join(map(number, row)) in stage.text


def test_a_change_is_written_in_seven_cells_with_its_sign() -> None:
    values = (0, 0.0123, -0.5, 0.0004, -3e-12, 2.345, -99.9, 1234.5, np.nan)
    told = [added(float(value)).strip() for value in values]
    assert told == [
        "0.00", "+0.012", "−0.500", "+4e−4", "−3e−12", "+2.35", "−99.90", "1234", "NaN",
    ]  # fmt: skip
    assert {len(added(float(value))) for value in values} == {7}


async def test_where_there_is_room_the_three_stand_beside_each_other() -> None:
    stage = InsideStage()
    model = stage.session.trainer.model
    before = model.parameters[W_HH].copy()
    stage.session.run.step()
    after = model.parameters[W_HH]
    async with stage.open((200, 60)) as pilot:
        await stage.press(pilot, *OPEN, "g")
        assert "Weights before update 31, its change, and after it" in stage.text
        assert stage.status.startswith("What it began with, what it added")
        for now, then in zip(after, before, strict=True):
            three = (map(drawn_number, then), map(added, now - then), map(drawn_number, now))
            assert "  ".join(map("".join, three)) in stage.text
    stage = InsideStage()
    async with stage.open((200, 60)) as pilot:
        await stage.press(pilot, *OPEN)
        row = "".join(map(drawn_number, stage.session.trainer.model.parameters[W_HH][0]))
        assert f"{'·':>7}" * 3 + "  " + f"{'·':>7}" * 3 + "  " + row in stage.text


async def test_where_the_change_is_not_known_that_is_said() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "g")
        assert "What the last update changed is not known any more at this moment" in stage.text
        assert "before update" not in stage.text


@pytest.mark.parametrize(("start", "offered"), [(29, True), (30, False)])
async def test_where_it_is_not_known_going_back_is_offered_if_there_is_a_past(
    start: int, offered: bool
) -> None:
    stage = InsideStage()
    async with stage.open(past=make_past(start=start)) as pilot:
        await stage.press(pilot, *OPEN, "g")
        panel: Any = stage.app.screen.query_one("#weights_picture")
        said = " ".join(word for row in panel.draw(*panel.size) for word in row.text.split())
        assert "s makes the next one" in said
        assert ("[ goes to the one before" in said) == offered


async def test_a_marked_weight_keeps_its_mark_while_it_is_turned() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "m", *["shift+down"] * 3, *["right"] * 5, "delete")
        assert turns(stage) == [ZeroUnit(0, 24)]
        assert seen(stage)[0].place == (24, 5)


@pytest.mark.parametrize("typed", ["x", "1.2.3", "nan", "--1", "[/]", "０x"])
async def test_what_is_no_number_is_said_to_be_none_and_asked_again(typed: str) -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "i")
        stage.app.screen.focused.value = typed  # type: ignore[union-attr]
        await stage.press(pilot, "enter")
        assert f"{typed} is no number: type one as 0.5, -2 or 1e-3." in stage.text
        stage.app.screen.focused.value = "−1e999"  # type: ignore[union-attr]
        await stage.press(pilot, "enter")
        assert "−1e999 is too large: type a number as 0.5, -2 or 1e-3." in stage.text
        assert turns(stage) == []
        stage.app.screen.focused.value = " −1e-1 "  # type: ignore[union-attr]
        await stage.press(pilot, "enter")
        assert turns(stage) == [SetWeight("rnn.weight_ih_l0", (0, 0), -0.1)]


def test_numbers() -> None:
    typed = ("1", " −2.5 ", "1e-3", "+4", "", "x", "nan", "-1e400")
    assert [number_in(text) for text in typed] == [
        1.0, -2.5, 0.001, 4.0, None, None, None, math.inf,
    ]  # fmt: skip


async def test_a_number_that_is_left_changes_nothing() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "i", "7", "escape", "i", "enter")
        assert turns(stage) == []
        assert stage.app.screen.focused is None
        await stage.press(pilot, "i", "q", "z", "u", "tab")  # letters there, and no commands
        assert turns(stage) == []
        assert stage.app.return_code is None


async def test_a_text_of_ones_own_is_no_command() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "slash", "x", "i", "backspace", "delete", "enter")
        assert turns(stage) == []
        assert stage.app.screen.focused is None
        assert stage.session.views[-1].inside[1].reading.typed == "x"  # type: ignore[attr-defined]


async def test_keys_turn_what_they_say() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "d", "u", "x", "0", "enter", *"mmm", "u", *"MMMM", "u")
        assert turns(stage) == [
            ScaleRecurrent(0, 0.9), ScaleRecurrent(0, 1 / 0.9), ScaleRecurrent(0, 0.0),
            ScaleRecurrent(1, 1 / 0.9), ScaleRecurrent(1, 1 / 0.9),
        ]  # fmt: skip
        assert "W_hh2 ×1.23" in stage.text


async def test_the_bias_of_the_gate_goes_up_and_down_by_halves() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "o", "o", "c", "c", "c")
        assert turns(stage) == [SetForgetBias(0, value) for value in (0.5, 1.0, 0.5, 0.0, -0.5)]
        f = stage.session.trainer.model.parameters["rnn.bias_l0"][128:256]
        assert (f == -0.5).all()
        assert "f keeps ×" in stage.text


async def test_keys_do_not_wait_for_what_is_shown() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN)
        stage.session.answers = False
        await stage.press(
            pilot, "m", "m", "M", *["down"] * 4, *["right"] * 3, "left", "delete", "u"
        )
        assert turns(stage) == [ZeroUnit(0, 4), ScaleRecurrent(0, 1 / 0.9)]
        wants = stage.app.screen.query_one(WeightsPicture).wants
        assert (wants.number, wants.row, wants.column) == (1, 4, 2)


async def test_two_presses_before_an_answer_are_two_steps() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN)
        stage.session.answers = False
        await stage.press(pilot, "o", "o")
        assert turns(stage) == [SetForgetBias(0, 0.5), SetForgetBias(0, 1.0)]


@pytest.mark.parametrize(
    ("network", "keys", "said"),
    [
        ("dense", ("u",), "This network, tanh dense net, has no W_hh: nothing in it is handed on"),
        ("dense", ("o",), "This network has no gate that decides how much is kept"),
        ("cnn", ("x",), "Nothing is handed on from step to step here, so there is no W_hh"),
        ("dense", ("M", "delete"), "This weight belongs to no hidden unit: m goes to another"),
        ("rnn", ("c",), "This network has no gate that decides how much is kept"),
    ],
)  # fmt: skip
async def test_what_a_network_has_not_is_refused_in_a_sentence(
    network: str, keys: tuple[str, ...], said: str
) -> None:
    stage = InsideStage("hello", network)
    async with stage.open() as pilot:
        before = stage.session.trainer.model.flat.copy()
        await stage.press(pilot, *OPEN, *keys)
        assert said in stage.text
        assert np.array_equal(stage.session.trainer.model.flat, before)


@pytest.mark.parametrize("network", ["dense", "cnn"])
async def test_networks_without_a_state_are_turned_too(network: str) -> None:
    stage = InsideStage("hello", network)
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "delete", "m", "i", "3", "enter")
        name = {"dense": "hidden.0", "cnn": "conv.0"}[network]
        assert turns(stage) == [ZeroUnit(0, 0), SetWeight(f"{name}.bias", (0,), 3.0)]
        assert "there is no W_hh" in " ".join(stage.text.split())
        assert seen(stage)[1].before


async def test_the_marked_weight_is_copied() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN, "m", "down")
        value = stage.session.trainer.model.parameters[W_HH][1, 0]
        found = stage.app.screen.copied("page")  # type: ignore[attr-defined]
        assert (found.what, found.text) == ("W_hh[2,1]", f"W_hh[2,1] = {value:.9g}")


async def test_only_what_is_seen_is_asked_for() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, *OPEN)
        assert [type(view) for view in stage.session.views[-1].inside] == [WeightsView, TurnedView]
        await stage.press(pilot, "v", "slash", "h", "e", "escape")
        assert stage.session.views[-1].inside[1].reading.typed == "he"  # type: ignore[attr-defined]
        await stage.press(pilot, "tab")
        assert WeightsView not in [type(view) for view in stage.session.views[-1].inside]
