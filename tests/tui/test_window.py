"""The window on the text: the same keys and the same place on every screen, and what is found."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from rnn_tui.live.info import describe
from rnn_tui.live.probe import EngineState, Probe
from rnn_tui.live.run import Run
from rnn_tui.live.views.reading import part_ids
from rnn_tui.protocol.commands import View
from rnn_tui.protocol.gradient_flow import Gradients
from rnn_tui.protocol.influence import InfluenceSeen
from rnn_tui.protocol.reading import BEGINNING, Reading
from rnn_tui.protocol.snapshot import Snapshot
from rnn_tui.protocol.unrolled import Unrolled
from rnn_tui.text.corpus import corpus_from_bytes
from rnn_tui.training.settings.config import Config
from rnn_tui.training.trainer import Trainer
from rnn_tui.tui.screens.window_screen import WindowScreen
from tests.tui.conftest import Compare
from tests.tui.inside import LookingStage
from tests.tui.stage import NAMES, SIZES, FakeSession

LENGTH = 11
PAGES = ("1", "2", "4", "5")


class TextSession(FakeSession):
    """Looks at a real network that reads a real text, and stands still."""

    probe: Probe

    def snapshot(self, view: View) -> Snapshot:
        state = EngineState(12.5, 0.8, 20.0, ())
        while (seen := self.probe.take(view, state)).looking:
            pass
        return seen


class TextStage(LookingStage):
    """The app over such a session."""

    session: TextSession

    def __init__(self, text: str, val_fraction: float = 0.2, **options: Any) -> None:
        super().__init__(**options)
        config = Config(
            cell="gru", hidden_size=4, seq_length=LENGTH, val_fraction=val_fraction, dtype="float64"
        )
        self.trainer = Trainer(config, corpus_from_bytes(text.encode(), "text.txt"))
        self.info = describe(self.trainer)
        session = TextSession(self.session.listener)
        session.probe = Probe(Run(self.trainer, paused=True), lambda: 0.0)
        self.app.session = self.session = session
        self.app.controls._send = session.send

    def seen(self, kind: type[Any]) -> Any:
        """Return the part of this kind of what is shown."""
        inside = self.app.screen.snapshot.inside  # type: ignore[attr-defined]
        (part,) = [part for part in inside if isinstance(part, kind)]
        return part

    @property
    def reading(self) -> Reading:
        assert isinstance(self.app.screen, WindowScreen)
        return self.app.screen.reading

    def text_at(self, start: int, count: int) -> str:
        ids = part_ids(self.trainer, self.app.passage.part)[start : start + count]
        return self.trainer.corpus.vocab.decode(ids)

    def read(self, kind: type[Any]) -> str:
        """Return the text that a screen's answer is of."""
        seen = self.seen(kind)
        ids = seen.ids if hasattr(seen, "ids") else seen.inputs
        assert len(ids) > 4
        return self.trainer.corpus.vocab.decode(ids)


NUMBERS = "".join(f"{n}={n * n};" for n in range(60))
KOREAN = "한국어 문장을 읽는다. 받침이 있는 글자와 없는 글자가 섞여 있다.\n" * 9


@asynccontextmanager
async def opened(
    text: str = NUMBERS, size: tuple[int, int] = (120, 40), **options: Any
) -> AsyncIterator[tuple[TextStage, Pilot[None]]]:
    stage = TextStage(text, **options)
    async with stage.open(size) as pilot:
        yield stage, pilot


async def sought(stage: TextStage, pilot: Pilot[None], text: str) -> None:
    await stage.press(pilot, "F")
    line = stage.app.focused
    assert isinstance(line, Input)
    line.value = text
    await stage.press(pilot, "enter")


