import unicodedata

import pytest
from textual import events

from rnn_tui.worker.replies import Failed, Lost, Started
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


async def test_pasted_controls_are_pictures() -> None:
    stage = Stage()
    async with stage.open() as pilot:
        await pilot.press("slash")
        stage.app.screen.query_one("#prefix").post_message(events.Paste(EVIL))
        await stage.settle(pilot)
        assert not controls(stage.text)
