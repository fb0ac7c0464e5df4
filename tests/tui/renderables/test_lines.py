import pytest
from rich.style import Style
from textual.strip import Strip

from rnn_tui.tui.renderables.lines import PLAIN, cut, fill, fitting, line, sentence, spread, wrap


def texts(strips: list[Strip]) -> list[str]:
    return [strip.text for strip in strips]


def test_a_line_is_cut_and_filled_by_cells_not_by_characters() -> None:
    assert line([("영화", PLAIN), ("ab", PLAIN)], 7).text == "영화ab "
    assert line([("영화", PLAIN)], 3).text == "영 ", "half a wide character is a blank"


def test_the_right_part_stays_away_where_it_does_not_fit() -> None:
    left, right = [("left", PLAIN)], [("right", PLAIN)]
    assert spread(left, right, 11).text == "left  right"
    assert spread(left, right, 9).text == "left     "
    assert spread(left, [], 6).text == "left  "


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("hello", 5, "hello"), ("hello", 4, "hel…"), ("영화가", 4, "영…"), ("hello", 0, "")],
)
def test_what_is_cut_off_leaves_an_ellipsis(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown


def test_words_are_wrapped_and_a_word_too_long_is_cut() -> None:
    assert wrap("a bc def  ghijklmnop", 4) == ["a bc", "def", "ghi…"]
    assert wrap("", 4) == []


def test_a_sentence_stands_in_the_middle() -> None:
    assert texts(sentence("two words", 9, 4, PLAIN)) == [
        "         ",
        "   two   ",
        "  words  ",
        " " * 9,
    ]
    assert len(sentence("a sentence of several words", 6, 2, PLAIN)) == 2


def test_fill_makes_the_height_right() -> None:
    strip = line([("x", Style(bold=True))], 3)
    assert texts(fill([strip], 3, 2)) == ["x  ", "   "]
    assert texts(fill([strip, strip], 3, 1)) == ["x  "]


def test_the_longest_text_that_fits_is_taken() -> None:
    assert fitting(8, "Loss · nats", "Loss") == "Loss"
    assert fitting(11, "Loss · nats", "Loss") == "Loss · nats"
    assert fitting(1, "Loss · nats", "Loss") == "Loss"