async def test_the_window_moves_by_its_length_and_all_screens_look_there() -> None:
    async with opened() as (stage, pilot):
        await stage.press(pilot, "j", "j", "j", "k")
        assert stage.session.views[-1].reading == Reading(start=2 * LENGTH)
        size = stage.info.train_size
        assert f"23–33 of {size}, training text; the 22 before are read first." in stage.status
        await stage.press(pilot, "2")
        assert stage.text_at(22, LENGTH).startswith(stage.read(Unrolled))
        assert f"logits · 23–33 of {size}, training text" in stage.text
        await stage.press(pilot, "4")
        assert stage.text_at(22, LENGTH).startswith(stage.read(Gradients))
        assert f"23–33 of {size}, training text" in stage.text
        await stage.press(pilot, "5")
        assert stage.read(InfluenceSeen)[:40] == stage.text_at(22, 40)
        assert f"reads the training text from 23 of {size} on" in stage.text
        await stage.press(pilot, "1")
        assert stage.session.views[-1].reading == Reading(start=22)


async def test_at_the_beginning_the_memory_is_empty_and_both_ends_are_said() -> None:
    async with opened() as (stage, pilot):
        await stage.press(pilot, "2", "j", "k")
        assert stage.status.endswith("training text, from an empty memory.")
        assert "the beginning of the text" in stage.text
        assert stage.reading == BEGINNING
        await stage.press(pilot, "k")
        assert stage.status == "This is the beginning of the training text."
        await stage.press(pilot, "E")
        start = stage.info.train_size - 1 - LENGTH
        assert stage.text_at(start, LENGTH).startswith(stage.read(Unrolled))
        await stage.press(pilot, "j")
        assert stage.status == "This is the end of the training text."
        await stage.press(pilot, "H")
        assert stage.reading == BEGINNING


async def test_the_validation_text_has_windows_too() -> None:
    async with opened() as (stage, pilot):
        await stage.press(pilot, "2", "j", "v")
        assert stage.reading == Reading(part="validation")
        assert stage.text_at(0, LENGTH).startswith(stage.read(Unrolled))
        assert f"1–11 of {stage.info.val_size}, validation text" in stage.text
        await stage.press(pilot, "j", "4")
        assert stage.text_at(LENGTH, LENGTH).startswith(stage.read(Gradients))
        await stage.press(pilot, "v")
        assert stage.reading == BEGINNING


async def test_without_a_validation_text_the_key_says_so() -> None:
    async with opened(val_fraction=0.0) as (stage, pilot):
        for page in PAGES:
            await stage.press(pilot, page, "v")
            assert stage.status.startswith("This run keeps no text for validation")
            assert stage.reading == BEGINNING


@pytest.mark.parametrize("page", ["2", "4", "5"])
async def test_a_text_of_ones_own_has_no_window_on_the_corpus(page: str) -> None:
    async with opened() as (stage, pilot):
        await stage.press(pilot, page, "slash", "1", "2", "=", "escape")
        for key in ("j", "v", "F", "N"):
            await stage.press(pilot, key)
            assert stage.status.startswith("It reads your text; without one (/)")
            assert stage.reading.typed == "12="
        await stage.press(pilot, "1", "j")
        assert stage.session.views[-1].reading == Reading(start=LENGTH)


async def test_on_the_race_there_is_no_window() -> None:
    async with opened() as (stage, pilot):
        for key in ("j", "v", "F", "N"):
            await stage.press(pilot, "0", key)
            assert stage.status.startswith("Screens 1 to 5 look at the text")


async def test_what_is_found_is_marked_on_every_screen() -> None:
    async with opened() as (stage, pilot):
        await stage.press(pilot, "2")
        await sought(stage, pilot, "=361")
        place = NUMBERS.index("=361") + 3
        assert stage.status.startswith(f"“=361” stands at character {place - 2} of ")
        panel = stage.app.screen.query_one("#unrolled")
        part = stage.seen(Unrolled)
        step = panel.cursor - part.first  # type: ignore[attr-defined]
        letters = stage.info.letters
        assert letters[part.targets[step]] == "1"
        assert stage.reading.start + panel.cursor + 1 == place  # type: ignore[attr-defined]
        await stage.press(pilot, "escape", "4")
        flow, there = stage.app.screen.query_one("#flow"), stage.seen(Gradients)
        assert letters[there.targets[flow.chosen]] == "1"  # type: ignore[attr-defined]
        await stage.press(pilot, "5")
        seen = stage.seen(InfluenceSeen)
        assert stage.reading.start + seen.place == place
        assert letters[seen.ids[seen.place]] == "1"


