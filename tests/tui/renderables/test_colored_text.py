"""A text in lines: every symbol once, in order, wide ones whole, its mark in sight."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from rnn_tui.tui.renderables import colored_text
from rnn_tui.tui.renderables.colored_text import rows

GLYPHS = st.lists(st.sampled_from(["a", "␣", "↵", "한", "ㅎ", "B0", "◌́", "ₓ"]), max_size=40)
WIDTHS = st.integers(2, 9)
PLAIN = Style()


def text(strips: list[colored_text.Strip]) -> list[str]:
    return ["".join(segment.text for segment in strip) for strip in strips]


@given(GLYPHS, WIDTHS)
def test_every_symbol_stands_in_one_line_that_is_not_too_long(
    glyphs: list[str], width: int
) -> None:
    lines = rows(glyphs, width)
    assert [place for row in lines for place in row] == [*range(len(glyphs))]
    for row in lines:
        assert sum(colored_text.wide(glyphs[place]) for place in row) <= width
        assert all(glyphs[place] != "↵" for place in row[:-1])


@given(GLYPHS, WIDTHS, st.integers(1, 7), st.booleans(), st.data())
def test_lines_are_as_wide_as_asked_and_hold_the_place(
    glyphs: list[str], width: int, height: int, signed: bool, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, max(len(glyphs) - 1, 0)))
    here = Style(reverse=True)
    styles = [here if at == place else PLAIN for at in range(len(glyphs))]
    signs = ["+"] * len(glyphs) if signed else []
    drawn = colored_text.draw(glyphs, styles, width, height, signs=signs, place=place)
    assert [cell_len(line) for line in text(drawn)] == [width] * height
    if glyphs:
        assert any(segment.style == here for strip in drawn for segment in strip)


def test_signs_stand_below_what_they_are_of() -> None:
    drawn = colored_text.draw(["한", "␣", "a", "↵", "b"], [PLAIN] * 5, 6, 5, signs=[*"+-·+-"])
    assert text(drawn) == ["한 a↵ ", "+ -·+ ", "b     ", "-     ", "      "]


@given(GLYPHS.filter(bool), WIDTHS, st.integers(-3, 3), st.data())
def test_a_line_further_is_as_far_from_its_beginning(
    glyphs: list[str], width: int, by: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(glyphs) - 1))
    lines = rows(glyphs, width)
    here, there = (
        colored_text.row_of(lines, at) for at in (place, colored_text.moved(lines, place, by))
    )
    assert there == min(max(here + by, 0), len(lines) - 1)
    column = colored_text.moved(lines, place, by) - lines[there].start
    assert column == min(place - lines[here].start, len(lines[there]) - 1)
