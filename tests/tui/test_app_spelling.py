from rnn_tui.text.vocab import Vocab
from rnn_tui.tui.spelling import Spelling


def spelling(text: str, units: str = "char") -> Spelling:
    vocab = Vocab(tuple(dict.fromkeys(text)), units)  # type: ignore[arg-type]
    return Spelling(vocab.symbols, [vocab.glyph(id) for id in range(len(vocab))])


def test_a_newline_is_typed_as_its_glyph() -> None:
    it = spelling("a\n b")
    assert it.typed(1) == "␤"
    assert it.text("a␤b") == "a\nb"


def test_a_blank_is_typed_as_a_blank() -> None:
    assert spelling("a\n b").typed(2) == " "


def test_a_glyph_that_is_a_symbol_itself_stands_for_itself() -> None:
    it = spelling("a\n␤")
    assert it.text("␤") == "␤"
    assert it.typed(1) is None


def test_controls_that_share_a_glyph_cannot_be_typed() -> None:
    it = spelling("\x85\x9ba")
    assert it.typed(0) is None
    assert it.text("\ufffd") == "\ufffd"


def test_unknown_characters_stay_so_that_the_worker_can_name_them() -> None:
    assert spelling("abc").text("axb") == "axb"


def test_half_a_character_cannot_be_typed() -> None:
    it = spelling("".join(map(chr, "é!".encode())), "byte")
    assert [it.typed(id) for id in range(3)] == [None, None, "!"]


def test_wide_and_combining_characters_are_typed_as_they_are() -> None:
    it = spelling("한e\u0301")
    assert [it.typed(id) for id in range(3)] == ["한", "e", "\u0301"]
