import pytest

from rnn_tui.keys.layouts import Keyboard, latin


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


@pytest.mark.parametrize("character", ["q", "?", "", "ab", "é", "中", "\x1b", "ㆎ"])
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
