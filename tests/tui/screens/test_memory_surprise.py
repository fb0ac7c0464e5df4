"""The look "surprise" of screen 5 over a real network: pictures, keys, numbers."""

import re
from typing import Any

import pytest

from rnn_tui.live.run import Run
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.models.turning.turns import ScaleRecurrent
from rnn_tui.protocol.commands import TurnWeights
from rnn_tui.protocol.surprise import SurpriseSeen, SurpriseView
from rnn_tui.training.surprise import surprise
from rnn_tui.tui.widgets.memory.surprise import SurpriseText
from rnn_tui.tui.widgets.memory.surprise_kinds import SurpriseKinds
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage

NETWORKS = pytest.mark.parametrize(("kind", "network"), [("lstm", "rnn"), ("hello", "dense")])


class TestPictures:
    @NETWORKS
    async def test_surprise(self, kind: Any, network: Any, same_text: Compare) -> None:
        stage = InsideStage(kind, network)
        async with stage.open() as pilot:
            await stage.open_look(pilot, "surprise", "down", "down")
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    async def test_in_color(self, same_picture: Compare) -> None:
        stage = InsideStage("lstm")
        async with stage.open() as pilot:
            await stage.open_look(pilot, "surprise", "down")
            same_picture(stage.app)

    async def test_korean(self, same_text: Compare) -> None:
        stage = InsideStage("korean")
        async with stage.open() as pilot:
            await stage.open_look(pilot, "surprise", "down")
            same_text(stage.app)

    async def test_without_colors_digits_stand_below(self, same_text: Compare) -> None:
        stage = InsideStage("lstm", theme="ansi-dark")
        async with stage.open() as pilot:
            await stage.open_look(pilot, "surprise")
            same_text(stage.app)

    async def test_in_ascii(self, same_text: Compare) -> None:
        stage = InsideStage("lstm", charset="ascii")
        async with stage.open((80, 24)) as pilot:
            await stage.open_look(pilot, "surprise", "down")
            same_text(stage.app)


async def test_what_is_painted_is_the_engines() -> None:
    stage = InsideStage("lstm")
    async with stage.open((200, 60)) as pilot:
        await stage.open_look(pilot, "surprise")
        assert [type(view) for view in stage.session.views[-1].inside] == [SurpriseView]
        part, trainer = stage.seen(SurpriseSeen), stage.session.trainer
        bits = surprise(trainer.model, part.ids).nats / 0.6931471805599453
        rows = re.findall(r"│ ( ?\d+\.\d) .* ([\d.]+) %│\n", stage.text)
        expected = [f"{one:.1f}" for one in sorted(bits, reverse=True)]
        assert len(rows) > 20
        assert [row[0].strip() for row in rows] == expected[: len(rows)]
        each = {row[0].strip(): float(row[1]) for row in re.findall(
            r"│([a-z ]{12}) +[\d.]+ % \S* +(\d+\.\d\d) +│", stage.text)}  # fmt: skip
        assert each.pop("together") == pytest.approx(bits.mean(), abs=0.00501)
        assert each == pytest.approx({s.kind: s.mean for s in part.shares}, abs=0.00501)


async def test_it_is_compared_with_the_moment_one_began_to_look_or_marked() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(pilot, "surprise")
        kinds = stage.app.screen.query_one(SurpriseKinds)
        first, update = stage.seen(SurpriseSeen), stage.session.trainer.update
        assert all(share.before is None for share in kinds.shares)
        for _ in range(3):
            stage.session.trainer.step()
        stage.app.pacing.changed = True  # a network that stands still does not move by itself
        stage.app.look()
        await stage.settle(pilot)
        assert [share.before for share in kinds.shares] == [share.bits for share in first.shares]
        assert f"since update {update}" in stage.text
        assert re.search(r"bits (more|fewer) in", stage.text)
        table = kinds.copied
        assert table
        assert table.text.splitlines()[-1].startswith("together\t1999\t")
        await stage.press(pilot, "m")
        assert f"compared with update {update + 3}" in stage.text
        assert "since" not in stage.text
        await stage.press(pilot, "slash", "w", "h", "y", "escape")
        assert kinds.then is not None
        assert kinds.then.ids.tolist() == stage.seen(SurpriseSeen).ids.tolist()


async def test_a_run_begun_again_is_not_compared_with_the_one_before() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(pilot, "surprise")
        kinds = stage.app.screen.query_one(SurpriseKinds)
        old = kinds.then
        again = Run(stage.session.trainer.restarted(None), paused=True)
        again.trainer.step()
        stage.session.trainer = again.trainer
        stage.session.inspector = Inspector(again, lambda: 0.0)
        stage.app.pacing.changed = True
        stage.app.look()
        await stage.settle(pilot)
        assert old is not None
        assert kinds.then is kinds.part is not old
        assert "since" not in stage.text


async def test_weights_turned_by_hand_are_compared_with_those_before_at_the_same_update() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(pilot, "surprise")
        kinds = stage.app.screen.query_one(SurpriseKinds)
        before, update = kinds.then, stage.session.trainer.update
        assert before is not None
        stage.session.send(TurnWeights(ScaleRecurrent(0, 0.5)))
        stage.app.pacing.changed = True
        stage.app.look()
        await stage.settle(pilot)
        assert [share.before for share in kinds.shares] == [share.bits for share in before.shares]
        assert f"since update {update} of branch 1" in stage.text


async def test_the_dearest_are_marked_in_the_text() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(pilot, "surprise", "down")
        text, part = stage.app.screen.query_one(SurpriseText), stage.seen(SurpriseSeen)
        assert text.place == part.dearest[0].place
        await stage.press(pilot, "down", "down", "up")
        assert text.place == part.dearest[1].place
        await stage.press(pilot, *["up"] * 5)
        assert text.place == part.dearest[0].place
        await stage.press(pilot, *["down"] * 99)
        assert text.place == part.dearest[-1].place
        assert re.search(r"▸ ? ?\d+\.\d", stage.text)
        await stage.press(pilot, "slash", "e", "escape")
        assert text.place is None
        assert "at least two characters are needed" in stage.text
        await stage.press(pilot, "m")
        assert "Nothing is read yet" in stage.text
