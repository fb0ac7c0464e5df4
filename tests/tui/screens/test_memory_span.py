"""The look "memory span" of the screen Memory: pictures, and the numbers of the engine."""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.span.guesses import Where
from rnn_tui.inspection.memory.span.looking_back import Back, Span, memory_span
from rnn_tui.inspection.memory.span.moved import Moved
from rnn_tui.inspection.memory.span.sentences import span_in_words
from rnn_tui.protocol.memory_span import MemorySpanSeen, MemorySpanView
from rnn_tui.tui.screens.memory import MemoryScreen
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage

LOOK = ("5", *["tab"] * [*MemoryScreen.LOOKS].index("memory_span"))
"""The keys that lead there."""


def made_up(steps: int = 31, *, reach: int = 12) -> MemorySpanSeen:
    """Return numbers that do not hang on how a machine rounds."""
    backs = []
    for k in range(steps):
        read = 0.98 - 0.015 * k if k <= reach else 0.3 / (k - reach)
        where = Where(k % 5, (3, k % 4)[: max(k - 1, 0)], 40 + k, read, 0.1 + 0.01 * (k % 7))
        backs.append(Back(k, 1 / (1 + k / 9), 0.18, None if k == 4 else where))
    moved = Moved(32, 2 * np.exp(-np.arange(31) / 3))
    return MemorySpanSeen(40, (), 1_700, 1_000, None, Span(1_600, 640, 512, (*backs,)), moved, True)


@pytest.fixture
def _made_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def slices(run: Any, view: Any) -> Iterator[MemorySpanSeen]:
        yield made_up()

    monkeypatch.setattr("rnn_tui.live.views.memory_span.slices", slices)


@pytest.mark.usefixtures("_made_up")
class TestPictures:
    async def test_at_every_size(self, same_text: Compare) -> None:
        stage = InsideStage("lstm")
        async with stage.open() as pilot:
            await stage.press(pilot, *LOOK)
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    async def test_in_color(self, same_picture: Compare) -> None:
        stage = InsideStage("lstm")
        async with stage.open() as pilot:
            await stage.press(pilot, *LOOK)
            same_picture(stage.app)

    async def test_in_ascii_without_colors(self, same_text: Compare) -> None:
        stage = InsideStage("lstm", charset="ascii", theme="ansi-dark")
        async with stage.open((80, 24)) as pilot:
            await stage.press(pilot, *LOOK)
            same_text(stage.app)


class TestWithoutBars:
    @pytest.mark.parametrize("kind", ["hello", "lstm"])
    async def test_a_network_that_looks_back_is_said_to(
        self, kind: Any, same_text: Compare
    ) -> None:
        stage = InsideStage(kind, "dense")
        async with stage.open() as pilot:
            await stage.press(pilot, *LOOK)
            assert "This network has no hidden state: it sees the last" in stage.text
            same_text(stage.app)

    async def test_of_a_short_text_it_is_said_what_is_needed(self) -> None:
        stage = InsideStage("hello")
        async with stage.open((80, 24)) as pilot:
            await stage.press(pilot, *LOOK)
            said = " ".join(stage.text.replace("│", " ").split())
            assert "The text has 5 characters: too few to learn from and to test on" in said
            assert "At least 1,000 are needed" in said
            await stage.press(pilot, "slash", "z")
            assert "The network has never seen z" in stage.text


async def test_bars_numbers_and_words_are_the_engines() -> None:
    stage = InsideStage("lstm")
    async with stage.open((200, 60)) as pilot:
        await stage.press(pilot, *LOOK)
        part, trainer = stage.seen(MemorySpanSeen), stage.session.trainer
        assert part.done
        assert part.span == memory_span(trainer.model, trainer.corpus.ids, 30)
        assert part.span is not None
        assert part.moved is not None
        rows = re.findall(r"│ +(\d+) +(\d+) +(\d+) .* (\d\.\d\d) +│\n", stage.text)
        assert [(int(k), int(read), int(guess)) for k, read, guess, _ in rows] == [
            (back.steps, round(100 * back.read), round(100 * back.guess))
            for back in part.span.backs
        ]
        assert [moved for *_, moved in rows] == [f"{nats:.2f}" for nats in part.moved.effect]
        name = stage.session.trainer.corpus.vocab.glyph
        said = span_in_words(part.span, "character", name)
        shown = " ".join(re.sub(r"[│╭─╮╰╯]", " ", stage.text).split())
        assert said.split(".")[0] in shown


async def test_it_grows_while_it_is_looked_at() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.press(pilot, *LOOK)
        (view,) = stage.session.views[-1].inside
        assert isinstance(view, MemorySpanView)
        inspector = stage.session.inspector
        inspector.gradual.clear()
        inspector.run.trainer.step()
        sizes = []
        while not sizes or inspector.is_working_on([view]):
            part = inspector.look(view)
            assert isinstance(part, MemorySpanSeen)
            assert part.update == inspector.run.trainer.update
            sizes.append(len(part.span.backs) if part.span else 0)
        assert sizes == sorted(sizes)


def test_a_network_that_learns_on_is_looked_at_as_it_was() -> None:
    stage = InsideStage("lstm")
    run = stage.session.inspector.run
    from rnn_tui.live.views.memory_span import slices
    from rnn_tui.protocol.reading import Reading

    expected = memory_span(run.trainer.model, run.trainer.corpus.ids, 3)
    found = slices(run, MemorySpanView(Reading(), 3))
    for _ in range(4):
        next(found)
    run.trainer.step()
    *_, last = found
    assert last.span == expected
