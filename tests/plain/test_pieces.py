from rnn_tui.plain.results import pieces
from rnn_tui.text.corpus import TextOptions, corpus_from_bytes
from rnn_tui.text.vocab import Vocab


def test_characters_come_one_by_one() -> None:
    assert list(pieces(Vocab(("h", "가")), iter([1, 0, 1]))) == ["가", "h", "가", ""]


def test_bytes_come_once_they_make_up_a_character() -> None:
    symbols = (*map(chr, "가".encode()), "x", "\xff")
    found = list(pieces(Vocab(symbols, "byte"), iter([0, 1, 2, 3, 4, 0])))
    assert found == ["", "", "가", "x", "\ufffd", "", "\ufffd"]


def test_letters_come_as_syllables_once_nothing_can_change_them() -> None:
    corpus = corpus_from_bytes("한하나!".encode(), "x", TextOptions(units="jamo"))
    found = list(pieces(corpus.vocab, corpus.ids.tolist()))
    assert found == ["", "", "한", "", "", "하", "", "나!", ""]
    assert list(pieces(corpus.vocab, corpus.ids.tolist()[:2])) == ["", "", "하"]
