import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip

from rnn_tui.tui.widgets.panel import Panel
from rnn_tui.tui.widgets.repaint import changed
from tests.tui.stage import Stage

WHOLE = Region(0, 0, 999, 999)
WIDTH = 9
STYLES = [Style(), Style(bold=True), Style(dim=True)]

parts = st.lists(st.tuples(st.sampled_from(["ab", "c", "한", "de"]), st.sampled_from(STYLES)))
line = parts.map(lambda ps: Strip([Segment(*p) for p in ps]).adjust_cell_length(WIDTH))
picture = st.lists(line, min_size=4, max_size=4)


def cells(strip: Strip) -> list[Strip]:
    return [strip.crop(x, x + 1) for x in range(WIDTH)]


@given(picture, picture, st.booleans())
def test_painting_what_changed_makes_the_new_picture(
    before: list[Strip], now: list[Strip], whole: bool
) -> None:
    screen = [cells(strip) for strip in before]
    for region in changed(before, now, whole=whole):
        screen[region.y][region.x : region.right] = cells(now[region.y])[region.x : region.right]
    assert screen == [cells(strip) for strip in now]


def test_nothing_changed_is_nothing_painted() -> None:
    same = [Strip([Segment("hello")]), Strip([Segment("world")])]
    assert changed(same, list(same)) == []


def test_only_the_changed_part_of_a_line() -> None:
    before = [Strip([Segment("loss "), Segment("1.25"), Segment(" nats")])]
    now = [Strip([Segment("loss "), Segment("0.98"), Segment(" nats")])]
    assert changed(before, now) == [Region(5, 0, 4, 1)]
    assert changed(before, now, whole=True) == [Region(0, 0, 14, 1)]


async def test_a_new_legend_repaints_one_line_of_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage()
    async with stage.open() as pilot:
        panel = stage.app.screen.query_one("#loss", Panel)
        regions: list[Region] = []
        monkeypatch.setattr(panel, "_set_dirty", lambda *found: regions.extend(found or [WHOLE]))
        panel.label()
        assert regions == []
        monkeypatch.setattr(panel, "legend", lambda: Content("another legend"))
        panel.label()
        assert regions == [Region(-1, panel.size.height, panel.outer_size.width, 1)]
        regions.clear()
        panel.notify_style_update()
        await stage.settle(pilot)
        assert len(regions) >= 2
