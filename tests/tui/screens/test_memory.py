"""The screen Memory over a real network: pictures, keys, and the numbers of the engine."""

import re
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.influence import influence
from rnn_tui.protocol.influence import InfluenceSeen, InfluenceView
from rnn_tui.protocol.unrolled import UnrolledView
from rnn_tui.text.kinds import others_of_its_kind
from rnn_tui.tui.renderables.numbers import percent
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage

NETWORKS = pytest.mark.parametrize(
    ("kind", "network"), [("hello", "rnn"), ("lstm", "rnn"), ("lstm", "cnn"), ("hello", "dense")]
)


class TestPictures:
    @NETWORKS
    async def test_influence(self, kind: Any, network: Any, same_text: Compare) -> None:
        stage = InsideStage(kind, network)
        async with stage.open() as pilot:
            await stage.press(pilot, "5", "left")
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    async def test_in_color(self, same_picture: Compare) -> None:
        stage = InsideStage("lstm")
        async with stage.open() as pilot:
            await stage.press(pilot, "5")
            same_picture(stage.app)

    async def test_without_colors_signs_stand_below(self, same_text: Compare) -> None:
        stage = InsideStage("lstm", theme="ansi-dark")
        async with stage.open() as pilot:
            await stage.press(pilot, "5")
            same_text(stage.app)

    async def test_in_ascii(self, same_text: Compare) -> None:
        stage = InsideStage("lstm", charset="ascii")
        async with stage.open((80, 24)) as pilot:
            await stage.press(pilot, "5")
            same_text(stage.app)


@NETWORKS
async def test_bars_and_words_are_the_engines(kind: Any, network: Any) -> None:
    stage = InsideStage(kind, network)
    async with stage.open((200, 60)) as pilot:
        await stage.press(pilot, "5", "left")
        trainer, part = stage.session.trainer, stage.seen(InfluenceSeen)
        others = others_of_its_kind(trainer.corpus.vocab)
        found = influence(trainer.model, trainer.corpus.ids, part.place, others, 40)
        assert np.array_equal(part.exchange, found.exchange, equal_nan=True)
        assert np.array_equal(part.slope, found.slope)
        rows = re.findall(r"│ +\d+ \S+ +([+−–0]\S*) .* ([+−]?\d+\.\d\d)│\n", stage.text)
        assert len(rows) == len(part.exchange)
        told = [f"{x:+.2f}".replace("-", "−") for x in found.exchange[::-1]]
        nothing = {"+0.00": "0.00", "−0.00": "0.00", "+nan": "–", "nan": "–"}
        assert [moved for moved, _ in rows] == [nothing.get(x, x) for x in told]
        assert f"had {percent(np.exp(found.log_p)).strip()} %" in stage.text


async def test_the_mark_moves_over_characters_and_lines_and_stays_in_the_text() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, "5")
        assert stage.seen(InfluenceSeen).place == stage.session.trainer.config.seq_length
        await stage.press(pilot, "right", "right", "left")
        assert stage.seen(InfluenceSeen).place == stage.session.trainer.config.seq_length + 1
        await stage.press(pilot, *["up"] * 9, *["left"] * 80)
        assert stage.seen(InfluenceSeen).place == 1
        await stage.press(pilot, *["down"] * 99, *["right"] * 80)
        assert stage.seen(InfluenceSeen).place == len(stage.seen(InfluenceSeen).ids) - 1


async def test_behind_a_text_of_ones_own_stands_what_comes_next() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "5", "slash", "h", "e", "l")
        part, trainer = stage.seen(InfluenceSeen), stage.session.trainer
        assert (part.typed, part.place) == (3, 3)
        assert part.ids.tolist() == [0, 1, 2, part.favorite]
        logits, _ = trainer.model.forward(part.ids[:3, None], trainer.model.zero_state(1))
        assert part.favorite == logits[-1].argmax()
        assert "Next it would write" in stage.text
        await stage.press(pilot, "q")
        assert "never seen q" in stage.text
        await stage.press(pilot, *["backspace"] * 4, "escape")
        assert stage.seen(InfluenceSeen).typed == -1


async def test_the_validation_text_is_read_where_there_is_one() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "5", "v")
        assert "keeps no text for validation" in stage.text
        assert stage.session.views[-1].inside[0].reading.part == "training"  # type: ignore
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, "5", "v")
        assert "reads the validation text" in stage.text
        assert np.array_equal(stage.seen(InfluenceSeen).ids, stage.session.trainer.val_ids[:2000])
        await stage.press(pilot, "slash", "e", "escape", "v")
        assert "reads your text" in stage.text
        assert "It reads your text" in stage.text


async def test_only_what_is_seen_is_asked_for() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.press(pilot, "5")
        assert [type(view) for view in stage.session.views[-1].inside] == [InfluenceView]
        await stage.press(pilot, "1")
        assert [type(view) for view in stage.session.views[-1].inside] == [UnrolledView]
        await pilot.resize_terminal(80, 24)
        await stage.settle(pilot)
        stage.app.look()
        assert stage.session.views[-1].inside == ()
