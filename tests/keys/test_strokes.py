import string

import pytest
from textual.keys import Keys, _character_to_key

from rnn_tui.keys.strokes import NAMED, face, textual_name, tidy, types_text


@pytest.mark.parametrize("character", [*string.printable[:94], "ㅂ", "й", "é", "¿"])
def test_a_character_has_the_name_that_textual_gives_it(character: str) -> None:
    assert tidy(character) == character
    assert textual_name(character) == _character_to_key(character)


def test_textual_knows_every_named_key() -> None:
    assert {key.value for key in Keys} >= NAMED - {"space"}
    assert textual_name("space") == "space"


@pytest.mark.parametrize(
    ("written", "meant", "shown"),
    [
        ("q", "q", "q"),
        ("Q", "Q", "Q"),
        ("[", "[", "["),
        (",", ",", ","),
        ("comma", ",", ","),
        ("+", "+", "+"),
        ("Esc", "escape", "esc"),
        ("Return", "enter", "enter"),
        ("pgup", "pageup", "pgup"),
        ("ctrl+P", "ctrl+p", "^p"),
        ("shift+left", "shift+left", "⇧←"),
        ("shift+ctrl+f5", "ctrl+shift+f5", "^⇧f5"),
        ("alt+x", "alt+x", "alt+x"),
    ],
)
def test_there_is_one_spelling_and_one_face(written: str, meant: str, shown: str) -> None:
    assert tidy(written) == meant
    assert face(meant) == shown


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("foo", "there is no key foo"),
        ("hyper+x", "there is no key hyper"),
        ("ctrl+ctrl+x", "there is no key"),
        ("shift+a", "write the character it types, such as A"),
        ("ctrl+[", "there is no key"),
        ("ctrl+i", "cannot tell ctrl+i from tab"),
        ("ctrl+m", "cannot tell ctrl+m from enter"),
        (" ", "by its name"),
        ("\t", "by its name"),
        ("\x1b", "by its name"),
        ("", "there is no key"),
    ],
)
def test_what_no_terminal_sends_is_refused(written: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("+", r"\+")):
        tidy(written)


def test_keys_that_type_something() -> None:
    assert all(map(types_text, ["a", "?", "space", "backspace", "left"]))
    assert not any(map(types_text, ["f2", "tab", "enter", "escape", "ctrl+a", "up"]))
