from rnn_tui.plain.results import pieces
from rnn_tui.text.vocab import Vocab


def test_characters_come_one_by_one() -> None:
    assert list(pieces(Vocab(("h", "가")), iter([1, 0, 1]))) == ["가", "h", "가", ""]


def test_bytes_come_once_they_make_up_a_character() -> None:
    symbols = (*map(chr, "가".encode()), "x", "\xff")
    found = list(pieces(Vocab(symbols, "byte"), iter([0, 1, 2, 3, 4, 0])))
    assert found == ["", "", "가", "x", "\ufffd", "", "\ufffd"]
