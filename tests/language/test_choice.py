import pytest

from rnn_tui.language import AUTO, language_of


@pytest.mark.parametrize(
    ("environ", "language"),
    [
        ({}, "en"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko"}, "ko"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "kok_IN.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_MESSAGES": "ko_KR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "ko_KR.UTF-8", "LC_ALL": ""}, "ko"),
        ({"LANG": "../../x"}, "en"),
    ],
)
def test_of_the_locale(environ: dict[str, str], language: str) -> None:
    assert language_of(AUTO, environ) == language


def test_what_is_asked_for_goes_first() -> None:
    assert language_of("en", {"LANG": "ko_KR.UTF-8"}) == "en"
    assert language_of("ko", {"LANG": "C"}) == "ko"


def test_nobody_gets_hangul_in_latin_letters_unasked() -> None:
    assert language_of(AUTO, {"LANG": "ko_KR.eucKR"}, ascii_only=True) == "en"
    assert language_of("ko", {}, ascii_only=True) == "ko"
