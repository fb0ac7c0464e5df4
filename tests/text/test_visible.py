import re
import sys
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.text.glyphs import byte_glyph, glyph, named
from rnn_tui.text.visible import visible

JOINERS = "\u200c\u200d"
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def test_only_what_a_terminal_would_obey_or_hide_is_replaced() -> None:
    """Every code point, by what Unicode says of it; ZWJ and ZWNJ spell emoji and Persian."""
    wrong = []
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        category = unicodedata.category(char)
        unsafe = category in ("Cc", "Cf", "Cs", "Zl", "Zp") and char not in JOINERS
        if (visible(char) != char) != unsafe and category != "Cn":  # not yet assigned
            wrong.append(f"U+{code:04X}")
    assert wrong == []


def test_controls_become_their_pictures() -> None:
    assert visible("a\nb\tc\x1b[0m\x00\x7f") == "a↵b␉c␛[0m␀␡"
    assert visible("\x85\x9b\u202e\u2066\u2028\ufeff\ud800") == "\ufffd" * 7


def test_bytes_that_the_locale_could_not_read_are_shown_as_utf_8() -> None:
    """As Python hands over an argument under LC_ALL=POSIX: PEP 383."""
    for text in ("모든.txt", "ünï", "👍🏽"):
        assert visible(text.encode().decode("ascii", "surrogateescape")) == text
    assert visible("모\udcff.txt") == "모\ufffd.txt"
    assert visible("모\x1b".encode().decode("ascii", "surrogateescape")) == "모␛"


def test_text_of_any_language_stays_as_it_is() -> None:
    for text in (
        "hello, world",
        "안녕하세요?",
        "日本語",
        "naïve café",
        "👨‍👩‍👧 🇰🇷",
        "می‌خواهم",
        "e\u0301",
    ):
        assert visible(text) == text


@given(st.text(st.characters(codec=None)))
def test_nothing_gets_through_and_no_place_moves(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text) or re.search("[\udc80-\udcff]{2}", text)
    assert visible(shown) == shown
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in shown)
    assert BIDI.isdisjoint(map(unicodedata.bidirectional, shown))


def test_a_symbol_alone_can_be_seen() -> None:
    shown = {symbol: glyph(symbol) for symbol in "a\n \t\u00a0\u3000한\u0301\u200d\ufe0f"}
    assert shown == {
        "a": "a",
        "\n": "↵",
        " ": "␣",
        "\t": "␉",
        "\u00a0": "⍽",
        "\u3000": "⍽",
        "한": "한",
        "\u0301": "◌\u0301",
        "\u200d": "‿",
        "\ufe0f": "◌\u034f",
    }


def test_symbols_with_one_glyph_have_names() -> None:
    several = "\u200e\ufeff\xad\x85\u202f\xa0\ufe0f\u0378\ue000\U000f0001"
    assert [named(glyph(symbol), symbol) for symbol in several] == [
        "U+200E", "U+FEFF", "U+00AD", "U+0085", "U+202F", "U+00A0", "U+FE0F", "U+0378",
        "U+E000", "U+F0001",
    ]  # fmt: skip
    for symbol in "a \n한\u0301\x1b\ufffd▯":
        assert named(glyph(symbol), symbol) == glyph(symbol)


def test_halves_of_a_syllable_get_letters_with_a_width() -> None:
    assert [glyph(jamo) for jamo in unicodedata.normalize("NFD", "흙")] == ["ㅎ", "ㅡ", "ㄺ\u0323"]
    assert glyph("\u1180") == "▯"  # an old vowel that has no letter of its own
    assert glyph("\u1160") == "▯"  # the vowel filler


def test_bytes_show_as_ascii_or_hexadecimal() -> None:
    assert [byte_glyph(value) for value in (0x41, 0x0A, 0x20, 0x00, 0x80, 0xFF)] == [
        "A", "↵", "␣", "␀", "80", "FF",
    ]  # fmt: skip
