import pytest

from rnn_tui.text.encodings import likely_encodings

TEXTS = {
    "korean": "안녕하세요. 오늘은 날씨가 참 좋네요, 그렇죠? 저녁에 같이 걸을까요?\n" * 3,
    "japanese": "こんにちは、今日はいい天気ですね。カタカナも少しあります。\n" * 3,
    "simplified": "今天天气很好,我们一起去公园吧。你觉得怎么样?\n" * 3,
    "traditional": "今天天氣很好,我們一起去公園吧。你覺得怎麼樣?\n" * 3,
    "french": "Voilà l'été déjà fini, où êtes-vous donc passés?\n" * 3,
    "russian": "Привет, как дела? Сегодня хорошая погода.\n" * 3,
    "english": "It’s “quoted” text — nothing more…\n" * 3,
}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("korean", "cp949"),
        ("japanese", "shift_jis"),
        ("japanese", "euc_jp"),
        ("simplified", "gb18030"),
        ("traditional", "big5"),
        ("french", "latin-1"),
        ("russian", "cp1251"),
        ("english", "cp1252"),
        ("korean", "utf-16"),
        ("korean", "utf-16-le"),
        ("french", "utf-16-be"),
        ("korean", "utf-32"),
        ("french", "utf-32-le"),
        ("korean", "utf-32-be"),
    ],
)
def test_the_first_guess_reads_the_text(text: str, encoding: str) -> None:
    guesses = likely_encodings(TEXTS[text].encode(encoding))
    assert 1 <= len(guesses) <= 2
    assert TEXTS[text].encode(encoding).decode(guesses[0]) == TEXTS[text]


def test_nothing_is_guessed_where_nothing_fits() -> None:
    assert likely_encodings(b"\x00" * 100) == ()
    assert likely_encodings(bytes(range(256))) == ()
    assert likely_encodings(b"\xff\xfe\x00") == ()  # a mark, then half a character
    assert likely_encodings("가나다".encode() + b"\xff") == ()
