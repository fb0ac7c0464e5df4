import pytest

from rnn_tui.tui.layouts import latin


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
