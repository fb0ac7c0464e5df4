import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rnn_tui.text.glyphs import byte_glyph, glyph
from rnn_tui.text.visible import visible
from rnn_tui.tui.renderables.bars import bar
from rnn_tui.tui.renderables.glyphs import join_glyphs, slot, typed


def shown(glyphs: list[str]) -> str:
    return "".join(c.text for c in join_glyphs(glyphs, [1.0] * len(glyphs)))


@given(st.characters())
def test_every_symbol_alone_takes_two_cells(symbol: str) -> None:
    assert cell_len(slot(glyph(symbol))) == 2


@given(st.characters(codec="utf-8"))
def test_what_is_shown_in_an_input_stands_for_what_was_typed(symbol: str) -> None:
    assert glyph(typed(visible(symbol))) == glyph(symbol)


@pytest.mark.parametrize(
    ("picture", "symbol"),
    [("↵", "\n"), ("␣", " "), ("␉", "\t"), ("◌", "◌"), ("a", "a")],
)
def test_pictures_are_typed_as_what_they_show(picture: str, symbol: str) -> None:
    assert typed(picture) == symbol


def test_a_single_blank_is_a_blank_and_others_stay_visible() -> None:
    assert shown(["␣", "a", "␣", "b", "␣", "␣", "c", "␣", "↵", "␣", "d", "␣"]) == "␣a b␣␣c␣↵␣d␣"


def test_a_mark_sits_on_the_character_before_it_with_the_smaller_probability() -> None:
    (one, two) = join_glyphs(["e", "◌́", "l"], [0.9, 0.2, 0.5])
    assert one == ("e\u0301", 1, 0.2)
    assert two == ("l", 1, 0.5)
    assert shown(["◌́", "e"]) == "◌́e", "nothing to sit on"
    assert shown(["↵", "◌́"]) == "↵◌́"


def test_bytes_become_the_character_they_spell() -> None:
    glyphs = [byte_glyph(byte) for byte in "é한x".encode()]
    characters = join_glyphs(glyphs, [0.9, 0.8, 0.7, 0.3, 0.6, 1.0])
    assert [(c.text, c.width, c.probability) for c in characters] == [
        ("é", 1, 0.8),
        ("한", 2, 0.3),
        ("x", 1, 1.0),
    ]


def test_bytes_that_spell_nothing_stay_numbers() -> None:
    assert shown(["ED", "95", "a", "ED", "ED", "95", "9C"]) == "ED95aED한"


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "    "),
        (0.03, "▏   "),
        (0.5, "██  "),
        (0.6, "██▍ "),
        (1.0, "████"),
        (7.0, "████"),
        (-1.0, "    "),
        (float("nan"), "    "),
    ],
)
def test_bars_are_drawn_in_eighths(share: float, text: str) -> None:
    assert bar(share, 4) == text
