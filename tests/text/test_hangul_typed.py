import unicodedata

import pytest

from rnn_tui.text.hangul.syllables import compose
from rnn_tui.text.hangul.typed import add_letter, conjoin, typed


def test_a_syllable_typed_letter_by_letter_is_itself_again() -> None:
    for syllable in map(chr, range(0xAC00, 0xD7A4)):
        letters = typed(syllable)
        assert all("HANGUL LETTER" in unicodedata.name(letter) for letter in letters)
        assert compose(conjoin(letters, lambda _: False)) == syllable
    assert typed("é") == "é"


@pytest.mark.parametrize(
    ("letters", "read"),
    [
        ("ㅎ", "\u1112"),
        ("하ㄴ", "하\u1102"),
        ("ㅎㅏ", "하"),
        ("ㅎㅏㄴㄱㅡㄹ", "한글"),
        ("ㅎㅏㄴㅏ", "하나"),
        ("ㄱㅏㄸㅏ", "가따"),
        ("ㄱㅏㄸ", "가\u1104"),
        ("하ㄳ", "하\u11aa"),
        ("ㅏ", "\u1161"),
        ("a\nㅎ!", "a\n\u1112!"),
    ],
)
def test_letters_typed_one_by_one_are_the_parts_of_syllables(letters: str, read: str) -> None:
    assert compose(conjoin(letters, lambda _: False)) == read


def test_letters_that_the_text_has_stay_letters() -> None:
    assert conjoin("ㅋㅎ", lambda symbol: symbol == "ㅋ") == "ㅋ\u1112"


@pytest.mark.parametrize(
    ("text", "letter", "whole"),
    [
        ("하", "\u11ab", "한"), ("아ㅎ", "\u1161", "아하"), ("아\u1112", "\u1161", "아하"),
        ("한", "\u1112", "한\u1112"), ("a", "b", "ab"), ("", "가", "가"), ("ㅋ", "ㅋ", "ㅋㅋ"),
    ],
)  # fmt: skip
def test_a_letter_that_is_taken_completes_the_syllable(text: str, letter: str, whole: str) -> None:
    assert add_letter(text, letter) == whole
