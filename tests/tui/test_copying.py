"""Keys that copy: exactly what is sent to the terminal's clipboard, on every page."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from rnn_tui.protocol.replies import Lost, Started
from rnn_tui.protocol.snapshot import PrefixView, Sample
from rnn_tui.tui.control.copying import MOST_BYTES
from tests.tui.inside import InsideStage
from tests.tui.screens.test_inside import numbers
from tests.tui.snapshots import Kind, make_info, make_symbols
from tests.tui.stage import Stage
from tests.tui.test_app_remapped import mine


def sample(*ids: int, update: int = 40) -> Sample:
    return Sample(update, 0.8, np.array(ids), np.ones(len(ids)))


async def heard(stage: Stage, pilot: Any, *keys: str) -> str:
    await pilot.press(*keys)
    await stage.settle(pilot)
    return stage.app.clipboard


async def test_the_newest_sample() -> None:
    stage = Stage()
    samples = (sample(0, 1, 2, 2, 3, 0), sample(3, 3, update=30))
    async with stage.open(samples=samples) as pilot:
        assert await heard(stage, pilot, "y") == "helloh"
        assert stage.status == "Copied the sample, 6 characters."


async def test_the_prefixs_continuation_and_the_sample_beside_it() -> None:
    stage = Stage()
    prefix = PrefixView("h", (), np.array([1]), np.array([1.0]), 0.1, np.array([1, 2, 2, 3]))
    async with stage.open(samples=(sample(3, 1),), prefix=prefix) as pilot:
        assert await heard(stage, pilot, "y") == "oe"  # nothing is typed: it is of the first letter
        assert await heard(stage, pilot, "slash", "h", "escape", "y") == "ello"
        assert stage.status == "Copied the prefix's continuation, 4 characters."
        assert await heard(stage, pilot, "Y") == "oe"
        assert stage.status == "Copied the sample, 2 characters."


async def test_while_a_prefix_is_typed_the_key_is_a_letter() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        assert await heard(stage, pilot, "slash", "y") == ""


LETTERS = ("\n", "\x1b", "❤", "\ufe0f", "\u200f", "\ud800", "\t")


@pytest.mark.parametrize(
    ("unit", "letters", "copied"),
    [
        ("character", LETTERS, "\n␛❤\ufe0f\u200f\ufffd␉"),
        ("byte", tuple(map(chr, "é\n한".encode())), "é\n한"),
        ("letter", ("\u1112", "\u1161", "\u11ab", "!"), "한!"),
    ],
)
async def test_characters_are_the_true_ones(
    unit: str, letters: tuple[str, ...], copied: str
) -> None:
    stage = Stage()
    info = replace(make_info(), letters=letters, symbols=("?",) * len(letters), unit=unit)
    async with stage.open(started=False, samples=(sample(*range(len(letters))),)) as pilot:
        await stage.tell(pilot, Started(info, 47))
        assert await heard(stage, pilot, "y") == copied


@pytest.mark.parametrize(("kind", "wide"), [("hello", 1), ("korean", 3)])
async def test_a_long_one_is_cut_between_characters_and_it_is_said(kind: Kind, wide: int) -> None:
    stage = Stage(kind)
    length, kept = MOST_BYTES + 7, MOST_BYTES // wide
    async with stage.open(samples=(sample(*[0] * length),)) as pilot:
        assert await heard(stage, pilot, "y") == make_symbols(kind)[0] * kept
        cut = f"Copied the first {kept:,} of the {length:,} characters of the sample."
        assert stage.status == cut


async def test_before_there_is_anything() -> None:
    stage = Stage()
    async with stage.open(started=False, samples=()) as pilot:
        assert await heard(stage, pilot, "y") == ""
        assert stage.status == "There is nothing to copy here yet."


async def test_what_stands_there_can_be_copied_though_the_worker_is_gone() -> None:
    stage = Stage()
    async with stage.open(samples=(sample(0, 1),)) as pilot:
        await stage.tell(pilot, Lost(-9, "killed"))
        assert await heard(stage, pilot, "y") == "he"


async def test_numbers_sentences_and_their_names() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        shown = await heard(stage, pilot, "2", "right", "right", "y")
        assert shown.startswith("step 3: h1 ")
        assert stage.status.startswith("Copied the numbers of time step 3, ")
        assert shown.replace("-", "−") in stage.text

        weight = await heard(stage, pilot, "3", "end", "y")
        assert weight.startswith("W_xh[1,1] = ")
        assert stage.status.startswith("Copied W_xh[1,1] and its gradient, ")
        assert weight.replace("-", "−") in stage.text

        said = await heard(stage, pilot, "4", "y")
        assert stage.status.startswith("Copied what the gradients say, ")
        assert numbers(said)
        words = " ".join(stage.text.replace("│", " ").split())
        assert said.split()[0] in words

        said = await heard(stage, pilot, "5", "y")
        assert stage.status.startswith("Copied what moved the prediction, ")
        assert said.splitlines()[0] in " ".join(stage.text.replace("│", " ").split())


async def test_a_remapped_key_copies() -> None:
    stage = Stage(keys=mine(app__copy="f6"))
    async with stage.open(
        samples=(
            sample(
                2,
            ),
        )
    ) as pilot:
        assert await heard(stage, pilot, "f6") == "l"
