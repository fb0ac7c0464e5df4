"""What a lesson says in little room."""

import pytest

from rnn_tui.tui.control.lesson_page import Page
from rnn_tui.tui.renderables.lesson import draw
from rnn_tui.tui.theme.palette import Palette

LONG = "말이 아주 길고 길어서 자리가 모자랍니다. " * 9


@pytest.mark.parametrize("width", [40, 41])
def test_what_is_cut_is_seen_to_go_on(width: int) -> None:
    page = Page(phase="asking", say=LONG, ask="What?", choices=("one", "two"))
    strips = draw(page, width, 6, Palette(), str)
    rows = [strip.text.rstrip() for strip in strips]
    assert rows[3].endswith(" …")
    assert rows[4:] == ["What?", "a one   b two"]
    assert {strip.cell_length for strip in strips} == {width}
    assert not any("…" in strip.text for strip in draw(page, width, 30, Palette(), str))
