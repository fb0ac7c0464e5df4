"""The panel that says what came apart, painted from hand-made findings."""

import math
from dataclasses import replace
from typing import Any

import pytest

from rnn_tui.inspection.diagnosis.report import Figures, Finding, Value
from rnn_tui.protocol.commands import Mend
from rnn_tui.protocol.remedies import Divergence, Remedies
from tests.tui.conftest import Compare
from tests.tui.stage import Stage

FIGURES = Figures(
    loss=103.2, loss_before=0.31, uniform=1.386, learning_rate=3.0, grad_norm=8.1,
    grad_norm_before=0.2, weights=6.1, weights_at_start=2.2, change=24.0, radius=math.nan,
)  # fmt: skip
FINDING = Finding(
    update=1204, kind="high", value=Value("forward", 3, "logits", 812.0), value_before=4.0,
    steps=25, figures=FIGURES,
    cause="the learning rate, 3: this update would change the weights by 24, and their norm is "
    "6.1.",
)  # fmt: skip
REMEDIES = Remedies(back_to=1153, rate=1.5, rate_before=3.0, clip=1.0, clip_at=1203)
DIVERGENCE = Divergence(FINDING, REMEDIES)


def diverged(divergence: Divergence | None = DIVERGENCE, **changes: Any) -> dict[str, Any]:
    return {"state": "diverged", "update": 1203, "divergence": divergence, **changes}


def words(stage: Stage) -> str:
    return " ".join(stage.text.replace("│", " ").split())


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_picture(size: tuple[int, int], same_text: Compare) -> None:
    stage = Stage()
    async with stage.open(size, **diverged(reason=FINDING.what)):
        same_text(stage.app)


async def test_it_names_update_place_cause_and_keys() -> None:
    stage = Stage()
    async with stage.open((80, 24), **diverged()):
        told = words(stage)
    assert "Update 1,204 was not made" in told
    assert "Began forward, time step 3 of 25: logits up to 812." in told
    assert "Cause probably the learning rate, 3:" in told
    assert "h 50 updates back, to 1,153, with a learning rate of 1.5, half of 3" in told
    assert "n clip the gradient to a norm of 1 and go on" in told


async def test_what_cannot_be_clipped_here_is_clipped_before() -> None:
    stage = Stage()
    back = replace(DIVERGENCE, remedies=replace(REMEDIES, clip_at=1153, clip=0.5))
    async with stage.open((120, 40), **diverged(back)):
        assert "n 50 updates back, to 1,153, and clip the gradient to a norm of 0.5" in words(stage)


async def test_where_there_is_no_way_back_the_rate_alone_is_halved() -> None:
    stage = Stage()
    here = replace(DIVERGENCE, remedies=replace(REMEDIES, back_to=1203))
    async with stage.open((120, 40), **diverged(here)):
        assert "h a learning rate of 1.5, half of 3" in words(stage)


@pytest.mark.parametrize(
    ("key", "how"), [("h", "back"), ("n", "clip"), ("a", "anyway"), ("ㅗ", "back")]
)
async def test_the_keys_are_sent_from_every_screen(key: str, how: Any) -> None:
    stage = Stage()
    async with stage.open((120, 40), **diverged()) as pilot:
        await pilot.press(key)
        await stage.settle(pilot)
        assert stage.session.commands == [Mend(how)]
        assert "h half the rate  n clip  a go on anyway" in stage.footer


async def test_it_goes_when_training_goes_on() -> None:
    stage = Stage()
    async with stage.open((120, 40), **diverged()) as pilot:
        assert "was not made" in stage.text
        await pilot.press("h")
        await stage.answer(pilot, state="running", divergence=None, update=1153)
        assert "was not made" not in stage.text
        assert "half the rate" not in stage.footer


async def test_a_hostile_name_is_painted_as_letters() -> None:
    stage = Stage()
    evil = replace(FINDING, cause="\x1b]52;c;aGk=\x07[/x][bold]")
    async with stage.open((120, 40), **diverged(replace(DIVERGENCE, finding=evil))):
        assert "\x1b]52" not in stage.text
        assert "[/x][bold]" in stage.text
