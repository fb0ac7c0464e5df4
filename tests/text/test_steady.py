import sys
import unicodedata
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from rnn_tui.text.glyphs import glyph
from rnn_tui.text.steady import _is_plain, _steady, one_for_one, steady


@cache
def every() -> list[str]:
    """Every character that Unicode knows."""
    all_of_them = map(chr, range(sys.maxunicode + 1))
    return [c for c in all_of_them if unicodedata.category(c) not in ("Cn", "Co")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("👍🏽 ok 👋🏿", "👍◑ ok 👋●"),  # tones of skin
        ("नमस्ते दुनिया का राजा", "नमस्ते दुनइ̥यआ̥ कआ̥ रआ̥जआ̥"),  # spacing marks
        ("나〮랏〮말〯", "나∙랏∙말∶"),  # tones of old Korean
        ("ភាសា ខ្មែរ", "ភᵃសᵃ ខ្មᵃᵉរ"),
        ("မြန်မာ", "မʳန်မᵃ"),
        ("❤️ ©️ 1️⃣", "❤͏ ©͏ 1͏⃣"),  # variation selectors
        ("👨‍👩‍👧 🇰🇷", "👨‿👩‿👧 ⓀⓇ"),
        ("น้ำ", "น้า̥"),
        ("ｶﾞ ﾊﾟ", "ｶ゛ ﾊ゜"),
        ("☰ ䷀ \U0001fae8 〰 🥲 🫶 🥰", "▯ ▯ ▯ ▯ ▯ ▯ 🥰"),  # wide or known since Unicode 13
        ("㊙ 🈷", "秘 月"),
        ("\u1102\u1161\u110b\u119e", "나ㅇㆍ"),
        ("\x1b[2J\u202e", "␛[2J\ufffd"),
    ],
)
def test_what_terminals_disagree_about_is_shown_by_what_they_agree_on(
    text: str, shown: str
) -> None:
    assert steady(text) == shown


def test_what_they_agree_about_stays() -> None:
    for text in (
        "hello",
        "한국어",
        "日本語",
        "naïve e\u0301",
        "שָׁלוֹם",
        "می‌خواهم",
        "สวัสดี",
        "👍🥰",
        "∑ ─ ▌⣿",
    ):
        assert steady(text) == text


def test_no_character_is_left_that_has_two_widths_or_changes_its_neighbors() -> None:
    """By what Unicode says of every code point; real terminals are asked by `shake.graphemes`."""
    left = "".join(set("".join(map(_steady, every()))))
    categories = {unicodedata.category(character) for character in left}
    assert categories.isdisjoint({"Mc", "Cn", "Cc", "Cs"})
    assert {"\u200d", "\ufe0f", "\U0001f3fd", "\U0001f1f0", "\u1161", "\u11a8"}.isdisjoint(left)


def test_what_is_not_looked_at_one_by_one_needs_no_look() -> None:
    assert [c for c in every() if _is_plain(c) and (_steady(c) != c or cell_len(c) < 1)] == []


def test_a_symbol_alone_always_takes_columns_and_is_safe_to_show_again() -> None:
    wrong = [
        f"U+{ord(c):04X}" for c in every() if not cell_len(glyph(c)) or glyph(c) != steady(glyph(c))
    ]
    assert wrong == []


def test_signs_of_one_script_stay_apart() -> None:
    signs = [c for c in map(chr, range(0x900, 0x980)) if unicodedata.category(c) == "Mc"]
    assert len({glyph(sign) for sign in signs}) >= len(signs) - 2
    assert glyph("\u093e") != glyph("\u0906")  # a vowel's sign and its letter
    assert glyph("\u0903") == "ʰ"


@given(st.text(st.characters(codec="utf-8")))
def test_a_line_to_type_in_keeps_its_places(text: str) -> None:
    assert len(one_for_one(text)) == len(text)
    assert steady(steady(text)) == steady(text)
