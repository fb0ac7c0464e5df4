import pickle
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_tui.text import vocab as vocab_module
from rnn_tui.text.indexing import index_bytes, index_text
from rnn_tui.text.vocab import UnknownSymbolError, Vocab, smallest_type

ANY_TEXT = st.text(st.characters(codec=None), min_size=1)


def by_appearance(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text))


@given(ANY_TEXT)
def test_decoding_undoes_encoding(text: str) -> None:
    ids, symbols = index_text(text)
    vocab = Vocab(symbols)
    assert symbols == by_appearance(text)
    assert vocab.decode(ids) == text
    assert vocab.encode(text).tolist() == ids.tolist()


@given(st.binary(min_size=1))
def test_byte_ids_undo_too(data: bytes) -> None:
    ids, symbols = index_bytes(memoryview(data))
    assert symbols == tuple(map(chr, dict.fromkeys(data)))
    assert bytes(ord(symbols[i]) for i in ids) == data


@given(st.text(min_size=1))
def test_text_survives_byte_units(text: str) -> None:
    ids, symbols = index_bytes(memoryview(text.encode()))
    vocab = Vocab(symbols, "byte")
    assert vocab.decode(ids) == text
    assert vocab.encode(text).tolist() == ids.tolist()


def test_bytes_that_are_no_text_decode_to_replacements() -> None:
    assert Vocab(("\xea", "\xb0", "\x80", "!"), "byte").decode([0, 1, 2, 0, 3]) == "가\ufffd!"


def test_hello_gets_the_ids_of_the_text_book() -> None:
    ids, symbols = index_text("hello")
    assert symbols == ("h", "e", "l", "o")
    assert ids.tolist() == [0, 1, 2, 2, 3]


def test_chunks_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "".join(chr(0xAC00 + i * 7 % 900) for i in range(2_000))
    whole, symbols = index_text(text)
    monkeypatch.setattr("rnn_tui.text.indexing.CHUNK", 7)
    monkeypatch.setattr(vocab_module, "CHUNK", 7)
    pieces, same = index_text(text)
    assert (same, pieces.dtype) == (symbols, np.dtype(np.uint16))
    assert pieces.tolist() == whole.tolist() == Vocab(symbols).encode(text).tolist()


@pytest.mark.parametrize(
    ("size", "expected"),
    [(1, "uint8"), (256, "uint8"), (257, "uint16"), (65_536, "uint16"), (65_537, "uint32")],
)
def test_ids_are_as_small_as_they_can_be(size: int, expected: str) -> None:
    assert np.dtype(smallest_type(size)) == expected
    assert Vocab(tuple(map(chr, range(size)))).encode("\0").dtype == expected


def test_unknown_symbols_are_named_in_order_and_safely() -> None:
    vocab = Vocab(("h", "e"))
    assert vocab.unknown("hey, \x1bhéy") == ("y", ",", " ", "\x1b", "é")
    with pytest.raises(UnknownSymbolError, match=r"^the network has never seen: y, ␛$") as caught:
        vocab.encode("hey\x1b")
    assert caught.value.symbols == ("y", "\x1b")


def test_many_unknown_symbols_are_counted_and_bytes_shown_in_hexadecimal() -> None:
    with pytest.raises(UnknownSymbolError, match=r"A, B, C, D, E, F, G, H and 3 more$"):
        Vocab(("x",)).encode("ABCDEFGHIJKx")
    with pytest.raises(UnknownSymbolError, match=r": EA, B0, 80$"):
        Vocab(("x",), "byte").encode("x가")


def test_a_prefix_is_spelled_as_the_corpus_is() -> None:
    decomposed = unicodedata.normalize("NFD", "한글")
    vocab = Vocab(by_appearance(decomposed), normalize="NFD")
    assert vocab.decode(vocab.encode("한글")) == decomposed
    assert vocab.unknown("한글과") == ("\u116a",)


def test_an_empty_text_has_no_ids_and_a_code_point_past_all_symbols_is_unknown() -> None:
    vocab = Vocab(("a",))
    assert vocab.encode("").tolist() == []
    assert vocab.decode([]) == ""
    assert vocab.unknown("\U0010ffffa") == ("\U0010ffff",)


def test_glyphs_depend_on_the_units() -> None:
    assert [Vocab(("\n", "é")).glyph(i) for i in (0, 1)] == ["↵", "é"]
    assert [Vocab(("\n", "é"), "byte").glyph(i) for i in (0, 1)] == ["↵", "E9"]


def test_a_vocabulary_travels_to_another_process() -> None:
    vocab = pickle.loads(pickle.dumps(Vocab(("한", "\n"), "char", "NFC")))
    assert (len(vocab), vocab.symbols, vocab.normalize) == (2, ("한", "\n"), "NFC")
    assert vocab.encode("\n한").tolist() == [1, 0]


def test_all_256_bytes_leave_room_for_strangers() -> None:
    _, symbols = index_bytes(memoryview(bytes(range(255, -1, -1))))
    vocab = Vocab(symbols, "byte")
    assert vocab.encode("a가").tolist() == [255 - byte for byte in "a가".encode()]
    assert vocab.unknown("a가") == ()


def test_translating_keeps_bytes_that_are_no_text() -> None:
    learned = Vocab(index_bytes(memoryview(b"\xfe\xff\x00ab"))[1], "byte")
    ids, symbols = index_bytes(memoryview(b"b\xffb\xfe"))
    assert learned.translate(ids, Vocab(symbols, "byte")).tolist() == [4, 1, 4, 0]


def test_translating_names_strangers() -> None:
    ids, symbols = index_text("helium")
    with pytest.raises(UnknownSymbolError) as error:
        Vocab(by_appearance("hello")).translate(ids, Vocab(symbols))
    assert error.value.symbols == ("i", "u", "m")
