import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from textual import events
from textual.widgets import Input

from rnn_tui.protocol.replies import Failed, Lost, Started
from tests.tui.inside import InsideStage
from tests.tui.snapshots import make_info, make_prefix, make_snapshot
from tests.tui.stage import Stage

EVIL = "\x1b]0;own\x07\x1b[2J[/red][@click=quit]x[/]\x00\x7f\x9b31m\u202e\u2066\ud800\ufeff\r\n\t"
SIZES = [(80, 24), (200, 60)]


def controls(text: str) -> set[str]:
    """Return the characters that a terminal would obey."""
    banned = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return {c for c in text.replace("\n", "") if unicodedata.category(c) in banned}


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_that_is_not_ours_reaches_the_terminal_as_a_control(
    size: tuple[int, int],
) -> None:
    stage = Stage(theme="textual-light")
    info = make_info(corpus_name=EVIL, notes=(EVIL,))
    async with stage.open(size, started=False) as pilot:
        await stage.tell(pilot, Started(info))
        for moment in (
            make_snapshot(reason=EVIL, state="diverged"),
            make_snapshot(prefix=make_prefix(prefix=EVIL)),
        ):
            await stage.tell(pilot, moment)
            assert not controls(stage.text)
        await pilot.press("s")
        await stage.answer(pilot, EVIL)
        assert not controls(stage.text)
        await stage.refuse(pilot, EVIL)
        assert not controls(stage.text)
        await pilot.press("question_mark")
        await stage.settle(pilot)
        assert not controls(stage.text)
        await pilot.press("escape")
        for fault in (Failed(EVIL, EVIL), Lost(None, EVIL)):
            await stage.tell(pilot, fault)
            assert "click=quit" in stage.text
            assert not controls(stage.text)


LOOKED_AT = (
    ("2", "right", "g", "o", "down"),
    ("3", *["right"] * 5, "g", "end", *["left"] * 3),
    ("4", "right", "down"),
    ("5", "left", "up", "down", "right"),
    ("5", "tab", "down", "o", "up"),
    ("5", "shift+tab", "right", "delete", "m", "m", "m", "down", "i", "2", "enter"),
)
"""The keys of the screens that look inside."""


def hostile(symbols: int) -> dict[str, tuple[str, ...]]:
    """A vocabulary that nobody made safe: as it would be if a glyph were forgotten."""
    return {
        "symbols": tuple((EVIL if n % 2 else EVIL[n % len(EVIL)]) for n in range(symbols)),
        "letters": tuple(EVIL[n % len(EVIL)] for n in range(symbols)),
    }


@pytest.mark.parametrize(
    ("kind", "size"), [("hello", (80, 24)), ("hello", (200, 60)), ("lstm", (120, 40))]
)
async def test_nor_from_the_screens_that_look_inside(kind: Any, size: tuple[int, int]) -> None:
    stage = InsideStage(kind, theme="textual-light")
    symbols = hostile(len(stage.info.symbols))
    stage.info = replace(stage.info, corpus_name=EVIL, notes=(EVIL,), **symbols)
    async with stage.open(size, reason=EVIL) as pilot:
        for screen in LOOKED_AT:
            for key in screen:
                await stage.press(pilot, key)
                assert not controls(stage.text)
            for box in stage.app.screen.query("#text, #pattern"):
                await stage.press(pilot, "slash")
                box.post_message(events.Paste(EVIL + "h"))
                await stage.settle(pilot)
                assert not controls(stage.text)
            await stage.press(pilot, "escape", "question_mark")
            assert not controls(stage.text)
            await stage.press(pilot, "escape")
    assert not controls(stage.app.title + stage.app.sub_title)


@pytest.mark.parametrize("size", SIZES)
async def test_nor_from_samples_bars_and_predictions(size: tuple[int, int]) -> None:
    stage = Stage()
    info = make_info(corpus_name=EVIL, notes=(EVIL,), **hostile(4))
    async with stage.open(size, started=False, prefix=make_prefix(prefix=EVIL)) as pilot:
        await stage.tell(pilot, Started(info))
        await stage.tell(pilot, make_snapshot(prefix=make_prefix(prefix=EVIL)))
        assert not controls(stage.text)
        await pilot.press("slash")
        box = stage.app.screen.query_one("#prefix", Input)
        box.value = EVIL
        await stage.settle(pilot)
        typed = stage.session.views[-1].prefix
        await stage.tell(pilot, make_snapshot(prefix=make_prefix(prefix=typed)))
        await pilot.press("tab")
        await stage.settle(pilot)
        assert not controls(stage.text)
        unknown = replace(make_prefix(prefix=typed), unknown=tuple(EVIL))
        await stage.tell(pilot, make_snapshot(prefix=unknown))
        assert not controls(stage.text)


async def test_pasted_controls_are_pictures() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("slash")
        stage.app.screen.query_one("#prefix").post_message(events.Paste(EVIL))
        await stage.settle(pilot)
        assert not controls(stage.text)
