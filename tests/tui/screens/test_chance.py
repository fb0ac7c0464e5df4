"""What is chance in a window of a built-in text, on the painted screens."""

import math
import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from rnn_tui.language import use
from rnn_tui.live.info import describe
from rnn_tui.live.probe import window_view
from rnn_tui.live.run import Run
from rnn_tui.live.views.dispatch import Inspector
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.protocol.surprise import SurpriseSeen
from rnn_tui.text.built_in import folder
from rnn_tui.text.corpus import read_corpus
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from tests.tui.inside import InsideSession, InsideStage
from tests.tui.stage import NAMES, SIZES


class SumsSession(InsideSession):
    """Looks into a network that learns sums, on every screen."""

    def snapshot(self, view: View) -> Snapshot:
        return replace(super().snapshot(view), window=window_view(self.trainer, view))


def sums() -> InsideStage:
    config = Config(cell="rnn", hidden_size=5, seq_length=9, batch_size=3, dtype="float64")
    trainer = Trainer(config, read_corpus(folder() / "sums.txt"))
    assert trainer.corpus.vocab.decode(trainer.corpus.ids[:9]) == "62+74=136"
    stage = InsideStage()
    stage.session.__class__ = SumsSession
    stage.session.trainer = trainer
    stage.session.inspector = Inspector(Run(trainer, paused=True), lambda: 0.0)
    stage.info = describe(trainer)
    return stage


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    use("en")


def losses(text: str) -> list[str]:
    """The row of losses, as far as it is shown."""
    row = next(line for line in text.splitlines() if re.search(r"[│]\s*(loss|손실) +\d", line))
    return re.split(r"loss|손실", row)[-1].strip(" │").split()


SIGNS = [True, False, True, True, False, False, False, False, False]
"""62+74=136: once the first digit is there a second one or none, and then the other number."""


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_screens_1_2_and_4_mark_it(size: tuple[int, int]) -> None:
    stage = sums()
    async with stage.open(size) as pilot:
        for screen in "12":
            await stage.press(pilot, screen)
            shown = losses(stage.text)
            assert len(shown) >= 3
            assert [loss.endswith("?") for loss in shown] == SIGNS[: len(shown)]
        await stage.press(pilot, "4")
        rows = [
            line for line in stage.text.splitlines() if re.search(r"^│[ ▸] +\d [^ ]  +[█▓▒░]", line)
        ]
        assert ["?" in row for row in rows] == SIGNS[-len(rows) :]
        assert "? chance: " in stage.text


async def test_what_is_said_of_it_is_said_in_the_language() -> None:
    stage = sums()
    async with stage.open((120, 40)) as pilot:
        known = (math.log(11) * 2 + math.log(100 / 11)) / 9
        await stage.press(pilot, "2")
        assert f"knowing the rule: {known:.3f}" in stage.text
        await stage.press(pilot, "K")
        assert f"규칙을 알면 {known:.3f}" in stage.text
        await stage.press(pilot, "1")
        assert "? 우연: " in stage.text
        assert [loss.endswith("?") for loss in losses(stage.text)] == SIGNS[
            : len(losses(stage.text))
        ]


async def test_of_ones_own_text_nothing_is_said() -> None:
    stage = sums()
    async with stage.open((120, 40)) as pilot:
        await stage.press(pilot, "2", "slash", *"62", "plus", "7")
        assert "?" not in "".join(losses(stage.text))
        assert "knowing the rule" not in stage.text


async def test_the_dearest_that_are_chance_are_marked_and_what_each_costs_by_the_rule_is_said() -> (
    None
):
    stage = sums()
    async with stage.open((80, 24)) as pilot:
        await stage.open_look(pilot, "surprise")
        part = stage.seen(SurpriseSeen)
        text = stage.session.trainer.corpus.vocab.decode(part.ids)
        costs = np.array(known(text)[1:])
        rows = re.findall(r"│ +\d\.\d([? ]).*%│\n", stage.text)
        marks = [costs[one.place - 1] >= math.log(2) for one in part.dearest]
        assert [row == "?" for row in rows] == marks[: len(rows)]
        assert {*rows} == {"?", " "}
        assert f"knowing the rule: {np.mean(costs) / math.log(2):.2f} bits each" in stage.text
        assert "? chance: by the rule 50 % at most ─╯" in stage.text


def known(text: str) -> list[float]:
    """What one who knows that two numbers below 100 are drawn loses at each character."""
    costs = []
    for a, b in re.findall(r"(\d+)\+(\d+)=\d+\n", text):
        for number in (a, b):
            starting = [sum(str(n).startswith(number[:k]) for n in range(100)) for k in (0, 1)]
            costs.append(math.log(starting[0] / starting[1]))
            costs.append(math.log(starting[1]))
            if len(number) == 2:
                costs.append(0.0)
        costs += [0.0] * (len(str(int(a) + int(b))) + 1)
    return costs
