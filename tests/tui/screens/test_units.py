"""What units follow, on the screen Memory over a real network: pictures, keys, and numbers."""

import re
from typing import Any

import numpy as np
import pytest

from rnn_tui.inspection.memory.units.following import finished, following
from rnn_tui.inspection.memory.units.measures import auc
from rnn_tui.inspection.memory.units.reading import read
from rnn_tui.inspection.memory.units.strongest import strongest
from rnn_tui.protocol.units import BEFORE, UnitsSeen, UnitsView, UnitText, UnitTextView
from rnn_tui.text.features.labels import labels_of
from tests.tui.conftest import Compare
from tests.tui.inside import InsideStage

NETWORKS = pytest.mark.parametrize(
    ("kind", "network"), [("hello", "rnn"), ("lstm", "rnn"), ("lstm", "cnn")]
)


def seen(stage: InsideStage) -> tuple[UnitText, UnitsSeen]:
    return stage.seen(UnitText), stage.seen(UnitsSeen)


def views(stage: InsideStage) -> tuple[UnitTextView, UnitsView]:
    text, units = stage.session.views[-1].inside
    assert isinstance(text, UnitTextView)
    assert isinstance(units, UnitsView)
    return text, units


def marked(stage: InsideStage) -> str:
    """The row of the list that is marked."""
    [row] = re.findall(r"│▸ *(\S.*?) *│", stage.text)
    return str(row)


class TestPictures:
    @NETWORKS
    async def test_units(self, kind: Any, network: Any, same_text: Compare) -> None:
        stage = InsideStage(kind, network)
        async with stage.open() as pilot:
            await stage.open_look(pilot, "units", "down", "down")
            async for size in stage.at_every_size(pilot):
                same_text(stage.app, size)

    async def test_in_color(self, same_picture: Compare) -> None:
        stage = InsideStage("lstm")
        async with stage.open() as pilot:
            await stage.open_look(pilot, "units")
            same_picture(stage.app)

    async def test_without_colors_signs_stand_below(self, same_text: Compare) -> None:
        stage = InsideStage("lstm", theme="ansi-dark")
        async with stage.open() as pilot:
            await stage.open_look(pilot, "units")
            same_text(stage.app)

    async def test_in_ascii(self, same_text: Compare) -> None:
        stage = InsideStage("lstm", charset="ascii")
        async with stage.open((80, 24)) as pilot:
            await stage.open_look(pilot, "units")
            same_text(stage.app)


@pytest.mark.parametrize("kind", ["h", "c"])
async def test_rows_and_places_are_the_engines(kind: str) -> None:
    stage = InsideStage("lstm")
    async with stage.open((200, 60)) as pilot:
        await stage.open_look(pilot, "units", *["o"] * (kind == "c"))
        trainer, (text, units) = stage.session.trainer, seen(stage)
        ids = trainer.corpus.ids[: units.symbols]
        labels = labels_of(trainer.corpus.vocab, ids)
        found = finished(following(trainer.model, ids, kind, labels))
        followed, values = found.followed, found.values
        count = len(labels)
        assert units.labels == tuple(label.words for label in labels)
        assert units.units[:count].tolist() == followed.unit.tolist()
        assert np.array_equal(units.strength[:count], followed.by_unit)
        assert units.claimed[:count] == tuple(followed.by_unit_claimed)
        others = [unit for unit in followed.order.tolist() if unit not in followed.unit]
        assert units.units[count:].tolist() == others
        row = int(np.flatnonzero(units.claimed)[0])
        await stage.press(pilot, *["down"] * row)
        text, units = seen(stage)
        unit, strength = int(units.units[row]), float(units.strength[row])
        assert text.unit == unit
        places = strongest(values[:, unit], 6, low=strength < 0)
        assert units.places[row].tolist() == places.tolist()
        assert np.array_equal(units.values[row], values[places, unit])
        assert units.around[row, :, BEFORE].tolist() == ids[places].tolist()
        layer, number = divmod(unit, 128)
        told = f"r {abs(strength):.2f}" if labels[row].number else f"{auc(strength):.2f}"
        assert re.fullmatch(rf"{layer + 1}·{number + 1} .* {told}", marked(stage))
        named = f"nit {number + 1} of layer {layer + 1} "
        assert (
            f"{named}is o" in stage.text or f"{named}grows" in stage.text or "falls" in stage.text
        )
        assert text.kind == kind