async def test_at_80_columns_the_sentence_is_whole() -> None:
    """The text is long enough for numbers that the longest sentence has no room for."""
    text = "ab" * 60_000 + "once" + "ba" * 9
    async with opened(text, (80, 24), val_fraction=0.0) as (stage, pilot):
        await stage.press(pilot, "E")
        assert stage.status.endswith("training text; the 256 before are read first.")
        assert "─ % · 120,011–120,021, training text ─" in stage.text
        await stage.press(pilot, "4")
        assert "─ ‖∂L_t/∂h_k‖ · 120,011–120,021 ─" in stage.text
        await stage.press(pilot, "1")
        await sought(stage, pilot, "ab" * 30)
        await stage.press(pilot, "escape")
        said = "From the beginning again: “abababababababababa…”: character 1 of 120,022"
        assert stage.status.startswith(said)
        await sought(stage, pilot, "aa" * 30)
        assert stage.status == "“aaaaaaaaaaaaaaaaaaa…” stands nowhere in the training text."


async def test_on_and_back_from_place_to_place_and_around() -> None:
    places = [at for at in range(len(NUMBERS)) if NUMBERS.startswith("=1", at)]
    async with opened(val_fraction=0.0) as (stage, pilot):
        await sought(stage, pilot, "=1")
        found = [stage.app.passage.hit.start]  # type: ignore[union-attr]
        await stage.press(pilot, "enter", "down", "escape", *["N"] * (len(places) - 2))
        again = f"From the beginning again: “=1” stands at character {places[0] + 1} of"
        assert stage.status.startswith(again)
        await stage.press(pilot, "B")
        assert stage.status.startswith(
            f"From the end again: “=1” stands at character {places[-1] + 1} of"
        )
        found.append(stage.app.passage.hit.start)  # type: ignore[union-attr]
        assert found == [places[0], places[-1]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("99999", "“99999” stands nowhere in the training text. v goes to the validation text."),
        ("1~x", "“1~x” stands nowhere: the whole text has no ~ x."),
        ("\x1b[2J", "“␛[2J” stands nowhere: the whole text has no ␛ [ J."),
    ],
)
async def test_what_is_not_there_is_said(text: str, said: str) -> None:
    async with opened() as (stage, pilot):
        await sought(stage, pilot, text)
        assert stage.status == said
        assert stage.reading == BEGINNING


async def test_hangul_is_found_and_stands_straight(same_text: Compare) -> None:
    async with opened(KOREAN, size=(80, 24)) as (stage, pilot):
        await stage.press(pilot, "2")
        await sought(stage, pilot, "없는")
        place = KOREAN.index("없는") + 1
        assert stage.status.startswith(f"“없는” stands at character {place} of ")
        same_text(stage.app)


async def test_letters_are_typed_where_text_is_typed() -> None:
    async with opened() as (stage, pilot):
        await stage.press(pilot, "F", *"vjkFNP/")
        line = stage.app.focused
        assert isinstance(line, Input)
        assert (line.value, stage.reading) == ("vjkFNP/", BEGINNING)
        await stage.press(pilot, "escape")
        assert stage.app.focused is None
        await stage.press(pilot, "slash", *"jF")
        assert isinstance(stage.app.focused, Input)
        assert stage.app.focused.value == "jF"


async def test_nothing_was_looked_for_yet() -> None:
    async with opened() as (stage, pilot):
        await stage.press(pilot, "N")
        assert stage.status == "Nothing was looked for yet: F looks for a string."


@pytest.mark.parametrize("page", PAGES)
async def test_pictures(page: str, same_text: Compare) -> None:
    async with opened() as (stage, pilot):
        await stage.press(pilot, page)
        await sought(stage, pilot, "29=8")
        await stage.press(pilot, "escape")
        async for name in stage.at_every_size(pilot):
            same_text(stage.app, name)


@pytest.mark.parametrize("size", SIZES, ids=NAMES)
async def test_the_line_while_it_is_typed(size: tuple[int, int], same_text: Compare) -> None:
    async with opened(size=size) as (stage, pilot):
        await sought(stage, pilot, "=144;")
        same_text(stage.app)
