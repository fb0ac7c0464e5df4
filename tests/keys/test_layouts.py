import pytest

from rnn_tui.keys.layouts import Keyboard, latin
from rnn_tui.keys.table import KEYS


@pytest.mark.parametrize(
    ("character", "letters"),
    [("ㅂ", "q"), ("ㄴ", "s"), ("ㅁ", "a"), ("ㄲ", "R"), ("ㅈ", "w"), ("ㅣ", "l"), ("ㅕ", "u")],
)
def test_one_key(character: str, letters: str) -> None:
    assert latin(character) == letters


@pytest.mark.parametrize(
    ("character", "letters"),
    [
        ("나", "sk"),
        ("한", "gks"),
        ("글", "rmf"),
        ("닭", "ekfr"),
        ("왜", "dho"),
        ("힣", "glg"),
        ("가", "rk"),
    ],
)
def test_composed_syllables_are_the_keys_that_made_them(character: str, letters: str) -> None:
    assert latin(character) == letters


@pytest.mark.parametrize("character", ["q", "?", "", "ab", "è", "中", "\x1b", "ㆎ", "²"])
def test_anything_else_is_nobodys(character: str) -> None:
    assert latin(character) == ""


RUSSIAN = ["йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю"]
ENGLISH = ["qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,."]


@pytest.mark.parametrize(("struck", "meant"), list(zip(RUSSIAN, ENGLISH, strict=True)))
def test_russian_row_by_row(struck: str, meant: str) -> None:
    assert [latin(letter) for letter in struck] == list(meant)


@pytest.mark.parametrize(
    ("character", "stroke"),
    [
        ("К", "R"),
        ("Х", "{"),
        ("Ъ", "}"),
        ("Б", "<"),
        ("Ю", ">"),
        ("і", "s"),
        ("І", "S"),
        ("ї", "]"),
    ],
)
def test_russian_and_ukrainian_with_shift(character: str, stroke: str) -> None:
    assert latin(character) == stroke


@pytest.mark.parametrize(
    ("character", "stroke"),
    [
        ("σ", "s"),
        ("Σ", "S"),
        ("ε", "e"),
        ("ρ", "r"),
        ("Ρ", "R"),
        ("ς", "w"),
        ("φ", "f"),
        ("θ", "u"),
    ],
)
def test_greek(character: str, stroke: str) -> None:
    assert latin(character) == stroke


def test_the_greek_q_is_one_only_among_greek_letters() -> None:
    keyboard = Keyboard()
    assert keyboard.read(";") == ""
    assert keyboard.read("σ") == "s"
    assert keyboard.read(";") == "q"
    assert keyboard.read("s") == ""
    assert keyboard.read(";") == ""


@pytest.mark.parametrize(
    ("character", "stroke"), [("ｓ", "s"), ("Ｒ", "R"), ("？", "?"), ("１", "1")]
)
def test_full_width_letters(character: str, stroke: str) -> None:
    assert latin(character) == stroke


@pytest.mark.parametrize(("character", "stroke"), [("S", "s"), ("s", ""), ("ㅃ", "Q"), ("Ы", "S")])
def test_a_capital_nobody_knows_is_caps_lock(character: str, stroke: str) -> None:
    assert Keyboard().read(character) == stroke


ROWS = {
    "hebrew": ("קראטוןםפ", "ertyuiop", "שדגכעיחלךף", "asdfghjkl;", "זסבהנמצתץ", "zxcvbnm,."),
    "arabic": (
        "ضصثقفغعهخحجد",
        "qwertyuiop[]",
        "شسيبلاتنمكط",
        "asdfghjkl;'",
        "ئءؤر\ufefbىةوزظ",
        "zxcvbnm,./",
    ),
    "thai": (
        "ๆไ\u0e33พะ\u0e31\u0e35รนยบล",
        "qwertyuiop[]",
        "ฟหกดเ\u0e49\u0e48าสวง",
        "asdfghjkl;'",
        "ผปแอ\u0e34\u0e37ทมใฝ",
        "zxcvbnm,./",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_hebrew_arabic_and_thai_row_by_row(name: str) -> None:
    rows = ROWS[name]
    for struck, meant in zip(rows[::2], rows[1::2], strict=True):
        assert [latin(letter) for letter in struck] == list(meant)


@pytest.mark.parametrize(
    ("character", "stroke"),
    [("\u064c", "R"), ("إ", "Y"), ("؟", "?"), ("ฑ", "R"), ("ฉ", "C"), ("ฐ", "{"), ("ی", "d")],
)
def test_arabic_and_thai_with_shift(character: str, stroke: str) -> None:
    assert latin(character) == stroke


@pytest.mark.parametrize(
    "digits",
    ["&é\"'à", "๑๒๓๔๐", "\u0661\u0662\u0663\u0664\u0660", "۱۲۳۴۰", "१२३४०", "１２３４０"],
    ids=["azerty", "thai", "arabic", "persian", "devanagari", "wide"],
)
def test_digits(digits: str) -> None:
    assert "".join(map(Keyboard().read, digits)) == "12340"


def test_an_apostrophe_is_w_in_hebrew_and_4_in_french() -> None:
    keyboard = Keyboard()
    typed = ["'", "ד", "'", "'", "é", "'"]
    assert "".join(map(keyboard.read, typed)) == "4sww24"


def test_none_of_these_characters_is_a_command() -> None:
    bound = {stroke for key in KEYS for stroke in key.strokes}
    assert not bound & {*"&é\"'à"}