async def test_colors_are_of_what_the_unit_has_once_a_symbol_is_read() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(pilot, "units", "down")
        text, _ = seen(stage)
        trainer = stage.session.trainer
        whole = np.empty((len(text.ids), 256))
        for _ in read(trainer.model, text.ids, "h", 1, whole):
            pass
        assert text.ids.tolist() == trainer.corpus.ids[: len(text.ids)].tolist()
        assert text.values == pytest.approx(whole[:, text.unit], abs=1e-6)
        assert text.done


async def test_keys_go_through_units_and_kinds_and_stay_within_them() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(pilot, "units", "up")
        _, units = seen(stage)
        assert views(stage)[0].unit == units.units[0]
        last = len(units.units) - 1
        await stage.press(pilot, *["down"] * (last + 3))
        assert views(stage)[0].unit == units.units[last]
        kinds = []
        for _ in range(7):
            await stage.press(pilot, "o")
            kinds.append(views(stage)[1].kind)
        assert "".join(kinds) == "cifgohc"
        assert seen(stage)[0].kind == "c"
        assert "c of every unit." in stage.text


async def test_a_pattern_of_ones_own_is_the_only_label() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(pilot, "units", "down", "x", *"lamp|sea", "escape")
        text, units = seen(stage)
        assert units.labels == ("at /lamp|sea/",)
        assert text.unit == units.units[0]
        assert len(units.units) == 256
        assert "lamp|sea" in marked(stage)
        assert views(stage)[0].reading.typed is None
        await stage.press(pilot, "x", "left_parenthesis")
        assert "No regular expression" in stage.text
        await stage.press(pilot, *["backspace"] * 9, "escape")
        assert views(stage)[1].pattern is None
        assert len(seen(stage)[1].labels) > 1
        assert "your pattern:" not in stage.text


async def test_the_zoomed_text_says_what_the_unit_follows_or_is_wrong_with_the_pattern() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(pilot, "units", "x", *"a|e|i|o|u", "escape", "z")
        where = re.escape("at /a|e|i|o|u/")
        assert re.search(rf"─ Unit \d+ of layer \d · (on|off) {where} [01]\.\d\d ·", stage.text)
        await stage.press(pilot, "x", "left_parenthesis")
        assert re.search(r"─ No regular expression: .*missing \)", stage.text)


async def test_slashes_and_x_are_letters_while_one_types() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(
            pilot, "units", "x", "slash", "x", "escape", "slash", *"lamp", "escape"
        )
        text, units = views(stage)
        assert units.pattern == "/x"
        assert text.reading.typed == "lamp"
        assert len(seen(stage)[0].values) == 4


async def test_what_a_short_text_cannot_tell_is_said() -> None:
    stage = InsideStage()
    async with stage.open() as pilot:
        await stage.open_look(pilot, "units", "down")
        assert "The text has 5 characters: too few" in stage.text
        assert marked(stage) == "2"
        assert seen(stage)[0].unit == 1
        await stage.press(pilot, "o")
        assert "have h, and nothing else" in stage.text
        await stage.press(pilot, "slash", "q")
        assert "never seen q" in stage.text


async def test_the_validation_text_is_measured_where_it_is_read() -> None:
    stage = InsideStage("lstm")
    async with stage.open() as pilot:
        await stage.open_look(pilot, "units", "v")
        assert views(stage)[1].part == "validation"
        text, units = seen(stage)
        trainer = stage.session.trainer
        assert text.ids.tolist() == trainer.val_ids[: len(text.ids)].tolist()
        assert units.refused or units.symbols <= len(trainer.val_ids)
