import unicodedata

import pytest

from rnn_tui.text.pasteable import pasteable


@pytest.mark.parametrize(
    ("text", "copied"),
    [
        ("one\ntwo\n", "one\ntwo\n"),
        ("\x1b[201~rm -rf x\r", "␛[201~rm -rf x␍"),
        ("a\tb\x7f\x9b2J", "a␉b␡\ufffd2J"),
        ("\udc80 and \ud83d", "\ufffd and \ufffd"),
        ("❤️ ­ 👍🏽 \u200f\ufeff\u2028 नमस्ते 나〮", "❤️ ­ 👍🏽 \u200f\ufeff\u2028 नमस्ते 나〮"),
    ],
)
def test_what_a_shell_would_obey_is_a_picture_and_everything_else_is_itself(
    text: str, copied: str
) -> None:
    assert pasteable(text) == copied


def test_every_code_point_but_controls_and_surrogates_stays() -> None:
    for code in range(0x110000):
        character = chr(code)
        replaced = unicodedata.category(character) in ("Cc", "Cs") and character != "\n"
        assert (pasteable(character) != character) == replaced
