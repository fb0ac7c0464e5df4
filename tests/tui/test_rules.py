"""The stylesheet is parsed once, and again for other colors only."""

from collections import Counter
from typing import Any

import pytest
from textual.css.stylesheet import Stylesheet

from rnn_tui.keys.in_force import PAGES
from tests.tui.stage import Stage


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often Textual's own stylesheet forgot what it had parsed, and parsed all of it."""
    counts: Counter[str] = Counter()

    def count(name: str) -> None:
        method = getattr(Stylesheet, name)

        def counted(*args: Any) -> None:
            counts[name] += 1
            method(*args)

        monkeypatch.setattr(Stylesheet, name, counted)

    count("set_variables")
    count("reparse")
    return counts


async def colors(stage: Stage, pilot: Any) -> dict[str, list[Any]]:
    """Return what the widgets of every screen are colored with."""
    found = {}
    for name in PAGES:
        await stage.app.switch_mode(name)
        await stage.settle(pilot)
        widgets = [stage.app.screen, *stage.app.screen.query("*")]
        found[name] = [(str(widget), widget.rich_style) for widget in widgets]
    return found


async def test_nothing_is_parsed_again_for_a_screen_that_is_new(asked: Counter[str]) -> None:
    stage = Stage()
    async with stage.open((120, 40)) as pilot:
        await colors(stage, pilot)
        assert not asked
        stage.app.theme = "nord"
        await stage.settle(pilot)
        assert asked == {"set_variables": 1, "reparse": 1}


async def test_another_theme_colors_screens_open_already_as_it_does_new_ones() -> None:
    new, changed = Stage(theme="nord"), Stage(theme="textual-light")
    async with new.open((120, 40)) as pilot:
        wanted = await colors(new, pilot)
    async with changed.open((120, 40)) as pilot:
        before = await colors(changed, pilot)
        changed.app.theme = "nord"
        await changed.settle(pilot)
        assert before != wanted == await colors(changed, pilot)
